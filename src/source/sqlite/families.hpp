/// Records that go together: a due root with those that follow it, or a whole cycle of tables.
#pragma once

#include "oubli/model/decision.hpp"
#include "oubli/source/data_source.hpp"
#include "source/sqlite/open_dataset.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace oubli::sqlite {

struct Member {
  std::size_t table = 0;               ///< index into GroupPlan::tables
  std::string identity;                ///< as typed bytes
  Outcome outcome = Outcome::archive;  ///< archive or purge, when it was chosen
  std::int64_t copy = 0;               ///< its line in the archive's oubli_records; 0: not copied
};

/// Children before their parents; goes or stays as one.
struct Family {
  std::string name;  ///< the root's identity; empty for a cycle
  std::vector<Member> members;
};

/// How far the steps of a group have come.
struct Progress {
  std::string after;  ///< identity of the last root looked at; empty: none yet
  bool at_end = false;
  std::map<std::string, std::int64_t> taken;  ///< by table, never more than expected
};

/// What the next step is made of.
struct Collected {
  std::vector<Family> families;
  StepResult left_out;  ///< due, but together more than the plan expects: kept
  Progress progress;    ///< once the step is done
};

/// The plan's table with this name. REQUIRES: there is one.
[[nodiscard]] std::size_t table_index(const GroupPlan& plan, const std::string& table);

/// Whether a record is due and nothing outside it stops that.
[[nodiscard]] bool is_to_go(const GroupPlan& plan, const TablePlan& table, const JudgedRecord& record);

/// Collects up to `limit` families, from where `progress` stands.
[[nodiscard]] Collected collect(OpenDataset& dataset, const GroupPlan& plan, StepLimit limit, Progress progress);

}  // namespace oubli::sqlite
