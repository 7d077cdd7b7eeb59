#include "source/sqlite/member_access.hpp"

#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/typed_bytes.hpp"

#include <fmt/format.h>

namespace oubli::sqlite {
namespace {

std::string one_record(const TableFacts& facts) {
  return fmt::format("{} AS t0 WHERE {}", main_table(facts.schema.name), identified(facts));
}

std::string columns_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += fmt::format("{}{}", text.empty() ? "" : ", ", column_of("t0", name));
  return text;
}

std::vector<FeedingRow> feeding_rows(OpenDataset& dataset, const TableFacts& facts, const TablePass& pass) {
  std::vector<FeedingRow> rows;
  if (dataset.events == nullptr) return rows;
  for (const events::Feed& feed : dataset.events->feeds_of(facts.schema.name, pass.matcher->days())) {
    rows.push_back({feed, ValueStatement(dataset.database, fmt::format("SELECT {} FROM {}", columns_of(feed.columns()),
                                                                       one_record(facts)))});
  }
  return rows;
}

}  // namespace

std::string identified(const TableFacts& facts) {
  std::string text;
  const auto identity = facts.identity_of("t0");
  for (std::size_t i = 0; i < identity.size(); ++i)
    text += fmt::format("{}{} = ?{}", i == 0 ? "" : " AND ", identity[i], i + 1);
  return text;
}

MemberAccess::MemberAccess(OpenDataset& dataset, const TablePass& pass)
    : m_dataset(dataset),
      m_facts(dataset.catalog.plain_table(pass.table->config.name)),
      m_pass(pass),
      m_reader(dataset, pass, Selection::one),
      m_whole(dataset.database, fmt::format("SELECT {} FROM {}", columns_of(m_facts.column_names()), one_record(m_facts))),
      m_feeds(feeding_rows(dataset, m_facts, pass)) {}

bool MemberAccess::has_triggers() {
  if (!m_has_triggers) m_has_triggers = !removal_triggers(m_dataset.database, m_facts).empty();
  return *m_has_triggers;
}

std::optional<JudgedRecord> MemberAccess::read(std::string_view identity) {
  m_reader.start(identity);
  if (!m_reader.next()) return std::nullopt;
  return m_reader.record();
}

const ValueStatement* MemberAccess::read_whole(std::string_view identity) {
  m_whole.reset();
  m_whole.bind_all(values_from(identity));
  return m_whole.step() ? &m_whole : nullptr;
}

void MemberAccess::prepare_said() {
  for (const auto& [feed, row] : m_feeds) {
    if (feed.role == events::RowEvent::Role::between) feed.event->prepare();
  }
}

void MemberAccess::part(std::string_view identity, events::Parting& parting) {
  for (auto& [feed, row] : m_feeds) {
    row.bind_all(values_from(identity));
    if (row.step()) {
      std::vector<Value> values;
      for (int i = 0; i < row.columns(); ++i) values.push_back(row.column(i));
      feed.event->part(feed.role, values, parting);
    }
    row.reset();
  }
  if (m_dataset.events == nullptr || !m_dataset.events->parts_from(*m_pass.table)) return;
  if (const auto record = read(identity))
    m_dataset.events->part(*m_pass.table, m_pass.matcher->days(), record->facts.values, parting);
  m_reader.finish();
}

void MemberAccess::finish() {
  m_reader.finish();
  m_whole.reset();
}

void MemberAccess::remove(std::string_view identity) {
  if (!m_removal) m_removal.emplace(m_dataset.database, fmt::format("DELETE FROM {}", one_record(m_facts)));
  const int changes_before = m_dataset.database.getTotalChanges();
  m_removal->bind_all(values_from(identity));
  m_removal->run();
  const int changes = m_dataset.database.getTotalChanges() - changes_before;
  const bool as_expected = m_dataset.database.getChanges() == 1 && (has_triggers() || changes == 1);
  if (as_expected) return;
  throw Error(Cause::dataset,
              fmt::format("{}.{}: a removal did something else than remove one record", m_dataset.config.name,
                          m_facts.schema.name),
              "look at the table's triggers and foreign keys");
}

}  // namespace oubli::sqlite
