#include "source/sqlite/member_access.hpp"

#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/typed_bytes.hpp"

#include <fmt/format.h>

namespace oubli::sqlite {
namespace {

std::string one_record(const TableFacts& facts) {
  return fmt::format("{} AS t0 WHERE {}", main_table(facts.schema.name), identified(facts));
}

std::string all_columns(const TableFacts& facts) {
  std::string text;
  for (const ColumnSchema& column : facts.schema.columns)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", column_of("t0", column.name));
  return text;
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
      m_reader(dataset, pass, Selection::one),
      m_whole(dataset.database, fmt::format("SELECT {} FROM {}", all_columns(m_facts), one_record(m_facts))) {}

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
