#include "run/saved_plan.hpp"

#include "oubli/model/digest.hpp"
#include "run/ledger_entries.hpp"
#include "run/preconditions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace oubli {

namespace {

using Json = nlohmann::json;

constexpr std::string_view k_first = "oubli.plan/1 ";
constexpr std::string_view k_table = "table ";
constexpr std::string_view k_last = "end ";
constexpr auto k_make_another = "make another with `oubli scan --save-plan FILE` and review it";

std::string canonical(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

[[noreturn]] void throw_damaged() {
  throw Error(Cause::refused, "the plan isn't as oubli wrote it with this state's key: it was changed, cut off, or made elsewhere",
              k_make_another);
}

std::string last_line(std::string_view before, PlanKey key) {
  return fmt::format("{}hmac-sha256:{}\n", k_last, to_hex(hmac_sha256(key, before)));
}

// ---------------------------------------------------------------- writing

Json heading(const SavedPlan& plan) {
  auto texts = Json::object();
  for (const auto& [name, digest] : plan.texts) texts[name] = digest;
  return {{"state", plan.state}, {"made_at", plan.made_at}, {"texts", texts}, {"version", OUBLI_VERSION}};
}

void append_table(std::string& text, const SavedTable& table) {
  const Json json = {{"dataset", table.dataset},
                     {"table", table.table},
                     {"side", std::string(to_text(table.side))},
                     {"schema", table.schema},
                     {"records", table.count()}};
  text += fmt::format("{}{}\n", k_table, canonical(json));
  for (const auto& [digest, count] : table.records) text += fmt::format("{} {}\n", to_hex(digest), count);
}

// ---------------------------------------------------------------- reading

/// The lines before the last; REQUIRES: that one has told that they are ours.
class PlanReader {
 public:
  explicit PlanReader(std::string_view text) : m_rest(text) {}

  [[nodiscard]] SavedPlan read() {
    auto plan = plan_from(json_after(k_first, next_line()));
    while (!m_rest.empty()) {
      const auto line = next_line();
      if (line.starts_with(k_table))
        plan.tables.push_back(table_from(json_after(k_table, line)));
      else if (!plan.tables.empty())
        plan.tables.back().records.push_back(record_from(line));
      else
        throw_damaged();
    }
    return plan;
  }

 private:
  [[nodiscard]] std::string_view next_line() {
    const auto end = m_rest.find('\n');
    if (end == std::string_view::npos) throw_damaged();
    const auto line = m_rest.substr(0, end);
    m_rest.remove_prefix(end + 1);
    return line;
  }

  [[nodiscard]] static Json json_after(std::string_view word, std::string_view line) {
    if (!line.starts_with(word)) throw_damaged();
    return Json::parse(line.substr(word.size()));
  }

  [[nodiscard]] static SavedPlan plan_from(const Json& json) {
    SavedPlan plan{json.at("state"), json.at("made_at"), {}, {}};
    for (const auto& [name, digest] : json.at("texts").items()) plan.texts.emplace_back(name, digest);
    return plan;
  }

  [[nodiscard]] static SavedTable table_from(const Json& json) {
    const auto side = json.at("side") == to_text(Side::archive) ? Side::archive : Side::live;
    return {json.at("dataset"), json.at("table"), side, json.at("schema"), {}};
  }

  [[nodiscard]] static SavedRecord record_from(std::string_view line) {
    SavedRecord record;
    constexpr std::size_t k_hex = 2 * std::tuple_size_v<RecordDigest>;
    const auto whole = digest_from_hex(std::string(line.substr(0, k_hex)) + std::string(k_hex, '0'));
    if (!whole || line.size() < k_hex + 2 || line[k_hex] != ' ') throw_damaged();
    std::copy_n(whole->begin(), record.digest.size(), record.digest.begin());
    const auto number = line.substr(k_hex + 1);
    const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), record.count);
    if (fault != std::errc() || end != number.data() + number.size() || record.count < 1) throw_damaged();
    return record;
  }

  std::string_view m_rest;
};

/// Everything before the last line, which must be the digest of it.
std::string_view authentic(std::string_view text, PlanKey key) {
  const auto begin = text.rfind(k_last);
  if (begin == std::string_view::npos || begin == 0 || text[begin - 1] != '\n') throw_damaged();
  const auto before = text.substr(0, begin);
  if (text.substr(begin) != last_line(before, key)) throw_damaged();
  return before;
}

std::vector<std::string> changed_texts(const SavedPlan& plan, const Project& project) {
  const auto now = texts_of_plan(project);
  std::vector<std::string> changed;
  for (const auto& text : now) {
    if (std::ranges::find(plan.texts, text) == plan.texts.end()) changed.push_back(text.first);
  }
  for (const auto& [name, digest] : plan.texts) {
    const bool is_gone = std::ranges::none_of(now, [&](const auto& text) { return text.first == name; });
    if (is_gone) changed.push_back(name);
  }
  return changed;
}

Json column_json(const ColumnSchema& column) {
  return {column.name, column.declared_type, column.not_null, column.generated};
}

Json relation_json(const Relation& relation) {
  return {relation.child, relation.child_columns, relation.parent, relation.parent_columns};
}

}  // namespace

std::int64_t SavedTable::count() const {
  std::int64_t sum = 0;
  for (const auto& record : records) sum += record.count;
  return sum;
}

std::int64_t SavedPlan::count() const {
  std::int64_t sum = 0;
  for (const auto& table : tables) sum += table.count();
  return sum;
}

const SavedTable* SavedPlan::find(const std::string& dataset, const std::string& table, Side side) const {
  const auto found = std::ranges::find_if(tables, [&](const SavedTable& each) {
    return each.dataset == dataset && each.table == table && each.side == side;
  });
  return found == tables.end() ? nullptr : &*found;
}

std::string to_text(const SavedPlan& plan, PlanKey key) {
  std::string text = fmt::format("{}{}\n", k_first, canonical(heading(plan)));
  for (const auto& table : plan.tables) append_table(text, table);
  return text + last_line(text, key);
}

SavedPlan plan_from_text(std::string_view text, PlanKey key) {
  const auto lines = authentic(text, key);
  try {
    auto plan = PlanReader(lines).read();
    plan.digest = sha256_text(text);
    return plan;
  } catch (const Json::exception&) {
    throw_damaged();
  }
}

std::vector<std::pair<std::string, std::string>> texts_of_plan(const Project& project) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& text : texts_of(project)) {
    texts.emplace_back(text.kind == "config" ? text.kind : text.kind + " " + text.name, text.digest);
  }
  return texts;
}

void require_fitting(const SavedPlan& plan, const Project& project, const std::string& state_id,
                     std::chrono::system_clock::time_point now) {
  if (plan.state != state_id) throw Error(Cause::refused, "the plan was made with another state", k_make_another);
  const auto changed = changed_texts(plan, project);
  if (!changed.empty()) {
    throw Error(Cause::refused, fmt::format("changed since the plan was made: {}", fmt::join(changed, ", ")),
                k_make_another);
  }
  const auto made = time_from_utc_text(plan.made_at);
  if (!made) throw_damaged();
  if (now + std::chrono::seconds(1) < *made) {
    throw Error(Cause::refused, "the plan was made later than the clock says, on " + plan.made_at, "set the clock right");
  }
  if (now - *made > k_plan_is_good_for) {
    throw Error(Cause::refused, "the plan was made more than 31 days ago, on " + plan.made_at, k_make_another);
  }
}

std::string schema_digest(const TableSchema& table, const std::vector<Relation>& relations) {
  Json json = {{"name", table.name}, {"primary_key", table.primary_key}, {"unique", table.unique}};
  for (const auto& column : table.columns) json["columns"].push_back(column_json(column));
  for (const auto& relation : relations) {
    const bool touches = relation.child == table.name || relation.parent == table.name;
    if (touches) json["relations"].push_back(relation_json(relation));
  }
  return sha256_text(canonical(json));
}

}  // namespace oubli
