// A certificate is put together from the ledger's entries and the texts whose digests they name. What the config and
// the policies say by now plays no part in it.
#include "oubli/run/ledger.hpp"

#include "oubli/state/state.hpp"
#include "run/project_texts.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace oubli {

namespace {

using Body = nlohmann::json;

Body body_of(const LedgerEntry& entry) {
  auto body = Body::parse(entry.body, nullptr, false);
  return body.is_object() ? body : Body::object();
}

std::string text(const Body& body, const char* name) { return body.value(name, std::string()); }
std::int64_t number(const Body& body, const char* name) { return body.value(name, std::int64_t{0}); }

/// What `before` was approved last, with the texts as they were.
Approval approval_before(const State& state, const std::vector<LedgerEntry>& entries, std::int64_t before) {
  Approval approval;
  for (const auto& entry : entries) {
    if (entry.kind != "approved" || entry.number >= before) continue;
    const auto body = body_of(entry);
    approval = {entry.number, entry.written_at, text(body, "by"), {}};
    for (const auto& named : body.value("texts", Body::array())) {
      if (auto found = state.approved_text(text(named, "digest"))) approval.texts.push_back(std::move(*found));
    }
  }
  return approval;
}

class CertificateWriter {
 public:
  CertificateWriter(const State& state, const std::filesystem::path& config, const std::string& run)
      : m_entries(state.ledger()), m_started(find_started(run)), m_then(approval_before(state, m_entries, m_started.number)),
        m_project(approved_project(m_then, config)) {
    m_certificate.run = run;
    m_certificate.is_chain_sound = !state.first_broken_entry();
  }

  [[nodiscard]] Certificate write() && {
    read_start();
    for (const auto& entry : m_entries) {
      if (entry.run == m_certificate.run) read(entry);
    }
    for (const auto& dataset : m_project.config.datasets) {
      if (dataset.kind == DatasetKind::external) m_certificate.external.push_back(dataset.name);
    }
    return std::move(m_certificate);
  }

 private:
  [[nodiscard]] const LedgerEntry& find_started(const std::string& run) const {
    const auto found = std::ranges::find_if(
        m_entries, [&](const LedgerEntry& entry) { return entry.run == run && entry.kind == "started"; });
    if (found != m_entries.end()) return *found;
    const bool is_known = std::ranges::count(m_entries, run, &LedgerEntry::run) > 0;
    throw Error(Cause::usage, is_known ? "run " + run + " destroyed nothing" : "the ledger has no run " + run,
                "`oubli ledger show` lists the runs");
  }

  void read_start() {
    const auto body = body_of(m_started);
    m_certificate.started_at = m_started.written_at;
    m_certificate.version = text(body, "version");
    m_certificate.operated_by = text(body, "operator");
    m_certificate.config_digest = text(body, "config");
    m_certificate.approved_by = m_then.approved_by;
    m_certificate.approved_at = m_then.approved_at;
    m_certificate.first_entry = m_started.number;
    for (const auto& line : body.value("policies", Body::array())) m_certificate.policies.push_back(policy_line(line));
  }

  [[nodiscard]] PolicyLine policy_line(const Body& noted) const {
    PolicyLine line;
    line.policy = text(noted, "policy");
    line.digest = text(noted, "digest");
    line.as_of = day_from_text(text(noted, "as_of")).value_or(Day{});
    const auto policy = std::ranges::find(m_project.policies, line.policy, &Policy::id);
    if (policy == m_project.policies.end() || policy->digest != line.digest) return line;
    line.version = policy->version;
    line.controller = policy->controller;
    line.timezone = policy->timezone;
    line.in_force_from = policy->in_force_from;
    line.role = policy->role;
    line.processor = policy->processor;
    line.instructions = policy->instructions;
    return line;
  }

  void read(const LedgerEntry& entry) {
    const auto body = body_of(entry);
    m_certificate.last_entry = entry.number;
    m_certificate.head = entry.hash;
    if (entry.kind == "table") add_table(body);
    if (entry.kind != "finished") return;
    m_certificate.finished_at = entry.written_at;
    m_certificate.status = text(body, "status");
    for (const auto& name : body.value("failed", Body::array())) m_certificate.failed.push_back(name.get<std::string>());
    const auto erasures = body.value("erasure", Body::object());
    for (const auto& [dataset, result] : erasures.items())
      m_certificate.erasures.push_back(erasure(dataset, result == "done", body));
  }

  void add_table(const Body& body) {
    Certificate::Table table;
    table.dataset = text(body, "dataset");
    table.table = text(body, "table");
    table.side = text(body, "side") == to_text(Side::archive) ? Side::archive : Side::live;
    table.policy = text(body, "policy");
    table.archived = number(body, "archived");
    table.purged = number(body, "purged");
    table.anonymised = number(body, "anonymised");
    table.minimised = number(body, "minimised");
    table.minimised_there = number(body, "minimised_there");
    table.remaining = number(body, "remaining");
    for (const char* name : {"columns", "columns_there"}) {
      const auto columns = body.value(name, Body::object());
      for (const auto& [column, records] : columns.items()) table.columns[column] += records.get<std::int64_t>();
    }
    table.rules_digest = text(body, "rules");
    const bool has_changed = table.archived + table.purged + table.anonymised + table.minimised + table.remaining > 0;
    if (!has_changed) {
      ++m_certificate.untouched;
      return;
    }
    table.rules = rules_of(table);
    m_certificate.tables.push_back(std::move(table));
  }

  [[nodiscard]] std::optional<TableRules> rules_of(const Certificate::Table& table) const {
    for (const auto& dataset : m_project.datasets) {
      if (dataset.config.name != table.dataset) continue;
      for (const auto& ruled : dataset.tables) {
        const bool is_it = ruled.rules.table == table.table;
        if (is_it && sha256_text(canonical_dump(ruled.rules)) == table.rules_digest) return ruled.rules;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] Certificate::Erasure erasure(const std::string& name, bool done, const Body& finished) const {
    Certificate::Erasure result{name, DatasetKind::sqlite, done, {}};
    const std::string dataset = name.substr(0, name.find(' '));
    const auto config = std::ranges::find(m_project.config.datasets, dataset, &DatasetConfig::name);
    if (config != m_project.config.datasets.end()) result.kind = config->kind;
    const auto searched = finished.value("searched", Body::object()).value(name, Body::object());
    result.search = {number(searched, "values"), number(searched, "found"), number(searched, "in_other_records")};
    return result;
  }

  std::vector<LedgerEntry> m_entries;
  const LedgerEntry& m_started;
  Approval m_then;
  Project m_project;  ///< of the texts of then
  Certificate m_certificate;
};

}  // namespace

Certificate certificate(const Project& project, const std::string& run) {
  const auto state = State::open_for_reading(project.config.state);
  if (!state) throw Error(Cause::usage, "there is no ledger yet: nothing was ever approved", "run `oubli approve --by NAME`");
  return CertificateWriter(*state, project.config.file, run).write();
}

}  // namespace oubli
