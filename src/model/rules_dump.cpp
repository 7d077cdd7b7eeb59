/// The canonical dump of compiled rules: the oracle of the golden tests. One field a line, written
/// `path: value`, in an order that only the rules decide; fields without a value are left out.
#include "oubli/model/rules.hpp"

#include <fmt/format.h>

#include <string_view>

namespace oubli {

namespace {

/// A line is a field: line ends inside a text are written out.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (c == '\n') {
      line += "\\n";
    } else {
      line += c;
    }
  }
  return line;
}

class Dump {
 public:
  explicit Dump(const TableRules& rules) : m_rules(rules) {}

  std::string run() {
    table();
    for (std::size_t i = 0; i < m_rules.columns.size(); ++i) field(fmt::format("columns.{}", i), m_rules.columns[i]);
    for (std::size_t i = 0; i < m_rules.categories.size(); ++i) {
      field(fmt::format("categories.{}", i), m_rules.categories[i]);
    }
    for (std::size_t i = 0; i < m_rules.events.size(); ++i) event(fmt::format("events.{}", i), m_rules.events[i]);
    for (std::size_t i = 0; i < m_rules.purposes.size(); ++i) {
      purpose(fmt::format("purposes.{}", i), m_rules.purposes[i]);
    }
    if (m_rules.minimises) field("minimises", "yes");
    for (std::size_t i = 0; i < m_rules.personal.size(); ++i) {
      personal(fmt::format("personal.{}", i), m_rules.personal[i]);
    }
    categories("needed_below", m_rules.needed_below);
    field("mark", m_rules.mark);
    if (m_rules.anonymised) anonymised(*m_rules.anonymised);
    return std::move(m_text);
  }

 private:
  void field(const std::string& path, std::string_view value) {
    if (!value.empty()) m_text += fmt::format("{}: {}\n", path, on_one_line(value));
  }

  void table() {
    field("dataset", m_rules.dataset);
    field("table", m_rules.table);
    field("policy", m_rules.policy);
    field("timezone", m_rules.timezone);
    const auto closes = m_rules.fiscal_years.closes;
    field("fiscal_years.closes",
          fmt::format("{:02}-{:02}", static_cast<unsigned>(closes.month()), static_cast<unsigned>(closes.day())));
    for (const auto& day : m_rules.fiscal_years.except) field("fiscal_years.except", to_text(day));
    field("plausible_from", to_text(m_rules.plausible_from));
  }

  void event(const std::string& path, const EventRule& event) {
    field(path + ".name", event.name);
    field(path + ".purpose", event.purpose);
    field(path + ".kind", to_text(event.kind));
    if (event.column >= 0) field(path + ".column", column_name(event.column));
    if (event.other_table) other_table(path, *event.other_table);
    if (event.first_seen) keys(path + ".first_seen", event.first_seen->key);
    for (const auto& format : event.formats) field(path + ".format", to_text(format));
    field(path + ".zone", event.zone);
    field(path + ".default_missing_values", event.default_missing_values ? "yes" : "no");
    for (const auto& value : event.missing_values) field(path + ".missing_value", fmt::format("'{}'", value));
    if (event.when) condition(path + ".when", *event.when);
  }

  void other_table(const std::string& path, const OtherTableRule& rule) {
    path_of_rows(path + '.' + std::string(to_text(rule.pick)), rule);
    if (rule.where) field(path + ".rows_where", to_text(*rule.where));
    keys(path + ".key", rule.key);
  }

  void path_of_rows(const std::string& path, const OtherTableRule& rule) {
    field(path, rule.table);
    for (const auto& column : rule.columns) field(path + ".column", column);
    field(path + ".links", std::to_string(rule.links));
    if (!rule.via) return;
    field(path + ".via", rule.via->table);
    for (const auto& column : rule.via->linked) field(path + ".via.linked", column);
    for (const auto& column : rule.via->link) field(path + ".via.link", column);
  }

  void keys(const std::string& path, const std::vector<int>& slots) {
    for (const int slot : slots) field(path, column_name(slot));
  }

  void purpose(const std::string& path, const PurposeRule& purpose) {
    field(path + ".purpose", purpose.purpose);
    field(path + ".title", purpose.title);
    field(path + ".legal_basis", to_text(purpose.legal_basis));
    field(path + ".reference", purpose.reference);
    for (const int category : purpose.categories) field(path + ".category", category_name(category));
    if (purpose.where) condition(path + ".where", *purpose.where);
    if (purpose.active) active(path + ".active", *purpose.active);
    if (purpose.archive) archive(path + ".archive", *purpose.archive);
    field(path + ".then", to_text(purpose.then));
    for (const auto& ending : purpose.ends_on) {
      const std::string_view extent = ending.extent == Ending::Extent::all ? "all" : "active";
      field(path + ".ends_on", fmt::format("{}: {}", event_name(ending.event), extent));
    }
    if (purpose.unless_since) field(path + ".unless_since", event_name(*purpose.unless_since));
    for (const auto& end : purpose.by_category) category_end(path + ".by_category", end);
    if (purpose.never_opened) never_opened(path + ".never_opened", *purpose.never_opened);
    if (purpose.last_day_override) last_day_override(path + ".override", *purpose.last_day_override);
    if (purpose.inactive) inactive(path + ".inactive", *purpose.inactive);
  }

  void categories(const std::string& path, CategorySet set) {
    for (std::size_t i = 0; i < m_rules.categories.size(); ++i) {
      if ((set >> i & 1U) != 0) field(path, category_name(static_cast<int>(i)));
    }
  }

  void personal(const std::string& path, const PersonalColumn& column) {
    field(path + ".column", column.column);
    categories(path + ".category", column.categories);
    if (m_rules.minimises) field(path + ".minimised", column.judges ? "no: judged by it" : to_text(column.minimised));
    if (m_rules.anonymised) field(path + ".anonymised", to_text(column.anonymised));
  }

  void anonymised(const AnonymisedRule& rule) {
    field("anonymised.mark", column_name(rule.mark));
    for (const auto& masked : rule.masked) field("anonymised.masked", column_name(masked.column));
  }

  void active(const std::string& path, const ActiveRule& active) {
    retention(path, {active.start, active.until, active.period});
    field(path + ".end_of", to_text(active.end_of));
    if (active.at_most) cap(path + ".at_most", *active.at_most);
  }

  void archive(const std::string& path, const ArchiveRule& archive) {
    if (archive.own) retention(path + ".own", *archive.own);
    if (!archive.own) field(path + ".up_to", to_text(archive.up_to));
    field(path + ".because", archive.because);
    if (archive.at_most) cap(path + ".at_most", *archive.at_most);
  }

  void retention(const std::string& path, const RetentionRule& kept) {
    term(path + ".start", kept.start);
    field(path + ".worded", kept.until ? "until" : "keep");
    field(path + ".period", to_text(kept.period));
  }

  void category_end(const std::string& path, const CategoryEndRule& end) {
    field(path, category_name(end.category));
    field(path + ".extent", to_text(end.extent));
    retention(path, end.kept);
  }

  void never_opened(const std::string& path, const NeverOpenedRule& never) {
    field(path + ".opened", event_name(never.opened));
    field(path + ".keep", to_text(never.keep));
    term(path + ".from", never.from);
  }

  void last_day_override(const std::string& path, const LastDayOverrideRule& rule) {
    field(path + ".last_day", event_name(rule.last_day));
    if (rule.may_lengthen) field(path + ".may", "lengthen");
    if (rule.may_shorten) field(path + ".may", "shorten");
    if (rule.at_most) field(path + ".at_most", to_text(*rule.at_most));
  }

  void inactive(const std::string& path, const InactiveRule& inactive) {
    field(path + ".since", to_text(inactive.inactive_since));
    field(path + ".new_records_by", event_name(inactive.event));
  }

  void cap(const std::string& path, const CapRule& cap) {
    field(path + ".keep", to_text(cap.keep));
    term(path + ".from", cap.from);
  }

  void term(const std::string& path, const EventTerm& term) {
    field(path, to_text(term.combine));
    for (const auto& member : term.members) {
      field(path + ".member", event_name(member.event) + (member.optional ? " optional" : ""));
    }
  }

  /// The text, and what each of its names stands for.
  void condition(const std::string& path, const Condition& condition) {
    field(path, to_text(condition));
    names(path + ".name", condition);
  }

  void names(const std::string& path, const Condition& condition) {
    for (const auto& part : condition.parts) names(path, part);
    if (!condition.parts.empty()) return;
    field(path, condition.names_event ? event_name(condition.slot) : column_name(condition.slot));
  }

  [[nodiscard]] std::string column_name(int slot) const {
    return fmt::format("columns.{} {}", slot, m_rules.columns.at(static_cast<std::size_t>(slot)));
  }

  [[nodiscard]] std::string category_name(int index) const {
    return fmt::format("categories.{} {}", index, m_rules.categories.at(static_cast<std::size_t>(index)));
  }

  [[nodiscard]] std::string event_name(int index) const {
    const auto& event = m_rules.events.at(static_cast<std::size_t>(index));
    return fmt::format("events.{} {}", index, full_name(event));
  }

  const TableRules& m_rules;
  std::string m_text;
};

}  // namespace

std::string full_name(const EventRule& event) {
  return event.purpose.empty() ? event.name : event.purpose + '.' + event.name;
}

std::string canonical_dump(const TableRules& rules) { return Dump(rules).run(); }

}  // namespace oubli
