#include "oubli/run/archive.hpp"

#include "oubli/source/archive_contents.hpp"
#include "oubli/state/state.hpp"
#include "run/archive_target.hpp"
#include "run/chosen_record.hpp"
#include "run/ledger_entries.hpp"
#include "run/run_id.hpp"

#include <algorithm>

namespace oubli {

namespace {

State open_state(const Project& project) {
  if (!std::filesystem::exists(project.config.state))
    throw Error(Cause::usage, "nothing is archived yet: nothing was ever approved", "run `oubli approve --by NAME`");
  return State::open(project.config.state, State::Create::no);
}

ShownRecord shown(const RuledDataset& dataset, const ArchiveTarget& target, const FoundTable& found,
                  Explanation explanation) {
  const ArchivedPlace place{found.table, explanation.row, explanation.file};
  ShownRecord record{std::move(explanation), archived_record(dataset, target, place), {}};
  record.archived_on = day_of_run(record.record.run);
  return record;
}

}  // namespace

std::vector<ShownRecord> show_archived(const Project& project, const ArchivedRecordRequest& request,
                                       std::chrono::system_clock::time_point now) {
  const auto found = find_table(project, request.table);
  const RecordChoice choice{request.key, request.row};
  require_choice(found, choice);
  const auto& dataset = *found.dataset;
  auto state = open_state(project);
  const auto wanted = request_to_read(project, dataset, &state, now, {});
  const auto planned = plan_both(dataset, wanted);
  if (planned.live.failure) throw *planned.live.failure;
  auto explained = planned.archive ? explanations(*planned.archive, found, choice) : std::vector<Explanation>();
  std::erase_if(explained, [&](const Explanation& each) { return !request.file.empty() && each.file != request.file; });
  if (explained.empty())
    throw Error(Cause::usage, request.table + " has no such record in the archive", "`oubli explain` also looks in the live data");
  std::vector<ShownRecord> records;
  for (auto& each : explained) records.push_back(shown(dataset, *wanted.archive, found, std::move(each)));
  // Before anybody sees it: what can't be noted isn't shown.
  const ArchiveOrder order{dataset.config.name, found.table->rules.table, dataset.config.policy, request.by, request.reason};
  state.append_with_reason(shown_entry(order, static_cast<std::int64_t>(records.size()), state.digest_key(), now),
                           request.reason);
  return records;
}

}  // namespace oubli
