// 4xx: the intermediate archive stands apart and ends, and so do the stops on it.

#include "audit/check_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli::audit {

namespace {

constexpr unsigned k_others = 077;

void add_path(const PrivatePath& path, CheckResult& result) {
  const std::string name = path.path.string();
  if (path.is_symlink) {
    result.findings.push_back(failure({}, name + " is a symbolic link", "put the real one in its place"));
  } else if (!path.unreadable.empty()) {
    result.findings.push_back(failure({}, fmt::format("{} could not be looked through: {}", name, path.unreadable),
                                      "run this as the user who runs oubli"));
  } else if (!path.is_the_owners) {
    result.findings.push_back(
        failure({}, name + " belongs to another user than the state", "give it to the user who runs oubli"));
  } else if ((path.mode & k_others) != 0) {
    result.findings.push_back(
        failure({}, fmt::format("{} is open to others: mode {:04o}", name, path.mode), "chmod go= " + name));
  }
}

CheckResult check_paths(const std::vector<PrivatePath>& paths, const char* nothing) {
  if (paths.empty()) return not_applicable(nothing);
  CheckResult result{counted(static_cast<std::int64_t>(paths.size()), "path")};
  for (const auto& path : paths) add_path(path, result);
  return result;
}

CheckResult check_archive_private(const AuditFacts& facts) {
  return check_paths(facts.archive, "nothing is archived yet");
}

CheckResult check_state_private(const AuditFacts& facts) {
  return check_paths(facts.state_files, "there is no state yet");
}

CheckResult check_unclaimed(const AuditFacts& facts) {
  if (facts.archive.empty()) return not_applicable("nothing is archived yet");
  CheckResult result{facts.unclaimed.empty() ? "nothing is unknown to it"
                                             : fmt::format("{} unknown to it", facts.unclaimed.size())};
  for (const auto& name : facts.unclaimed) {
    result.findings.push_back(failure({},
                                      name + " is archived, and the config doesn't have it: it is kept and not judged",
                                      "map it again, or decide by hand what becomes of it"));
  }
  return result;
}

std::optional<AuditFinding> finding_on(const Stop& stop, Day today) {
  if (!stop.until) {
    return caution(
        {}, fmt::format("{} has no end; it stops everything it covers since {}", title(stop), to_text(stop.from)),
        fmt::format("ask whether it is still needed, and lift it when it isn't: `oubli hold lift {}`", stop.number));
  }
  if (*stop.until >= today) return std::nullopt;
  return failure({},
                 fmt::format("{} ended on {} and nobody lifted or renewed it: it holds nothing any more", title(stop),
                             to_text(*stop.until)),
                 fmt::format("`oubli hold lift {}`, or add a new one where the case goes on", stop.number));
}

CheckResult check_holds(const AuditFacts& facts) {
  CheckResult result;
  std::int64_t holds = 0;
  const auto stops = facts.state ? facts.state->stops : std::vector<Stop>();
  for (const auto& stop : stops) {
    if (stop.kind != StopKind::legal_hold || stop.lifting) continue;
    ++holds;
    if (auto finding = finding_on(stop, facts.today)) result.findings.push_back(std::move(*finding));
  }
  if (holds == 0) return not_applicable("there is no legal hold");
  result.figure = counted(holds, "legal hold");
  return result;
}

constexpr auto k_apart = "GDPR art. 5(1)(f), 32(1)(b); CNIL, guide on retention periods";

constexpr CheckLine k_checks[] = {
    {401, "archive-private", "the archive is private", k_apart, check_archive_private},
    {402, "archive-overdue", "no archived record is overdue", "GDPR art. 5(1)(e), 17(1)(a)", check_archive_overdue},
    {403, "archive-unclaimed", "the config knows the whole archive", "GDPR art. 5(1)(e), 5(2)", check_unclaimed},
    {404, "state-private", "the state and its key are private", "GDPR art. 5(1)(f), 32(1)(b)", check_state_private},
    {405, "hold", "every legal hold has an end to come", "GDPR art. 5(1)(e), 17(3)(b), 17(3)(e)", check_holds},
};

}  // namespace

std::span<const CheckLine> archive_checks() { return k_checks; }

}  // namespace oubli::audit
