// `oubli archive restore`: the order of things is that of a run. The ledger has it before anything is changed, the
// state knows that the archive is to be erased, and of the record there is never less than one.
#include "oubli/run/archive.hpp"

#include "oubli/state/state.hpp"
#include "run/archive_target.hpp"
#include "run/archived_records.hpp"
#include "run/chosen_record.hpp"
#include "run/dataset_memory.hpp"
#include "run/erasure.hpp"
#include "run/ledger_entries.hpp"
#include "run/preconditions.hpp"
#include "run/run_id.hpp"
#include "run/step_gate.hpp"
#include "run/stops.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace oubli {

namespace {

void require_state(const Config& config) {
  if (std::filesystem::exists(config.state)) return;
  throw Error(Cause::refused, "nothing is approved yet", "run `oubli approve --by NAME`");
}

class RestoreOrder {
 public:
  RestoreOrder(const Project& project, const ArchivedRecordRequest& request, State& state,
               std::chrono::system_clock::time_point now)
      : m_project(project),
        m_request(request),
        m_state(state),
        m_now(now),
        m_run(new_run_id(now)),
        m_found(find_table(project, request.table)),
        m_choice{request.key, request.row},
        m_order{dataset().config.name, m_found.table->rules.table, dataset().config.policy, request.by, request.reason},
        m_ledger(state, m_run, now) {
    require_choice(m_found, m_choice);
  }

  [[nodiscard]] RestoreReport carry_out() {
    try {
      require_approved(m_state, m_project);
      require_changeable();
      m_state.append_with_reason(restoring_entry(m_order, m_run, m_state.digest_key(), m_now), m_request.reason);
      while (true) {
        try {
          return attempt();
        } catch (const PlanOutdated&) {
          continue;  // a stop was added or lifted meanwhile: look again
        }
      }
    } catch (const Error& error) {
      if (error.cause() == Cause::dataset)
        m_ledger.failed(full_name(), error.diagnostic());
      else
        m_ledger.refused(error.diagnostic());
      throw;
    }
  }

 private:
  [[nodiscard]] const RuledDataset& dataset() const { return *m_found.dataset; }
  [[nodiscard]] std::string full_name() const { return m_order.dataset + "." + m_order.table; }

  void require_changeable() const {
    if (tables_taking_part(dataset(), {}).contains(m_order.table)) return;
    throw Error(Cause::refused, full_name() + " is in `mode: observe`, which changes nothing",
                "take the mode out of the config and approve");
  }

  [[nodiscard]] PlanRequest plan_request() {
    auto request = request_to_read(m_project, dataset(), &m_state, m_now, {});
    request.access = Access::enforce;
    if (request.archive) request.archive->run = m_run;
    request.memory = memory_to_fill(dataset().config.name, m_state);
    request.begin_step = [gate = StepGate(m_state, m_project.config.state, Stops(m_project, &m_state, m_now).all())] {
      return gate.pass();
    };
    return request;
  }

  [[nodiscard]] RestoreReport attempt() {
    const auto request = plan_request();
    PlannedDataset planned{plan_dataset(dataset(), request), std::nullopt};
    if (!planned.live.failure) planned.live.source->settle_restored();
    add_archive(planned, request);
    if (planned.live.failure) throw *planned.live.failure;
    const auto record = chosen(planned);
    m_state.set_erasure_pending(planned.archive->title(), "records were restored and not yet erased from the archive's files");
    ArchivedRecords(m_state, dataset()).before_restore(*planned.archive, m_found.table->root);
    const auto restored =
        planned.live.source->restore({m_found.table, record.row, record.file}, *planned.live.families);
    ArchivedRecords(m_state, dataset()).after_restore(*planned.archive, restored.records);
    return finish(planned, request, restored);
  }

  [[nodiscard]] Explanation chosen(const PlannedDataset& planned) const {
    auto found = planned.archive ? explanations(*planned.archive, m_found, m_choice) : std::vector<Explanation>();
    std::erase_if(found, [&](const Explanation& each) { return !m_request.file.empty() && each.file != m_request.file; });
    if (found.empty())
      throw Error(Cause::usage, full_name() + " has no such record in the archive", "`oubli explain` says where it is");
    if (found.size() > 1)
      throw Error(Cause::usage, fmt::format("{} has {} such records in the archive", full_name(), found.size()),
                  "choose one by --row and --file, as `oubli explain` shows them");
    if (!found.front().stops.empty())
      throw Error(Cause::refused,
                  fmt::format("{}: the record is covered by {} and stays as it is", full_name(),
                              fmt::join(found.front().stops, " and ")),
                  "restore it when that is over, or lift it first and order it anew for the live record");
    return std::move(found.front());
  }

  [[nodiscard]] RestoreReport finish(PlannedDataset& planned, const PlanRequest& request, const Restored& restored) {
    RestoreReport report{m_run, m_order.dataset, m_order.table, restored.records, restored.file, {}, {}, {}};
    report.erasure_pending = erase_files(*planned.archive, m_project, m_state, {m_now}).pending_because;
    m_ledger.restored(m_order, restored.records, report.erasure_pending);
    report.ledger_head = m_ledger.head();
    report.live = found_again(planned.live, request, restored);
    return report;
  }

  [[nodiscard]] std::optional<Explanation> found_again(DatasetPlan& live, const PlanRequest& request,
                                                       const Restored& restored) const {
    const bool by_key = !m_choice.key.empty();
    if (!by_key && restored.row == 0) return std::nullopt;
    try {
      plan_again(live, request);
      if (live.failure) return std::nullopt;
      auto found = explanations(live, m_found, by_key ? RecordChoice{m_choice.key, {}} : RecordChoice{{}, restored.row});
      std::erase_if(found, [&](const Explanation& each) { return !each.file.empty() && each.file != restored.file; });
      return found.size() == 1 ? std::optional(std::move(found.front())) : std::nullopt;
    } catch (const Error&) {
      return std::nullopt;  // it is back all the same
    }
  }

  const Project& m_project;
  const ArchivedRecordRequest& m_request;
  State& m_state;
  std::chrono::system_clock::time_point m_now;
  std::string m_run;
  FoundTable m_found;
  RecordChoice m_choice;
  ArchiveOrder m_order;
  LedgerWriter m_ledger;
};

}  // namespace

RestoreReport restore_archived(const Project& project, const ArchivedRecordRequest& request,
                               std::chrono::system_clock::time_point now) {
  require_runnable(project);
  require_state(project.config);
  const auto lock = State::lock(project.config.state);
  auto state = State::open(project.config.state, State::Create::no);
  return RestoreOrder(project, request, state, now).carry_out();
}

}  // namespace oubli
