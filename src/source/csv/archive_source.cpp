// What was archived from a CSV dataset is in pairs of files, one per run and source file: every
// pass reads whole pairs from end to end, and a purge writes a pair anew.
#include "source/csv/archive_source.hpp"

#include "source/csv/archive_rewriting.hpp"
#include "source/csv/archive_step.hpp"
#include "source/csv/archived_scan.hpp"
#include "source/csv/fault.hpp"

#include <unordered_set>
#include <utility>

namespace oubli {

namespace csv {

namespace {

using KeyUse = std::function<void(const RecordKey&)>;
using Keys = std::unordered_set<RecordKey, RecordKeyHash>;

/// The keys of a live table for one side of a relation; none where it isn't of this dataset.
void for_each_live_key(CsvDataset& live, const std::string& table, const std::vector<std::size_t>& slots,
                       const KeyUse& use) {
  const CsvTable& its = live.table(table);
  const TableLayout layout = live.layout(table);
  for (const auto& file : its.files) {
    FileScan scan(its.folder, file, its.dialect(), layout.choice);
    for (ScannedRecord record; scan.next(record);) {
      const RecordKey key = record.malformed ? RecordKey{} : record_key(record.fields, slots);
      if (!key.null) use(key);
    }
  }
}

class CsvArchiveSource : public DataSource {
 public:
  CsvArchiveSource(const RuledDataset& dataset, const ArchiveTarget& target, Access access)
      : m_archive(dataset, target, access) {}

  [[nodiscard]] std::vector<TableSchema> schema() const override;
  [[nodiscard]] std::vector<Relation> foreign_keys() const override { return {}; }
  void set_rules(const RuledDataset& rules) override { m_archive.set_rules(rules); }
  void for_each(const TablePass& pass, RecordSink& sink) override;
  void for_each_reference(std::size_t relation, Side side, const KeyUse& use) override;
  [[nodiscard]] std::vector<Trigger> removal_triggers(const std::string&) const override { return {}; }
  [[nodiscard]] std::vector<Trigger> rewriting_triggers(const RuledTable&) const override { return {}; }
  [[nodiscard]] std::unique_ptr<Rewriting> rewriting(const TablePlan& plan, const GoingRecords& going) override {
    return start_rewriting(m_archive, plan, going);
  }
  [[nodiscard]] ErasureEstimate erasure_estimate() const override { return {}; }
  void set_archive(const ArchiveTarget&) override {}
  /// Pending copies are the live side's to settle.
  [[nodiscard]] std::unique_ptr<Step> pending_step(const GroupPlan&) override { return nullptr; }
  [[nodiscard]] std::unique_ptr<Step> next_step(const GroupPlan& plan, StepLimit limit) override;
  /// So is what goes back.
  [[nodiscard]] Restored restore(const ArchivedPlace&, const GoingRecords&) override { return {}; }
  void settle_restored() override {}
  /// A rewritten file holds no purged byte, and the old one has no name any more.
  [[nodiscard]] ErasureResult erase_residue() override { return {}; }
  [[nodiscard]] std::vector<std::filesystem::path> archived_to() const override { return {}; }

 private:
  void use_archived_keys(const Relation& relation, const KeyUse& use);
  void use_left_behind(std::size_t relation, const KeyUse& use);
  [[nodiscard]] std::vector<PairChoice> remaining(const GroupPlan& plan, const TablePlan& table);
  void forget(const GroupPlan& plan);

  ArchivedDataset m_archive;
  PurgeHistory m_history;
};

std::vector<TableSchema> CsvArchiveSource::schema() const {
  std::vector<TableSchema> schemas;
  const auto add = [&](const std::string& table) {
    TableSchema schema;
    schema.name = table;
    schemas.push_back(std::move(schema));
  };
  for (const auto& table : m_archive.rules().config.tables) {
    if (!m_archive.folder(table.name).settled().empty()) add(table.name);
  }
  for (const auto& table : m_archive.unmapped_tables()) add(table);
  return schemas;
}

void CsvArchiveSource::for_each(const TablePass& pass, RecordSink& sink) {
  with_context(m_archive.name(), pass.table->config.name, [&] { for_each_archived(m_archive, pass, sink); });
}

void CsvArchiveSource::for_each_reference(std::size_t relation, Side side, const KeyUse& use) {
  const Relation& asked = m_archive.rules().relations.at(relation);
  with_context(m_archive.name(), asked.child, [&] {
    if (side == Side::archive)
      use_archived_keys(asked, use);
    else
      use_left_behind(relation, use);
  });
}

void CsvArchiveSource::use_archived_keys(const Relation& relation, const KeyUse& use) {
  const ArchiveFolder& folder = m_archive.folder(relation.child);
  ColumnChoice choice;
  const std::vector<std::size_t> slots = choice.slots(relation.child_columns);
  for (const auto& pair : folder.settled()) {
    FileScan scan(*folder.folder(), present_file(*folder.folder(), pair.records), m_archive.dialect(relation.child),
                  choice, Absent::null);
    for (ScannedRecord record; scan.next(record);) {
      const RecordKey key = record.malformed ? RecordKey{} : record_key(record.fields, slots);
      if (!key.null) use(key);
    }
  }
}

void CsvArchiveSource::use_left_behind(std::size_t relation, const KeyUse& use) {
  const Relation& asked = m_archive.rules().relations.at(relation);
  CsvDataset live(m_archive.rules().config);
  live.set_rules(m_archive.rules());
  Keys parents;
  for_each_live_key(live, asked.parent, live.layout(asked.parent).as_parent.at(relation),
                    [&](const RecordKey& key) { parents.insert(key); });
  for_each_live_key(live, asked.child, live.layout(asked.child).as_child.at(relation), [&](const RecordKey& key) {
    if (!parents.contains(key)) use(key);
  });
}

std::unique_ptr<Step> CsvArchiveSource::next_step(const GroupPlan& plan, StepLimit) {
  std::vector<PairChoice> all;
  for (const auto& table : plan.tables) {
    for (auto& choice : remaining(plan, table)) {
      if (!plan.as_one) return make_purge_step(m_archive, m_history, {std::move(choice)});
      all.push_back(std::move(choice));
    }
  }
  if (!all.empty()) return make_purge_step(m_archive, m_history, std::move(all));
  forget(plan);
  return nullptr;
}

// The next plan may be another share of the same records: it counts from nothing.
void CsvArchiveSource::forget(const GroupPlan& plan) {
  for (const auto& table : plan.tables) {
    const std::string& name = table.pass.table->config.name;
    m_history.taken.erase(name);
    std::erase_if(m_history.finished, [&](const auto& each) { return each.first == name; });
  }
}

// The pairs of a table from which something goes; outside a group that goes as one, the first.
std::vector<PairChoice> CsvArchiveSource::remaining(const GroupPlan& plan, const TablePlan& table) {
  const std::string& name = table.pass.table->config.name;
  return with_context(m_archive.name(), name, [&] {
    std::vector<PairChoice> choices;
    for (const auto& pair : m_archive.folder(name).settled()) {
      const PairChoice choice{&table, plan.going, pair};
      const std::pair place(name, pair.names.records);
      if (m_history.finished.contains(place)) continue;
      if (has_going_record(m_archive, choice, m_history.taken[name])) {
        choices.push_back(choice);
        if (!plan.as_one) break;
      } else {
        m_history.finished.insert(place);
      }
    }
    return choices;
  });
}

}  // namespace

}  // namespace csv

std::unique_ptr<DataSource> open_csv_archive(const RuledDataset& dataset, const ArchiveTarget& target, Access access) {
  return std::make_unique<csv::CsvArchiveSource>(dataset, target, access);
}

}  // namespace oubli
