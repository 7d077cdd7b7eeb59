#include "source/csv/archive_rewriting.hpp"

#include "source/csv/archived_scan.hpp"
#include "source/csv/fault.hpp"
#include "source/csv/field_writer.hpp"
#include "source/csv/replacement.hpp"
#include "source/noted_keys.hpp"
#include "source/rewrite.hpp"

namespace oubli::csv {

namespace {

class ArchiveRewriting : public Rewriting {
 public:
  ArchiveRewriting(ArchivedDataset& archive, const TablePlan& plan, const GoingRecords& going)
      : m_archive(archive),
        m_plan(plan),
        m_going(going),
        m_table(plan.pass.table->config.name),
        m_folder(archive.folder(m_table)),
        m_rewrite(plan.pass.table->rules, plan.pass.matcher->days()),
        m_writer(archive.dialect(m_table)),
        m_pairs(m_folder.settled()) {}

  [[nodiscard]] std::optional<TableChange> next(StepLimit) override {
    return with_context(m_archive.name(), m_table, [&]() -> std::optional<TableChange> {
      while (m_pair < m_pairs.size() && !has_records(m_pairs[m_pair])) ++m_pair;
      if (m_pair == m_pairs.size()) return std::nullopt;
      return rewrite(m_pairs[m_pair++]);
    });
  }

 private:
  [[nodiscard]] bool is_next(ArchivedRecordJudge& judge, const ArchivedScan& scan, const ArchivedPair& pair) const {
    return judge.judge(scan, pair.names.records) && m_going.is_rewritten(*m_plan.pass.table, judge.judged());
  }

  [[nodiscard]] bool has_records(const ArchivedPair& pair) {
    if (m_taken >= m_plan.expected) return false;
    ArchivedRecordJudge judge(m_archive, m_plan.pass);
    ArchivedScan scan(m_folder, pair, m_archive.dialect(m_table), judge.layout().choice);
    while (scan.next()) {
      if (is_next(judge, scan, pair)) return true;
    }
    return false;
  }

  TableChange rewrite(const ArchivedPair& pair) {
    const FolderLock lock(m_folder.folder()->path());
    const auto guard = m_going.begin_step();
    ArchivedRecordJudge judge(m_archive, m_plan.pass);
    ArchivedScan scan(m_folder, pair, m_archive.dialect(m_table), judge.layout().choice);
    PairRewrite files(*m_folder.folder(), pair.names, pair.names.meta, scan.head(), scan.line().head());
    TableChange change;
    NotedKeys keys(&m_going);
    while (scan.next()) {
      if (m_taken < m_plan.expected && is_next(judge, scan, pair)) {
        ++m_taken;
        write(judge, scan, files);
        m_rewrite.count(judge.judged(), change);
        keys.add_rewritten(m_plan.pass, judge.judged());
      } else {
        files.keep(scan.record().raw.bytes, scan.line().bytes());
      }
    }
    files.finish();
    keys.tell();
    files.put_in_place();
    m_archive.forget_roots();
    return change;
  }

  void write(const ArchivedRecordJudge& judge, const ArchivedScan& scan, PairRewrite& files) {
    const RawRecord& raw = scan.record().raw;
    const std::string record = m_writer.rewritten(raw, fields_of(judge, scan));
    const std::size_t line_end = raw.bytes.size() - raw.content.size();
    const std::string_view content = std::string_view(record).substr(0, record.size() - line_end);
    const bool is_anonymised = judge.judged().judgement.outcome == Outcome::anonymise;
    files.keep(record, scan.line().rewritten(content, is_anonymised));
  }

  [[nodiscard]] std::vector<FieldText> fields_of(const ArchivedRecordJudge& judge, const ArchivedScan& scan) {
    std::vector<FieldText> fields;
    for (const NewField& field : m_rewrite.of(judge.judged())) {
      const std::size_t slot = judge.layout().rewritable.at(field.column);
      if (!scan.records().has(slot)) throw_without_column(scan.records().file().name, field.column);
      fields.push_back({scan.records().place_of(slot), std::string(field.value.bytes)});
    }
    return fields;
  }

  [[noreturn]] static void throw_without_column(const std::string& file, const std::string& column) {
    throw FileFault("archive file " + file + " has no column `" + column + "` to write in",
                    "its records were archived before the table had one: decide by hand what becomes of them");
  }

  ArchivedDataset& m_archive;
  const TablePlan& m_plan;
  const GoingRecords& m_going;
  const std::string m_table;
  const ArchiveFolder& m_folder;
  RecordRewrite m_rewrite;
  FieldWriter m_writer;
  std::vector<ArchivedPair> m_pairs;
  std::size_t m_pair = 0;
  std::int64_t m_taken = 0;
};

}  // namespace

std::unique_ptr<Rewriting> start_rewriting(ArchivedDataset& archive, const TablePlan& plan, const GoingRecords& going) {
  return std::make_unique<ArchiveRewriting>(archive, plan, going);
}

}  // namespace oubli::csv
