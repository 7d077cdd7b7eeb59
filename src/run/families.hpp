/// Which due records may go: none that a stop covers (S18, S19), none that a saved plan leaves out (I9), and of the
/// others only those that no record which stays still needs.
///
/// S12: a record that follows another shares its decision, stops included: it is stopped with the record it
/// follows, and keeps that one when it is stopped itself.
///
/// S20: a record that others still need stays, whatever its own rules
/// say and whatever action its foreign key declares.
///
/// A parent goes when every record that points to it goes, too. Records of unmapped tables, of
/// tables in observe mode and of tables the run leaves out never do. Children that go into the
/// archive, or are there, still need a parent that would be purged, but not one that is archived
/// with them. The largest set that satisfies this is found: start from all due records, strike out
/// the parents of records that stay, again until nothing changes. A cycle of records that are all
/// due therefore goes as one.
///
/// In the archive the same holds among its own records; a live record whose parent is there and not
/// among the live ones needs it, too.
///
/// Memory grows with the due records of tables that are parents, and with the stopped ones of tables that
/// others follow; never with rows.
#pragma once

#include "oubli/model/side.hpp"
#include "oubli/source/data_source.hpp"
#include "run/key_notes.hpp"
#include "run/planned_records.hpp"
#include "run/stopped_parents.hpp"
#include "run/stops.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace oubli {

class Families : public GoingRecords {
 public:
  /// What a run does at the start of each of its steps: GoingRecords::begin_step.
  using BeginStep = std::function<std::unique_ptr<StepGuard>()>;

  /// `dataset` must outlive this. `taking_part`: the tables a run may change. `side`: whose records
  /// the passes deliver. `planned`: the records of a saved plan, or null where any due record may go. `notes`: where
  /// the keys of what is changed are noted; null: nowhere.
  Families(const RuledDataset& dataset, std::set<std::string> taking_part, Side side = Side::live,
           std::shared_ptr<const DatasetStops> stops = std::make_shared<DatasetStops>(), BeginStep begin_step = {},
           std::shared_ptr<const PlannedRecords> planned = {}, std::shared_ptr<KeyNotes> notes = {});

  /// The first pass over a table asks for these keys…
  [[nodiscard]] TablePass first_pass(const RuledTable& table, const Matcher& matcher) const;
  /// …and tells each of its records.
  void note(const RuledTable& table, const JudgedRecord& record);
  /// Whether `note` has anything to keep of this table. Where it hasn't, and no stop was ever set, records
  /// may be counted in any order, by several threads.
  [[nodiscard]] bool notes(const RuledTable& table) const {
    return m_planned || m_stops->any() || !below(table).empty();
  }

  /// Strikes out what may not go. Call once, after every table had its first pass. Returns the
  /// tables whose records may have other outcomes than the first pass could know.
  [[nodiscard]] std::set<std::string> settle(DataSource& source, const std::map<std::string, Matcher>& matchers);

  /// A pass that asks for the keys `outcome` and `goes` need.
  [[nodiscard]] TablePass pass(const RuledTable& table, const Matcher& matcher) const;

  /// The record's own outcome, or held, restricted, blocked (S14).
  [[nodiscard]] Outcome outcome(const RuledTable& table, const JudgedRecord& record) const;
  /// The stops that cover it, or the record it follows; whether it is due or not.
  [[nodiscard]] Stopped stopped(const RuledTable& table, const JudgedRecord& record) const;
  [[nodiscard]] const DatasetStops& stops() const { return *m_stops; }

  [[nodiscard]] bool goes(const RuledTable& table, const JudgedRecord& record) const override;
  [[nodiscard]] bool is_rewritten(const RuledTable& table, const JudgedRecord& record) const override;
  /// Whether it would leave or change, were it in the saved plan.
  [[nodiscard]] bool is_left_out(const RuledTable& table, const JudgedRecord& record) const;
  /// Whether a stop covers it: then nothing in it is changed, due or not.
  [[nodiscard]] bool is_stopped(const RuledTable& table, const JudgedRecord& record) const;
  [[nodiscard]] std::unique_ptr<StepGuard> begin_step() const override;
  [[nodiscard]] std::optional<KeyDigest> key_digest(const RuledTable& table, const JudgedRecord& record) const override;
  void before_change(const RuledTable& table, RecordChange change, const std::vector<KeyDigest>& keys) const override;

 private:
  using Relations = std::vector<std::size_t>;
  using Candidates = std::unordered_map<RecordKey, Outcome, RecordKeyHash>;
  using Keys = std::unordered_set<RecordKey, RecordKeyHash>;

  [[nodiscard]] bool lets_go(const RuledTable& table, const JudgedRecord& record) const;
  [[nodiscard]] bool would_be_rewritten(const RuledTable& table, const JudgedRecord& record) const;
  [[nodiscard]] bool takes_part(const std::string& table) const { return m_taking_part.contains(table); }
  [[nodiscard]] const Relations& below(const RuledTable& table) const;
  [[nodiscard]] const Relations& above(const RuledTable& table) const;
  void find_relations_above();
  void note_due(const RuledTable& table, const JudgedRecord& record);
  [[nodiscard]] bool tells_followers(const RuledTable& table) const;
  [[nodiscard]] bool note_stopped(const RuledTable& table, const JudgedRecord& record, const Stopped& stopped);
  [[nodiscard]] bool has_stops(const RuledTable& table) const;
  [[nodiscard]] std::set<std::string> tables_to_count_again() const;
  [[nodiscard]] bool may_strike(const RuledTable& table) const;
  [[nodiscard]] bool is_struck(const RuledTable& table, const JudgedRecord& record) const;
  [[nodiscard]] bool strike(std::size_t relation, const RecordKey& key, Outcome child);
  [[nodiscard]] bool strike_itself(const RuledTable& table, const JudgedRecord& record);
  /// `outcome`: what happens to the child itself: keep or archive.
  [[nodiscard]] bool strike_parents(const RuledTable& table, const JudgedRecord& record, Outcome outcome);
  [[nodiscard]] bool strike_because_of(const RuledTable& table, const JudgedRecord& record);
  void strike_from_outside(DataSource& source);
  [[nodiscard]] bool strike_from_tables(DataSource& source, const std::map<std::string, Matcher>& matchers);

  const RuledDataset& m_dataset;
  std::set<std::string> m_taking_part;
  Side m_side;
  std::shared_ptr<const DatasetStops> m_stops;
  BeginStep m_begin_step;
  std::shared_ptr<const PlannedRecords> m_planned;
  std::shared_ptr<KeyNotes> m_notes;
  std::map<std::string, Relations> m_below;  ///< by parent table: where a strike may matter
  std::map<std::string, Relations> m_above;  ///< by child table: those with due parents, known once all were noted
  std::vector<Candidates> m_candidates;      ///< by relation: due parents
  std::vector<Keys> m_struck;                ///< by relation: due parents that stay
  StoppedParents m_stopped;
};

}  // namespace oubli
