#include "source/sqlite/rewriting.hpp"

#include "oubli/engine/masking.hpp"
#include "source/noted_keys.hpp"
#include "source/rewrite.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/member_access.hpp"
#include "source/sqlite/removal_watch.hpp"
#include "source/sqlite/typed_bytes.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace oubli::sqlite {
namespace {

/// Records to rewrite, by identity, and where the search for more goes on.
struct Batch {
  std::vector<std::string> identities;
  std::string after;  ///< identity of the last one; empty: none yet
};

/// Every column's value as typed bytes.
std::vector<std::string> fields_of(const ValueStatement& row) {
  std::vector<std::string> fields(static_cast<std::size_t>(row.columns()));
  for (std::size_t i = 0; i < fields.size(); ++i) append_typed(fields[i], row.column(static_cast<int>(i)));
  return fields;
}

const NewField* field_named(std::span<const NewField> fields, std::string_view column) {
  const auto found =
      std::ranges::find_if(fields, [&](const NewField& field) { return same_name(field.column, column); });
  return found == fields.end() ? nullptr : &*found;
}

class SqliteRewriting final : public Rewriting {
 public:
  SqliteRewriting(OpenDataset& dataset, const TablePlan& plan, const GoingRecords& going);
  [[nodiscard]] std::optional<TableChange> next(StepLimit limit) override;

 private:
  [[nodiscard]] Batch find(const std::string& after, std::int64_t most);
  void try_all(StepLimit limit);
  [[nodiscard]] bool has_unique_index();
  [[nodiscard]] TableChange take(const Batch& batch);
  [[nodiscard]] TableChange rewrite(const Batch& batch, NotedKeys& keys);
  void rewrite(const std::string& identity, const JudgedRecord& record);
  void note_erased(const ValueStatement& row, std::span<const NewField> fields);
  void update(std::string_view identity, std::span<const NewField> fields);
  [[nodiscard]] ValueStatement& statement(std::span<const NewField> fields);
  [[nodiscard]] bool is_as_it_should(const std::vector<std::string>& before, const ValueStatement& row,
                                     std::span<const NewField> fields) const;
  [[nodiscard]] bool may_follow(const ColumnSchema& column) const;
  [[nodiscard]] Error failure() const;

  OpenDataset& m_dataset;
  const TablePlan& m_plan;
  const GoingRecords& m_going;
  MemberAccess m_access;
  RecordRewrite m_rewrite;
  bool m_has_triggers;
  std::map<std::string, ValueStatement> m_statements;  ///< by their text
  std::string m_after;
  std::int64_t m_taken = 0;
};

SqliteRewriting::SqliteRewriting(OpenDataset& dataset, const TablePlan& plan, const GoingRecords& going)
    : m_dataset(dataset),
      m_plan(plan),
      m_going(going),
      m_access(dataset, plan.pass),
      m_rewrite(plan.pass.table->rules, plan.pass.matcher->days()),
      m_has_triggers(
          !rewriting_triggers(dataset.database, m_access.facts(), rewritable_columns(plan.pass.table->rules)).empty()) {
}

std::optional<TableChange> SqliteRewriting::next(StepLimit limit) {
  const std::string& table = m_access.facts().schema.name;
  return in_step(m_dataset.config.name, "rewriting records of " + table, [&]() -> std::optional<TableChange> {
    m_dataset.hold_snapshot();
    const Batch batch = find(m_after, std::min(limit.records, m_plan.expected - m_taken));
    m_dataset.end_snapshot();
    if (batch.identities.empty()) return std::nullopt;
    if (m_taken == 0 && m_plan.expected > limit.records) try_all(limit);
    return take(batch);
  });
}

Batch SqliteRewriting::find(const std::string& after, std::int64_t most) {
  Batch batch{{}, after};
  PassReader reader(m_dataset, m_plan.pass, after.empty() ? Selection::all : Selection::after);
  if (!after.empty()) reader.start(after);
  while (std::cmp_less(batch.identities.size(), most) && reader.next()) {
    if (m_going.is_rewritten(*m_plan.pass.table, reader.record())) batch.identities.push_back(reader.identity());
  }
  if (!batch.identities.empty()) batch.after = batch.identities.back();
  return batch;
}

/// Step by step as well, for other programs wait meanwhile. But values that must differ from each other are
/// tried all at once.
void SqliteRewriting::try_all(StepLimit limit) {
  const std::int64_t at_once = has_unique_index() ? m_plan.expected : limit.records;
  std::int64_t tried = 0;
  for (Batch batch; tried < m_plan.expected;) {
    const SQLite::Transaction rolled_back(m_dataset.database, SQLite::TransactionBehavior::IMMEDIATE);
    m_dataset.notice_changes();
    batch = find(batch.after, at_once);
    if (batch.identities.empty()) return;
    NotedKeys of_nobody(nullptr);
    tried += rewrite(batch, of_nobody).rewritten();
  }
}

bool SqliteRewriting::has_unique_index() {
  SQLite::Statement row(m_dataset.database,
                        "SELECT EXISTS (SELECT 1 FROM pragma_index_list(?1) WHERE \"unique\" AND origin <> 'pk')");
  row.bind(1, m_access.facts().schema.name);
  return row.executeStep() && row.getColumn(0).getInt() != 0;
}

TableChange SqliteRewriting::take(const Batch& batch) {
  SQLite::Transaction transaction(m_dataset.database, SQLite::TransactionBehavior::IMMEDIATE);
  const auto guard = m_going.begin_step();
  m_dataset.notice_changes();
  std::optional<RemovalWatch> watch;
  if (m_has_triggers) watch.emplace(m_dataset);
  NotedKeys keys(&m_going);
  TableChange change = rewrite(batch, keys);
  if (watch) watch->require_only({});
  keys.tell();
  transaction.commit();
  m_after = batch.after;
  m_taken += static_cast<std::int64_t>(batch.identities.size());
  return change;
}

TableChange SqliteRewriting::rewrite(const Batch& batch, NotedKeys& keys) {
  TableChange change;
  for (const std::string& identity : batch.identities) {
    const auto record = m_access.read(identity);
    if (!record || !m_going.is_rewritten(*m_plan.pass.table, *record)) {
      ++change.changed;
      continue;
    }
    rewrite(identity, *record);
    m_rewrite.count(*record, change);
    keys.add_rewritten(m_plan.pass, *record);
  }
  m_access.finish();
  return change;
}

void SqliteRewriting::rewrite(const std::string& identity, const JudgedRecord& record) {
  const auto fields = m_rewrite.of(record);
  // A record that follows an anonymised one may hold nothing to mask.
  if (fields.empty()) return;
  const ValueStatement* row = m_access.read_whole(identity);
  if (row == nullptr) throw failure();
  const auto before = fields_of(*row);
  note_erased(*row, fields);
  update(identity, fields);
  row = m_access.read_whole(identity);
  if (row == nullptr || !is_as_it_should(before, *row, fields)) throw failure();
}

void SqliteRewriting::note_erased(const ValueStatement& row, std::span<const NewField> fields) {
  const auto& columns = m_access.facts().schema.columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (field_named(fields, columns[i].name) != nullptr) m_dataset.note_erased(row.column(static_cast<int>(i)));
  }
}

void SqliteRewriting::update(std::string_view identity, std::span<const NewField> fields) {
  ValueStatement& change = statement(fields);
  const auto identifying = values_from(identity);
  change.bind_all(identifying);
  int parameter = static_cast<int>(identifying.size());
  for (const NewField& field : fields) change.bind(parameter++, field.value);
  const int changes_before = m_dataset.database.getTotalChanges();
  change.run();
  const int changes = m_dataset.database.getTotalChanges() - changes_before;
  if (m_dataset.database.getChanges() != 1 || (!m_has_triggers && changes != 1)) throw failure();
}

ValueStatement& SqliteRewriting::statement(std::span<const NewField> fields) {
  const TableFacts& facts = m_access.facts();
  std::string sets;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    sets += fmt::format("{}{} = ?{}", i == 0 ? "" : ", ", quoted_name(fields[i].column), facts.identity.size() + i + 1);
  }
  const std::string sql =
      fmt::format("UPDATE {} AS t0 SET {} WHERE {}", main_table(facts.schema.name), sets, identified(facts));
  const auto found = m_statements.find(sql);
  if (found != m_statements.end()) return found->second;
  return m_statements.emplace(sql, ValueStatement(m_dataset.database, sql)).first->second;
}

bool SqliteRewriting::is_as_it_should(const std::vector<std::string>& before, const ValueStatement& row,
                                      std::span<const NewField> fields) const {
  const auto after = fields_of(row);
  for (std::size_t i = 0; i < after.size(); ++i) {
    const ColumnSchema& column = m_access.facts().schema.columns[i];
    const Value value = row.column(static_cast<int>(i));
    const NewField* const field = field_named(fields, column.name);
    if (field == nullptr) {
      if (after[i] != before[i] && !may_follow(column)) return false;
    } else if (field->mask == nullptr ? value.is_null() : !is_masked(*field->mask, value)) {
      return false;
    }
  }
  return true;
}

/// Computed columns follow those they are made of. An accepted trigger may touch a record it fires
/// for, but not what the record is judged by.
bool SqliteRewriting::may_follow(const ColumnSchema& column) const {
  if (column.generated) return true;
  const auto& judging = m_plan.pass.table->rules.columns;
  return m_has_triggers &&
         std::ranges::none_of(judging, [&](const std::string& name) { return same_name(name, column.name); });
}

Error SqliteRewriting::failure() const {
  return {Cause::dataset,
          fmt::format("{}.{}: rewriting a record did something else than set its columns", m_dataset.config.name,
                      m_access.facts().schema.name),
          "look at the table's triggers and the types of its columns; the step was undone"};
}

}  // namespace

std::unique_ptr<Rewriting> start_rewriting(OpenDataset& dataset, const TablePlan& plan, const GoingRecords& going) {
  return std::make_unique<SqliteRewriting>(dataset, plan, going);
}

}  // namespace oubli::sqlite
