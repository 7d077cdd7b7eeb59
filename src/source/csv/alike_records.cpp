#include "source/csv/alike_records.hpp"

#include "source/csv/record_parser.hpp"
#include "source/csv/table_scan.hpp"

#include <utility>

namespace oubli::csv {

namespace {

bool asks_for_each(const TablePass& pass) {
  return pass.only || pass.with_key || pass.with_subject || !pass.more.empty() || !pass.as_parent.empty() ||
         !pass.as_child.empty();
}

}  // namespace

std::unique_ptr<AlikeRecords> AlikeRecords::of_pass(CsvDataset& dataset, const TablePass& pass, RecordSink& sink) {
  auto* const counting = dynamic_cast<CountingSink*>(&sink);
  const bool decides_itself = pass.table->root == pass.table->config.name && !dataset.events().gives(*pass.table);
  if (counting == nullptr || !decides_itself || asks_for_each(pass)) return nullptr;
  auto likeness = Likeness::of(pass.table->rules, pass.matcher->days());
  return likeness ? std::make_unique<AlikeRecords>(std::move(*likeness), *counting) : nullptr;
}

AlikeRecords::AlikeRecords(Likeness likeness, CountingSink& sink)
    : m_likeness(std::move(likeness)), m_sink(sink), m_taken(m_likeness.size(), k_unknown) {}

void AlikeRecords::attach(FileScan& scan) {
  m_width = scan.width();
  m_places.clear();
  for (const auto& column : m_likeness.columns()) m_places.push_back(scan.place_of(column.slot()));
  scan.set_taker(this);
}

std::size_t AlikeRecords::take(const RecordRun& run) {
  std::size_t taken = 0;
  const char* begin = run.begin;
  std::uint32_t fields = run.fields_before;
  for (const RecordMark& record : run.records) {
    const std::span ends(run.field_ends + fields, record.fields - fields);
    if (ends.size() != m_width || !record.is_sound_text) break;
    const char* const end = run.base + ends.back();
    const auto content = without_returns({begin, static_cast<std::size_t>(end - begin)});
    const auto likeness = likeness_of(RawFields(content, run.base, ends, run.grammar));
    if (!likeness || m_taken[*likeness] == k_unknown) break;
    ++m_taken[*likeness];
    ++taken;
    begin = end + 1;
    fields = record.fields;
  }
  return taken;
}

std::optional<std::uint32_t> AlikeRecords::likeness_of(const RawFields& fields) {
  std::uint32_t likeness = 0;
  auto place = m_places.begin();
  for (Likeness::Column& column : m_likeness.columns()) {
    const RawField field = fields[*place++];
    if (field.has_doubled_quotes || !column.add(field.bytes, likeness)) return std::nullopt;
  }
  return likeness;
}

void AlikeRecords::learn(const RawRecord& record, const Judgement& judgement) {
  m_likeness.know(judgement);
  if (!Likeness::is_shared(judgement) || record.fields.size() != m_width) return;
  const auto likeness = likeness_of(record.fields);
  if (!likeness || m_taken[*likeness] != k_unknown || !m_sink.takes_number(judgement)) return;
  m_taken[*likeness] = 0;
  m_judgements.emplace(*likeness, judgement);
}

void AlikeRecords::tell() {
  for (const auto& [likeness, judgement] : m_judgements) {
    m_sink.add(judgement, std::exchange(m_taken[likeness], 0));
  }
}

}  // namespace oubli::csv
