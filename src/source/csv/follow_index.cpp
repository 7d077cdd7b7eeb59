#include "source/csv/follow_index.hpp"

#include "source/csv/packed_values.hpp"

#include <algorithm>
#include <array>

namespace oubli::csv {

namespace {

// From what keeps most to what keeps least (S14).
constexpr std::array k_by_mildness = {
    Outcome::out_of_scope, Outcome::malformed, Outcome::unassigned, Outcome::held,
    Outcome::restricted,   Outcome::blocked,   Outcome::keep,       Outcome::undetermined,
    Outcome::unreadable,   Outcome::future,    Outcome::undated,    Outcome::no_period,
    Outcome::archive,      Outcome::flag,      Outcome::anonymise,  Outcome::purge};

auto severity(Outcome outcome) { return std::find(k_by_mildness.begin(), k_by_mildness.end(), outcome); }

std::size_t followed_relation(const RuledDataset& rules, const std::string& child) {
  const auto found = std::find_if(rules.relations.begin(), rules.relations.end(),
                                  [&](const Relation& each) { return each.follows && each.child == child; });
  if (found == rules.relations.end()) throw FileFault("nothing says what `" + child + "` follows");
  return static_cast<std::size_t>(found - rules.relations.begin());
}

}  // namespace

FollowIndex::FollowIndex(CsvDataset& dataset, const std::string& child, const Matcher& matcher)
    : m_dataset(dataset), m_child(dataset.ruled(child)), m_matcher(matcher) {
  const std::size_t relation = followed_relation(dataset.rules(), child);
  read(dataset.rules().relations[relation], relation);
}

void FollowIndex::read(const Relation& relation, std::size_t relation_index) {
  const CsvTable& parent = m_dataset.table(relation.parent);
  const TableLayout layout = m_dataset.layout(relation.parent);
  std::shared_ptr<const FollowIndex> above;
  if (!layout.follows.empty()) above = m_dataset.follow_index(relation.parent, m_matcher);
  std::vector<Value> from_above;
  for (const auto& file : parent.files) {
    FileScan scan(parent.folder, file, parent.dialect(), layout.choice);
    for (ScannedRecord record; scan.next(record);) {
      if (record.malformed) continue;
      std::span<const Value> values = record.fields.first(layout.rule_columns);
      if (above) {
        if (!above->find(record_key(record.fields, layout.follows), from_above)) continue;
        values = from_above;
      }
      note(record_key(record.fields, layout.as_parent.at(relation_index)), values);
    }
  }
}

void FollowIndex::note(const RecordKey& key, std::span<const Value> values) {
  if (key.null) return;
  const auto [place, is_new] = m_values.try_emplace(key);
  if (!is_new) {
    std::vector<Value> noted;
    unpack(place->second, noted);
    if (severity(outcome_of(noted)) <= severity(outcome_of(values))) return;
  }
  place->second = packed(values);
}

Outcome FollowIndex::outcome_of(std::span<const Value> values) const {
  events::Given given;
  Judgement judgement;
  m_dataset.events().read(m_child, m_matcher.days(), values, given);
  m_matcher.judge({values, given}, judgement);
  return judgement.outcome;
}

bool FollowIndex::find(const RecordKey& key, std::vector<Value>& values) const {
  const auto found = key.null ? m_values.end() : m_values.find(key);
  if (found == m_values.end()) return false;
  unpack(found->second, values);
  return true;
}

}  // namespace oubli::csv
