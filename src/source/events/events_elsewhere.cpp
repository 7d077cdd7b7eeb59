#include "source/events/events_elsewhere.hpp"

#include "model/ascii.hpp"
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
  given.resize(rules.size());
  TableEvents& events = events_of(table, days);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (is_elsewhere(rules[i])) given[i] = m_is_meeting ? EventReading{} : read(table, i, events, days, values);
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

/// A state not seen before is seen today, and so is one that may be another record's. A record that can't be
/// told from others is no such record.
EventReading EventsElsewhere::first_seen(const RuledTable& table, const EventRule& event, RunDays days,
                                         std::span<const Value> values) {
  const auto key = record_key(*event.first_seen, values);
  if (!key) return {State::unreadable, {}};
  const std::string name = first_seen_name(table, event);
  const bool is_known = m_context.memory != nullptr && m_context.memory->has(name);
  const auto found = is_known ? m_context.memory->find(name, *key) : std::nullopt;
  return found && !found->is_in_doubt ? found->reading : EventReading{State::known, days.clock};
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

bool EventsElsewhere::parts_from(const RuledTable& table) const {
  return m_context.memory != nullptr && is_root(table) && gives(table);
}

void EventsElsewhere::part(const RuledTable& table, RunDays days, std::span<const Value> values, Parting& parting) {
  if (!parts_from(table)) return;
  const TableEvents& events = events_of(table, days);
  for (std::size_t i = 0; i < events.rows.size(); ++i) {
    const EventRule& event = table.rules.events[i];
    if (events.rows[i]) events.rows[i]->part_record(values, parting);
    const auto key = event.first_seen ? record_key(*event.first_seen, values) : std::nullopt;
    if (key) parting.left.push_back({first_seen_name(table, event), *key});
  }
}

// What they say first: of what goes with them, too, and that leaves.
void EventsElsewhere::remember(const Parting& parting) {
  if (parting.said.empty() && parting.left.empty()) return;
  if (m_context.memory == nullptr) throw Error(Cause::dataset, "there is nothing to remember days by");
  m_context.memory->remember(parting.said);
  m_context.memory->leave(parting.left);
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
    m_feed.event->part(m_feed.role, record.more.subspan(m_before), m_parting);
  }

  [[nodiscard]] const Parting& parting() const { return m_parting; }

 private:
  Feed m_feed;
  std::size_t m_before;
  const DataSource::Leaves& m_leaves;
  Parting m_parting;
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
    remember(rows.parting());
  }
}

// ---------------------------------------------------------------- what is of use

namespace {

class Meeting {
 public:
  explicit Meeting(bool& is_meeting) : m_is_meeting(is_meeting) { m_is_meeting = true; }
  ~Meeting() { m_is_meeting = false; }
  Meeting(const Meeting&) = delete;
  Meeting& operator=(const Meeting&) = delete;

 private:
  bool& m_is_meeting;
};

// A config may spell a table of a database in another case than its schema.
void append_all_columns(const DataSource& source, TablePass& pass) {
  for (const TableSchema& table : source.schema()) {
    if (ascii_lower(table.name) != ascii_lower(pass.table->rules.table)) continue;
    for (const auto& column : table.columns) pass.more.push_back(column.name);
  }
}

}  // namespace

/// One pass over a table: the memory meets its records, and what is new is noted.
class EventsElsewhere::Refresh : public RecordSink {
 public:
  Refresh(EventsElsewhere& self, const TablePass& pass)
      : m_table(*pass.table),
        m_days(pass.matcher->days()),
        m_memory(*self.m_context.memory),
        m_events(self.events_of(*pass.table, m_days)),
        m_content_from(pass.more.size()),
        m_met_all(self.m_context.rows->shows_all(pass.table->rules.table)) {
    for_each_event([&](const EventRule& event, RowEvent* rows) {
      if (rows != nullptr) rows->begin_pass();
      if (event.first_seen) m_memory.begin_pass(first_seen_name(m_table, event));
    });
  }

  void record(const JudgedRecord& record) override {
    if (record.judgement.outcome == Outcome::malformed) {
      m_met_all = false;
      return;
    }
    const std::string content = content_of(record.more.subspan(m_content_from));
    for_each_event([&](const EventRule& event, RowEvent* rows) {
      if (rows != nullptr) rows->meet(record.facts.values, content);
      if (event.first_seen) see(event, record.facts.values, content);
    });
  }

  /// A malformed record may be any of those that weren't met: then nothing is forgotten.
  void finish() {
    flush();
    for_each_event([&](const EventRule& event, RowEvent* rows) {
      if (rows != nullptr) rows->end_pass(m_days.clock, m_met_all);
      if (event.first_seen) m_memory.end_pass(first_seen_name(m_table, event), m_days.clock, m_met_all);
    });
  }

 private:
  template <typename Use>
  void for_each_event(Use use) {
    const auto& rules = m_table.rules.events;
    for (std::size_t i = 0; i < rules.size(); ++i) use(rules[i], m_events.rows[i].get());
  }

  void see(const EventRule& event, std::span<const Value> values, const std::string& content) {
    const auto key = record_key(*event.first_seen, values);
    const Truth holds = event.when ? evaluate(*event.when, values, {}) : Truth::no;
    const std::string name = first_seen_name(m_table, event);
    if (!key || (holds == Truth::no && !m_memory.has(name))) return;
    const auto seen_before = m_memory.meet(name, *key, content);
    if (holds == Truth::no && seen_before) m_over.push_back({name, *key});
    const bool is_new = !seen_before || seen_before->is_in_doubt;
    if (holds == Truth::yes && is_new)
      m_seen.push_back({name, *key, RowPick::earliest, {State::known, m_days.clock}});
    if (m_seen.size() + m_over.size() >= k_batch) flush();
  }

  void flush() {
    m_memory.remember(m_seen);
    m_memory.leave(m_over);
    m_seen.clear();
    m_over.clear();
  }

  static constexpr std::size_t k_batch = 4'096;
  const RuledTable& m_table;
  RunDays m_days;
  DayMemory& m_memory;
  TableEvents& m_events;
  std::size_t m_content_from;  ///< of what the pass delivers more
  bool m_met_all;
  std::vector<RememberedReading> m_seen;
  std::vector<RememberedKey> m_over;  ///< states that were remembered and hold no more
};

// A record is only looked at whole where there is something to be doubted.
bool EventsElsewhere::remembers_any(const RuledTable& table, RunDays days) {
  const TableEvents& events = events_of(table, days);
  const auto is_remembered = [&](const EventRule& event) {
    const auto& rows = events.rows[static_cast<std::size_t>(&event - table.rules.events.data())];
    return rows ? rows->is_remembered() : event.first_seen && m_context.memory->has(first_seen_name(table, event));
  };
  return std::ranges::any_of(table.rules.events, is_remembered);
}

void EventsElsewhere::refresh(DataSource& source, const TablePass& pass) {
  const bool is_of_use = m_context.memory != nullptr && is_root(*pass.table) &&
                         std::ranges::any_of(pass.table->rules.events, is_elsewhere);
  if (!is_of_use) return;
  Refresh refresh(*this, pass);
  auto whole = pass;
  if (remembers_any(*pass.table, pass.matcher->days())) append_all_columns(source, whole);
  {
    const Meeting meeting(m_is_meeting);
    source.for_each(whole, refresh);
  }
  refresh.finish();
}

}  // namespace oubli::events
