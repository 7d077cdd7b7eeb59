/// What `oubli init` proposes for data that nobody has described yet: guesses, each with the evidence it
/// rests on. Nothing here holds a value read from a record.
#pragma once

#include "oubli/model/config.hpp"
#include "oubli/model/day.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace oubli {

/// Something guessed, and by what: "98 % of 2 000 values are e-mail addresses, and its name".
template <class T>
struct Guess {
  T value{};
  std::string evidence{};
  friend bool operator==(const Guess&, const Guess&) = default;
};

/// Rows of one table point to rows of another.
struct GuessedRelation {
  std::string parent;
  std::vector<std::pair<std::string, std::string>> on;  ///< this table's column, and the parent's
  bool is_declared = false;                             ///< as a foreign key: a config need not say it again
  std::string evidence{};
  friend bool operator==(const GuessedRelation&, const GuessedRelation&) = default;
};

/// Whose record it is: a column, or through the table that another one of the table's relations leads to.
struct GuessedSubject {
  std::string column{};
  std::optional<GuessedRelation> via{};
};

struct GuessedEvent {
  std::string event;
  std::string column;
  std::string format;
  std::string evidence;
};

struct GuessedCategory {
  std::string category;
  std::vector<Guess<std::string>> columns;  ///< as the config is to name them: a name it can't take is a pattern
};

/// The files of a CSV table, and what each guess about how they are written rests on.
struct GuessedFiles {
  CsvFiles files;         ///< the glob as the config is to write it
  bool is_ascii = false;  ///< so that any encoding reads it
  std::string delimiter{};
  std::string quote{};
  std::string encoding{};
  std::string header{};
};

/// A table, and what is guessed of it. What isn't guessed is said in `gaps`, for a person to decide.
struct ProposedTable {
  std::string name;
  std::int64_t records = 0;
  bool has_more = false;  ///< records beyond those that were looked at
  std::optional<Guess<std::vector<std::string>>> key{};
  std::optional<Guess<GuessedSubject>> data_subject{};
  std::optional<GuessedRelation> follows{};
  std::optional<Guess<std::string>> purpose{};  ///< absent only where the table follows another
  std::vector<GuessedRelation> relations{};
  std::vector<GuessedCategory> categories{};
  std::vector<std::string> undecided_columns{};
  std::vector<GuessedEvent> events{};
  std::vector<std::string> gaps{};
  std::optional<GuessedFiles> files{};  ///< of a CSV table
};

struct ProposedDataset {
  std::string name;
  DatasetKind kind = DatasetKind::sqlite;
  std::string path{};  ///< of a database, as the config is to write it
  std::vector<ProposedTable> tables{};
  std::vector<Guess<std::string>> free_tables{};  ///< that seem to hold no personal data
  std::vector<Guess<std::string>> left_out{};     ///< views and whatever else can't be governed, and why
};

/// A purpose of the policy: one of the reference, or the one for data whose purpose nobody has named yet.
struct ProposedPurpose {
  std::string name;
  std::string use{};  ///< "fr/accounting"; empty: the purpose that is still to be named
  std::map<std::string, std::set<std::string>> data{};  ///< data categories by data subject
  std::string evidence;
};

struct Proposal {
  std::string policy_id;
  std::string controller{};  ///< empty: still to be named
  Guess<std::string> timezone{};
  Day in_force_from{};
  std::map<std::string, std::string> data_subjects{};    ///< titles by name
  std::map<std::string, std::string> data_categories{};  ///< titles by name
  std::vector<ProposedPurpose> purposes{};
  std::vector<ProposedDataset> datasets{};
};

/// The word that marks, after a `#`, what a person has still to confirm in a policy or config.
inline constexpr const char* k_review_mark = "review:";

}  // namespace oubli
