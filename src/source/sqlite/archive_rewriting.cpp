#include "source/sqlite/archive_rewriting.hpp"

#include "source/noted_keys.hpp"
#include "source/rewrite.hpp"
#include "source/sqlite/archived_reader.hpp"
#include "source/sqlite/connection.hpp"

#include <SQLiteCpp/Transaction.h>

#include <utility>

namespace oubli::sqlite {
namespace {

class ArchiveRewriting final : public Rewriting {
 public:
  ArchiveRewriting(OpenArchive& archive, const TablePlan& plan, const GoingRecords& going)
      : m_archive(archive),
        m_plan(plan),
        m_going(going),
        m_rewrite(plan.pass.table->rules, plan.pass.matcher->days()) {}

  [[nodiscard]] std::optional<TableChange> next(StepLimit limit) override {
    if (m_archive.find(m_plan.pass.table->config.name) == nullptr) return std::nullopt;
    return in_step(m_archive.rules.config.name, "rewriting archived records", [&]() -> std::optional<TableChange> {
      SQLite::Transaction transaction(m_archive.file.database(), SQLite::TransactionBehavior::IMMEDIATE);
      const auto guard = m_going.begin_step();
      const auto rowids = find(std::min(limit.records, m_plan.expected - m_taken));
      if (rowids.empty()) return std::nullopt;
      NotedKeys keys(&m_going);
      const TableChange change = rewrite(rowids, keys);
      keys.tell();
      transaction.commit();
      m_after = rowids.back();
      m_taken += static_cast<std::int64_t>(rowids.size());
      return change;
    });
  }

 private:
  [[nodiscard]] bool is_next(const ArchivedReader& reader) const {
    return m_going.is_rewritten(*m_plan.pass.table, reader.record());
  }

  [[nodiscard]] std::vector<std::int64_t> find(std::int64_t most) {
    std::vector<std::int64_t> rowids;
    ArchivedReader reader(m_archive, m_plan.pass, m_after ? Selection::after : Selection::all);
    if (m_after) reader.start(*m_after);
    while (std::cmp_less(rowids.size(), most) && reader.next()) {
      if (is_next(reader)) rowids.push_back(reader.rowid());
    }
    return rowids;
  }

  // Found inside the same transaction: they are as they were.
  [[nodiscard]] TableChange rewrite(const std::vector<std::int64_t>& rowids, NotedKeys& keys) {
    TableChange change;
    ArchivedReader reader(m_archive, m_plan.pass, Selection::one);
    for (const std::int64_t rowid : rowids) {
      reader.start(rowid);
      if (!reader.next()) continue;
      const JudgedRecord record = reader.record();
      const std::int64_t line = reader.line();
      const auto fields = m_rewrite.of(record);
      m_rewrite.count(record, change);
      keys.add_rewritten(m_plan.pass, record);
      reader.finish();
      m_archive.file.rewrite(line, fields);
      if (record.judgement.outcome == Outcome::anonymise) m_archive.file.forget_whose(line);
    }
    return change;
  }

  OpenArchive& m_archive;
  const TablePlan& m_plan;
  const GoingRecords& m_going;
  RecordRewrite m_rewrite;
  std::optional<std::int64_t> m_after;  ///< rowid of the last record rewritten
  std::int64_t m_taken = 0;
};

}  // namespace

std::unique_ptr<Rewriting> start_rewriting(OpenArchive& archive, const TablePlan& plan, const GoingRecords& going) {
  return std::make_unique<ArchiveRewriting>(archive, plan, going);
}

}  // namespace oubli::sqlite
