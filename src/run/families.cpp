#include "run/families.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

bool may_remove(const PurposeRule& rule) { return rule.active && (rule.archive || rule.then == Disposition::purge); }

const RuledTable* find_table(const RuledDataset& dataset, const std::string& name) {
  const auto found = std::ranges::find_if(dataset.tables, [&](const RuledTable& t) { return t.rules.table == name; });
  return found == dataset.tables.end() ? nullptr : &*found;
}

class StrikingSink : public RecordSink {
 public:
  explicit StrikingSink(std::function<bool(const JudgedRecord&)> strike) : m_strike(std::move(strike)) {}
  void record(const JudgedRecord& record) override { m_changed |= m_strike(record); }
  [[nodiscard]] bool has_changed() const { return m_changed; }

 private:
  std::function<bool(const JudgedRecord&)> m_strike;
  bool m_changed = false;
};

}  // namespace

Families::Families(const RuledDataset& dataset, std::set<std::string> taking_part, Side side,
                   std::shared_ptr<const DatasetStops> stops, BeginStep begin_step,
                   std::shared_ptr<const PlannedRecords> planned, std::shared_ptr<KeyNotes> notes)
    : m_dataset(dataset),
      m_taking_part(std::move(taking_part)),
      m_side(side),
      m_stops(std::move(stops)),
      m_begin_step(std::move(begin_step)),
      m_planned(std::move(planned)),
      m_notes(std::move(notes)),
      m_candidates(dataset.relations.size()),
      m_struck(dataset.relations.size()) {
  for (const auto& table : dataset.tables) {
    m_below[table.rules.table];
    m_above[table.rules.table];
  }
  for (std::size_t r = 0; r < dataset.relations.size(); ++r) {
    const auto* parent = find_table(dataset, dataset.relations[r].parent);
    if (!parent) continue;
    const bool may_lose_records =
        takes_part(parent->rules.table) && std::ranges::any_of(parent->rules.purposes, may_remove);
    const bool tells_stops = dataset.relations[r].follows && m_stops->any();
    if (may_lose_records || tells_stops) m_below[parent->rules.table].push_back(r);
  }
}

const Families::Relations& Families::below(const RuledTable& table) const { return m_below.at(table.rules.table); }

const Families::Relations& Families::above(const RuledTable& table) const { return m_above.at(table.rules.table); }

void Families::find_relations_above() {
  for (std::size_t r = 0; r < m_candidates.size(); ++r) {
    const auto child = m_above.find(m_dataset.relations[r].child);
    const bool tells_stops = m_dataset.relations[r].follows && m_stops->any();
    if (child != m_above.end() && (!m_candidates[r].empty() || tells_stops)) child->second.push_back(r);
  }
}

TablePass Families::first_pass(const RuledTable& table, const Matcher& matcher) const {
  TablePass pass;
  pass.table = &table;
  pass.matcher = &matcher;
  pass.as_parent = below(table);
  const auto& stops = m_stops->of(table.rules.table);
  pass.with_subject = stops.needs_subject();
  pass.more = stops.columns();
  return m_planned ? m_planned->widened(std::move(pass)) : pass;
}

TablePass Families::pass(const RuledTable& table, const Matcher& matcher) const {
  auto pass = first_pass(table, matcher);
  pass.as_child = above(table);
  return pass;
}

void Families::note(const RuledTable& table, const JudgedRecord& record) {
  note_due(table, record);
  if (m_stops->any() && tells_followers(table)) (void)note_stopped(table, record, stopped(table, record));
}

void Families::note_due(const RuledTable& table, const JudgedRecord& record) {
  if (!removes(record.judgement.outcome) || !takes_part(table.rules.table)) return;
  const auto& relations = below(table);
  for (std::size_t i = 0; i < relations.size(); ++i) {
    const auto& key = record.as_parent[i];
    if (!key.null) m_candidates[relations[i]].insert_or_assign(key, record.judgement.outcome);
  }
  // Those that follow it stay, too.
  if (!lets_go(table, record)) (void)strike_itself(table, record);
}

bool Families::lets_go(const RuledTable& table, const JudgedRecord& record) const {
  return !m_planned || m_planned->lets_go(table, record);
}

/// Whether those that follow this table's records can't tell by themselves what stops them.
bool Families::tells_followers(const RuledTable& table) const {
  const auto is_told = [&](std::size_t r) { return m_stopped.has(r); };
  return m_stops->told_by_record.contains(table.rules.table) || std::ranges::any_of(above(table), is_told);
}

bool Families::note_stopped(const RuledTable& table, const JudgedRecord& record, const Stopped& stopped) {
  if (!stopped) return false;
  const auto& relations = below(table);
  bool changed = false;
  for (std::size_t i = 0; i < record.as_parent.size(); ++i) {
    if (m_dataset.relations[relations[i]].follows) changed |= m_stopped.note(relations[i], record.as_parent[i], stopped);
  }
  return changed;
}

Stopped Families::stopped(const RuledTable& table, const JudgedRecord& record) const {
  if (!m_stops->any()) return {};
  const auto& stops = m_stops->of(table.rules.table);
  auto stopped = stops.empty() ? Stopped{} : stops.covering(record.subject, record.more);
  const auto& relations = above(table);
  for (std::size_t i = 0; i < record.as_child.size(); ++i) {
    if (const auto* const by_parent = m_stopped.find(relations[i], record.as_child[i])) stopped += *by_parent;
  }
  return stopped;
}

bool Families::strike(std::size_t relation, const RecordKey& key, Outcome child) {
  if (key.null) return false;
  const auto candidate = m_candidates[relation].find(key);
  if (candidate == m_candidates[relation].end()) return false;
  if (child == Outcome::archive && candidate->second == Outcome::archive) return false;
  return m_struck[relation].insert(key).second;
}

bool Families::is_struck(const RuledTable& table, const JudgedRecord& record) const {
  const auto& downwards = below(table);
  for (std::size_t i = 0; i < record.as_parent.size(); ++i) {
    if (m_struck[downwards[i]].contains(record.as_parent[i])) return true;
  }
  const auto& upwards = above(table);
  for (std::size_t i = 0; i < record.as_child.size(); ++i) {
    if (m_dataset.relations[upwards[i]].follows && m_struck[upwards[i]].contains(record.as_child[i])) return true;
  }
  return false;
}

// A due record that stays is struck under all its keys, not only the one a child used.
bool Families::strike_itself(const RuledTable& table, const JudgedRecord& record) {
  const auto& relations = below(table);
  bool changed = false;
  for (std::size_t i = 0; i < record.as_parent.size(); ++i) {
    changed |= strike(relations[i], record.as_parent[i], Outcome::keep);
  }
  return changed;
}

bool Families::strike_parents(const RuledTable& table, const JudgedRecord& record, Outcome outcome) {
  const auto& relations = above(table);
  bool changed = false;
  for (std::size_t i = 0; i < record.as_child.size(); ++i) {
    const bool goes_with_parent = outcome != Outcome::keep && m_dataset.relations[relations[i]].follows;
    if (!goes_with_parent) changed |= strike(relations[i], record.as_child[i], outcome);
  }
  return changed;
}

bool Families::strike_because_of(const RuledTable& table, const JudgedRecord& record) {
  const auto stopping = stopped(table, record);
  const bool noted = tells_followers(table) && note_stopped(table, record, stopping);
  const bool may_go = removes(record.judgement.outcome) && takes_part(table.rules.table) && !stopping && lets_go(table, record);
  if (!may_go) return strike_parents(table, record, Outcome::keep) || noted;
  if (is_struck(table, record)) {
    const bool itself = strike_itself(table, record);
    return strike_parents(table, record, Outcome::keep) || itself;
  }
  return record.judgement.outcome == Outcome::archive && strike_parents(table, record, Outcome::archive);
}

/// Its own, or those of the records it follows.
bool Families::has_stops(const RuledTable& table) const {
  const auto tells_stops = [&](std::size_t r) { return m_stopped.has(r); };
  return !m_stops->of(table.rules.table).empty() || std::ranges::any_of(above(table), tells_stops);
}

// A follower alone strikes nothing: it goes with its parent, unless something below it stays or it is stopped.
bool Families::may_strike(const RuledTable& table) const {
  const auto has_struck = [&](std::size_t r) { return !m_struck[r].empty(); };
  const auto leads_up = [&](std::size_t r) { return !m_dataset.relations[r].follows || has_struck(r); };
  const bool left_out = !takes_part(table.rules.table) && !above(table).empty();
  const bool is_between = !above(table).empty() || !below(table).empty();
  if (is_between && (m_planned || has_stops(table))) return true;
  return left_out || std::ranges::any_of(above(table), leads_up) || std::ranges::any_of(below(table), has_struck);
}

// Children that these passes don't judge: those of unmapped tables, and those of the other side.
void Families::strike_from_outside(DataSource& source) {
  const Side other_side = m_side == Side::live ? Side::archive : Side::live;
  for (std::size_t r = 0; r < m_candidates.size(); ++r) {
    if (m_candidates[r].empty()) continue;
    const auto& relation = m_dataset.relations[r];
    const auto strike_as = [&](Outcome child) {
      return [this, r, child](const RecordKey& key) { (void)strike(r, key, child); };
    };
    if (!find_table(m_dataset, relation.child)) source.for_each_reference(r, m_side, strike_as(Outcome::keep));
    if (!relation.follows) source.for_each_reference(r, other_side, strike_as(Outcome::archive));
  }
}

bool Families::strike_from_tables(DataSource& source, const std::map<std::string, Matcher>& matchers) {
  bool changed = false;
  for (const auto& table : m_dataset.tables) {
    if (!may_strike(table)) continue;
    StrikingSink sink([&](const JudgedRecord& record) { return strike_because_of(table, record); });
    source.for_each(pass(table, matchers.at(table.rules.table)), sink);
    changed |= sink.has_changed();
  }
  return changed;
}

std::set<std::string> Families::settle(DataSource& source, const std::map<std::string, Matcher>& matchers) {
  find_relations_above();
  strike_from_outside(source);
  while (strike_from_tables(source, matchers)) {
  }
  return tables_to_count_again();
}

std::set<std::string> Families::tables_to_count_again() const {
  const auto has_struck = [&](std::size_t r) { return !m_struck[r].empty(); };
  const auto follows_struck = [&](std::size_t r) {
    return m_dataset.relations[r].follows && (has_struck(r) || m_stopped.has(r));
  };
  std::set<std::string> names;
  for (const auto& table : m_dataset.tables) {
    if (std::ranges::any_of(below(table), has_struck) || std::ranges::any_of(above(table), follows_struck)) {
      names.insert(table.rules.table);
    }
  }
  return names;
}

Outcome Families::outcome(const RuledTable& table, const JudgedRecord& record) const {
  const auto own = record.judgement.outcome;
  const bool may_be_stopped = removes(own) || own == Outcome::anonymise;
  if (!may_be_stopped) return own;
  if (const auto stopping = stopped(table, record)) return stopping.outcome();
  if (removes(own) && !lets_go(table, record)) return own;
  return removes(own) && is_struck(table, record) ? Outcome::blocked : own;
}

bool Families::goes(const RuledTable& table, const JudgedRecord& record) const {
  return takes_part(table.rules.table) && removes(outcome(table, record)) && lets_go(table, record);
}

// A record that leaves is archived or purged whole; one that is blocked stays, and is minimised.
bool Families::is_rewritten(const RuledTable& table, const JudgedRecord& record) const {
  return would_be_rewritten(table, record) && (!m_planned || m_planned->lets_rewrite(table, record));
}

bool Families::is_left_out(const RuledTable& table, const JudgedRecord& record) const {
  if (!m_planned || !takes_part(table.rules.table)) return false;
  if (removes(outcome(table, record))) return !lets_go(table, record);
  return would_be_rewritten(table, record) && !m_planned->lets_rewrite(table, record);
}

bool Families::would_be_rewritten(const RuledTable& table, const JudgedRecord& record) const {
  if (!takes_part(table.rules.table)) return false;
  if (is_stopped(table, record)) return false;
  const auto its = outcome(table, record);
  return its == Outcome::anonymise || (!removes(its) && !record.judgement.rewrites.empty());
}

bool Families::is_stopped(const RuledTable& table, const JudgedRecord& record) const {
  return static_cast<bool>(stopped(table, record));
}

std::unique_ptr<StepGuard> Families::begin_step() const { return m_begin_step ? m_begin_step() : nullptr; }

std::optional<KeyDigest> Families::key_digest(const RuledTable& table, const JudgedRecord& record) const {
  return m_notes ? m_notes->digest(table, record) : std::nullopt;
}

void Families::before_change(const RuledTable& table, RecordChange change, const std::vector<KeyDigest>& keys) const {
  if (m_notes) m_notes->keep(table, m_side, change, keys);
}

}  // namespace oubli
