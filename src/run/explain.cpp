#include "oubli/run/explain.hpp"

#include "oubli/state/state.hpp"
#include "run/chosen_record.hpp"

#include <algorithm>
#include <iterator>

namespace oubli {

std::vector<Explanation> explain(const Project& project, const ExplainRequest& request,
                                 std::chrono::system_clock::time_point now) {
  const auto found = find_table(project, request.table);
  const RecordChoice choice{request.key, request.row};
  require_choice(found, choice);
  const auto& dataset = *found.dataset;
  const auto state = State::open_for_reading(project.config.state);
  const auto planned =
      plan_both(dataset, request_to_read(project, dataset, state ? &*state : nullptr, now, request.as_of));
  if (planned.live.failure) throw *planned.live.failure;
  auto explained = explanations(planned.live, found, choice);
  if (planned.archive) std::ranges::move(explanations(*planned.archive, found, choice), std::back_inserter(explained));
  if (explained.empty()) {
    throw Error(Cause::usage, request.table + " has no such record",
                "look the key or row up in `oubli scan --records`");
  }
  return explained;
}

}  // namespace oubli
