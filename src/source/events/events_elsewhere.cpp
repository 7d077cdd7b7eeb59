#include "source/events/events_elsewhere.hpp"

#include "oubli/engine/decide.hpp"
#include "source/events/link_key.hpp"

#include <algorithm>

namespace oubli::events {
namespace {

using State = EventReading::State;

bool is_elsewhere(const EventRule& event) { return event.other_table || event.first_seen; }

bool is_root(const RuledTable& table) { return table.root == table.rules.table; }

std::string first_seen_name(const RuledTable& table, const EventRule& event) {
  return "first seen for " + table.root + '.' + full_name(event);
}

std::optional<std::string> record_key(const FirstSeenRule& rule, std::span<const Value> values) {
  std::vector<Value> key;
  for (const int slot : rule.key) key.push_back(values[static_cast<std::size_t>(slot)]);
  return link_key(key);
}

/// Two keys of half the memory each where a table stands between.
std::size_t indices_of(const EventRule& event) { return event.other_table && event.other_table->via ? 2 : 1; }

}  // namespace

// ---------------------------------------------------------------- set up

void EventsElsewhere::set_rules(const RuledDataset& rules) {
  m_rules = &rules;
  m_tables.clear();
  m_events = 0;
  for (const RuledTable& table : rules.tables) {
    if (!is_root(table)) continue;
    for (const EventRule& event : table.rules.events) m_events += is_elsewhere(event) ? indices_of(event) : 0;
  }
  m_context.most_keys = k_most_keys / std::max<std::size_t>(m_events, 1);
}

void EventsElsewhere::set_memory(DayMemory* memory, const std::filesystem::path& folder) {
  m_tables.clear();
  m_context.memory = memory;
  m_context.folder = folder;
}

EventsElsewhere::TableEvents& EventsElsewhere::events_of(const RuledTable& table, RunDays days) {
  TableEvents& events = m_tables[table.root];
  const RuledTable& root = *std::ranges::find_if(m_rules->tables, [&](const RuledTable& each) {
    return each.rules.table == table.root;
  });
  const bool serves = !events.rows.empty() && events.days.as_of == days.as_of && events.days.clock == days.clock;
  if (serves) return events;
  events = {days, {}};
  for (const EventRule& event : root.rules.events) {
    auto rows = event.other_table ? std::make_unique<RowEvent>(root, event, days, m_context) : nullptr;
    events.rows.push_back(std::move(rows));
  }
  return events;
}

void EventsElsewhere::forget() {
  for (auto& [name, events] : m_tables) {
    for (const auto& event : events.rows) {
      if (event) event->forget();
    }
  }
}

// ---------------------------------------------------------------- reading

bool EventsElsewhere::gives(const RuledTable& table) const {
  return m_events != 0 && std::ranges::any_of(table.rules.events, is_elsewhere);
}

void EventsElsewhere::read(const RuledTable& table, RunDays days, std::span<const Value> values, Given& given) {
  given.clear();
  if (!gives(table)) return;
  const auto& rules = table.rules.events;
  TableEvents& events = events_of(table, days);
  given.resize(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (is_elsewhere(rules[i])) given[i] = read(table, i, events, days, values);
  }
}

EventReading EventsElsewhere::read(const RuledTable& table, std::size_t index, TableEvents& events, RunDays days,
                                   std::span<const Value> values) {
  const EventRule& event = table.rules.events[index];
  if (event.when) {
    const Truth happened = evaluate(*event.when, values, {});
    if (happened == Truth::no) return {};
    if (happened == Truth::unknown) return {State::unreadable, {}};
  }
  return event.first_seen ? first_seen(table, event, days, values) : events.rows[index]->of(values);
}

/// A state not seen before is seen today. A record that can't be told from others is no such record.
EventReading EventsElsewhere::first_seen(const RuledTable& table, const EventRule& event, RunDays days,
                                         std::span<const Value> values) {
  const auto key = record_key(*event.first_seen, values);
  if (!key) return {State::unreadable, {}};
  const std::string name = first_seen_name(table, event);
  const bool is_known = m_context.memory != nullptr && m_context.memory->has(name);
  const auto remembered = is_known ? m_context.memory->find(name, *key) : std::nullopt;
  return remembered.value_or(EventReading{State::known, days.clock});
}

// ---------------------------------------------------------------- removals

std::vector<Feed> EventsElsewhere::feeds_of(const std::string& table, RunDays days) {
  std::vector<Feed> feeds;
  if (m_events == 0) return feeds;
  for (const RuledTable& ruled : m_rules->tables) {
    if (!is_root(ruled) || std::ranges::none_of(ruled.rules.events, is_elsewhere)) continue;
    for (const auto& event : events_of(ruled, days).rows) {
      for (const auto role : {RowEvent::Role::gives, RowEvent::Role::between}) {
        if (event && event->has_role(role, table)) feeds.push_back({event.get(), role});
      }
    }
  }
  return feeds;
}

std::vector<std::string> EventsElsewhere::tables_for(const RuledTable& table) const {
  std::vector<std::string> names;
  for (const EventRule& event : table.rules.events) {
    if (!event.other_table) continue;
    names.push_back(event.other_table->table);
    if (event.other_table->via) names.push_back(event.other_table->via->table);
  }
  return names;
}

void EventsElsewhere::remember(const std::vector<RememberedReading>& said) {
  if (said.empty()) return;
  if (m_context.memory == nullptr) throw Error(Cause::dataset, "there is nothing to remember days by");
  m_context.memory->remember(said);
}

namespace {

/// What the archived rows of one pass say of one event, before they leave.
class LeavingRows : public RecordSink {
 public:
  /// `before`: how many columns the pass delivers before those of the feed.
  LeavingRows(Feed feed, std::size_t before, const DataSource::Leaves& leaves)
      : m_feed(feed), m_before(before), m_leaves(leaves) {}

  void record(const JudgedRecord& record) override {
    // A row archived before the table had these columns says nothing.
    if (record.more.empty()) return;
    auto as_asked = record;
    as_asked.more = record.more.first(m_before);
    if (!m_leaves(as_asked)) return;
    if (auto reading = m_feed.event->said_by(m_feed.role, record.more.subspan(m_before))) m_said.push_back(std::move(*reading));
  }

  [[nodiscard]] const std::vector<RememberedReading>& said() const { return m_said; }

 private:
  Feed m_feed;
  std::size_t m_before;
  const DataSource::Leaves& m_leaves;
  std::vector<RememberedReading> m_said;
};

}  // namespace

void EventsElsewhere::remember_leaving(DataSource& archive, const TablePass& pass, const DataSource::Leaves& leaves) {
  if (m_context.memory == nullptr) return;
  for (const Feed& feed : feeds_of(pass.table->rules.table, pass.matcher->days())) {
    if (feed.role == RowEvent::Role::between) feed.event->prepare();
    auto with_said = pass;
    for (auto& column : feed.columns()) with_said.more.push_back(std::move(column));
    LeavingRows rows(feed, pass.more.size(), leaves);
    archive.for_each(with_said, rows);
    remember(rows.said());
  }
}

// ---------------------------------------------------------------- what is of use

/// One pass over a table: what its records still ask for, and what is new.
class EventsElsewhere::Refresh : public RecordSink {
 public:
  Refresh(EventsElsewhere& self, const TablePass& pass)
      : m_table(*pass.table),
        m_days(pass.matcher->days()),
        m_memory(*self.m_context.memory),
        m_events(self.events_of(*pass.table, m_days)),
        m_met_all(self.m_context.rows->shows_all(pass.table->rules.table)),
        m_has_met_any(self.m_met.contains(pass.table->rules.table)) {
    for_each_event([&](const EventRule& event, RowEvent* rows) {
      if (rows != nullptr) rows->begin_keeping();
      if (event.first_seen) m_memory.begin_keeping(first_seen_name(m_table, event));
    });
  }

  void record(const JudgedRecord& record) override {
    m_has_met_any = true;
    if (record.judgement.outcome == Outcome::malformed) {
      m_met_all = false;
      return;
    }
    for_each_event([&](const EventRule& event, RowEvent* rows) {
      if (rows != nullptr) rows->keep(record.facts.values);
      if (event.first_seen) see(event, record.facts.values);
    });
  }

  [[nodiscard]] bool has_met_any() const { return m_has_met_any; }

  /// A record that wasn't met may be there all the same: then nothing is forgotten. Nor where a table had no
  /// records from the start: its file may be away for a night, or about to be filled anew.
  void finish() {
    flush();
    if (!m_met_all || !m_has_met_any) return;
    for_each_event([&](const EventRule& event, RowEvent* rows) {
      if (rows != nullptr) rows->end_keeping();
      if (event.first_seen) m_memory.end_keeping(first_seen_name(m_table, event));
    });
  }

 private:
  template <typename Use>
  void for_each_event(Use use) {
    const auto& rules = m_table.rules.events;
    for (std::size_t i = 0; i < rules.size(); ++i) use(rules[i], m_events.rows[i].get());
  }

  void see(const EventRule& event, std::span<const Value> values) {
    const auto key = record_key(*event.first_seen, values);
    const Truth holds = event.when ? evaluate(*event.when, values, {}) : Truth::no;
    if (!key || holds == Truth::no) return;
    const std::string name = first_seen_name(m_table, event);
    m_memory.keep(name, *key);
    if (holds != Truth::yes || m_memory.find(name, *key)) return;
    m_seen.push_back({name, *key, RowPick::earliest, {State::known, m_days.clock}});
    if (m_seen.size() == k_batch) flush();
  }

  void flush() {
    m_memory.remember(m_seen);
    m_seen.clear();
  }

  static constexpr std::size_t k_batch = 4'096;
  const RuledTable& m_table;
  RunDays m_days;
  DayMemory& m_memory;
  TableEvents& m_events;
  bool m_met_all;
  bool m_has_met_any;  ///< in this pass or one before it in the same run
  std::vector<RememberedReading> m_seen;
};

void EventsElsewhere::refresh(DataSource& source, const TablePass& pass) {
  const bool is_of_use = m_context.memory != nullptr && is_root(*pass.table) &&
                         std::ranges::any_of(pass.table->rules.events, is_elsewhere);
  if (!is_of_use) return;
  Refresh refresh(*this, pass);
  source.for_each(pass, refresh);
  refresh.finish();
  if (refresh.has_met_any()) m_met.insert(pass.table->rules.table);
}

}  // namespace oubli::events
