/// From what was seen of some data to a proposed config and policy. Pure: no file, no clock.
#pragma once

#include "oubli/model/proposal.hpp"
#include "oubli/proposal/survey.hpp"

#include <map>
#include <string>
#include <vector>

namespace oubli {

/// One dataset as it was looked at.
struct LookedAtDataset {
  std::string name;
  DatasetKind kind = DatasetKind::sqlite;
  std::string path{};  ///< of a database, as the config is to write it
  SurveyedDataset survey{};
  std::map<std::string, GuessedFiles> files{};  ///< of CSV tables
  std::vector<Guess<std::string>> left_out{};
};

/// What a person said beforehand, and the day.
struct ProposalWishes {
  std::string policy_id;
  std::string controller{};  ///< empty: unsaid
  Guess<std::string> timezone{};
  Day today{};
};

/// Every table is in the result: with rules, as free of personal data, or left out with a reason. Nothing is given a
/// period that the reference doesn't have: what serves a purpose nobody can guess is kept under one that is still to
/// be named and has no period.
[[nodiscard]] Proposal propose(const std::vector<LookedAtDataset>& datasets, const ProposalWishes& wishes);

}  // namespace oubli
