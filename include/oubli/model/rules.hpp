/// Compiled rules: what a policy and a config together say about one table. Pure values, complete
/// in themselves: the engine needs nothing else to judge a record, the report nothing else to word
/// a rule.
#pragma once

#include "oubli/model/column_format.hpp"
#include "oubli/model/condition.hpp"
#include "oubli/model/config.hpp"
#include "oubli/model/decision.hpp"
#include "oubli/model/mask.hpp"
#include "oubli/model/policy.hpp"

#include <optional>
#include <string>
#include <vector>

namespace oubli {

/// Rows of another table give an event's day (S11). Each row points, by `link`, to a row of `via` or
/// else to the record itself.
struct OtherTableRule {
  /// The table between both. Its rows are known by `linked` and point to the record by `link`.
  struct Via {
    std::string table;
    std::vector<std::string> linked;
    std::vector<std::string> link;
    friend bool operator==(const Via&, const Via&) = default;
  };
  RowPick pick = RowPick::latest;
  std::string table;
  std::vector<std::string> columns;  ///< what of its rows is looked at: the day, then `link`, then what `where` names
  std::size_t links = 0;             ///< how many columns `link` has
  std::optional<Condition> where;    ///< slots are indices into `columns`
  std::optional<Via> via;
  std::vector<int> key;              ///< the record's own columns pointed to; indices into TableRules::columns
  friend bool operator==(const OtherTableRule&, const OtherTableRule&) = default;
};

/// The day oubli first saw a state that has no date of its own (S11).
struct FirstSeenRule {
  std::vector<int> key;  ///< by which the record is remembered; indices into TableRules::columns
  friend bool operator==(const FirstSeenRule&, const FirstSeenRule&) = default;
};

/// An event of one table: which column gives its day and how. Where `other_table` or `first_seen`
/// is there no column does: the source finds the reading and gives it to the matcher.
struct EventRule {
  std::string name;     ///< the policy's event
  std::string purpose;  ///< set when the mapping serves that purpose alone
  EventKind kind = EventKind::dated;
  int column = 0;  ///< index into TableRules::columns; -1: none gives the day
  std::vector<ColumnFormat> formats;
  std::string zone;  ///< of naive times, never empty
  bool default_missing_values = true;
  std::vector<std::string> missing_values;
  std::optional<Condition> when;
  std::optional<OtherTableRule> other_table = {};
  std::optional<FirstSeenRule> first_seen = {};
  friend bool operator==(const EventRule&, const EventRule&) = default;
};

/// The event as the config names it: `newsletter.consent_withdrawn` where it serves one purpose alone.
[[nodiscard]] std::string full_name(const EventRule& event);

/// EventExpression with its members resolved to indices into TableRules::events.
struct EventTerm {
  struct Member {
    int event = 0;
    bool optional = false;
    friend bool operator==(const Member&, const Member&) = default;
  };
  EventExpression::Combine combine = EventExpression::Combine::single;
  std::vector<Member> members;
  friend bool operator==(const EventTerm&, const EventTerm&) = default;
};

struct RetentionRule {
  EventTerm start;
  bool until = false;
  Period period;
  friend bool operator==(const RetentionRule&, const RetentionRule&) = default;
};

struct CapRule {
  Period keep;
  EventTerm from;
  friend bool operator==(const CapRule&, const CapRule&) = default;
};

struct ActiveRule {
  EventTerm start;
  bool until = false;
  Period period;
  EndOf end_of = EndOf::none;
  std::optional<CapRule> at_most;
  friend bool operator==(const ActiveRule&, const ActiveRule&) = default;
};

struct ArchiveRule {
  Period up_to;
  std::string because;
  std::optional<CapRule> at_most;
  std::optional<RetentionRule> own = {};  ///< in place of `up_to`
  friend bool operator==(const ArchiveRule&, const ArchiveRule&) = default;
};

struct EndingRule {
  int event = 0;
  Ending::Extent extent = Ending::Extent::all;
  friend bool operator==(const EndingRule&, const EndingRule&) = default;
};

struct CategoryEndRule {
  int category = 0;  ///< index into TableRules::categories
  CategoryEnd::Extent extent = CategoryEnd::Extent::purpose;
  RetentionRule kept;
  friend bool operator==(const CategoryEndRule&, const CategoryEndRule&) = default;
};

struct NeverOpenedRule {
  int opened = 0;
  Period keep;
  EventTerm from;
  friend bool operator==(const NeverOpenedRule&, const NeverOpenedRule&) = default;
};

struct LastDayOverrideRule {
  int last_day = 0;
  bool may_lengthen = false;
  bool may_shorten = false;
  std::optional<Period> at_most;
  friend bool operator==(const LastDayOverrideRule&, const LastDayOverrideRule&) = default;
};

struct InactiveRule {
  Day inactive_since;
  int event = 0;
  friend bool operator==(const InactiveRule&, const InactiveRule&) = default;
};

/// One purpose a table serves.
struct PurposeRule {
  std::string purpose;
  std::string title;
  LegalBasis legal_basis = LegalBasis::consent;
  std::string reference;  ///< the legal reference and the policy's own, for "why"
  std::vector<int> categories;  ///< the data categories it needs, indices into TableRules::categories, ascending
  std::optional<Condition> where;
  std::optional<ActiveRule> active;  ///< absent: no period (S16)
  std::optional<ArchiveRule> archive;
  Disposition then = Disposition::purge;
  std::vector<EndingRule> ends_on;
  std::optional<int> unless_since;  ///< the event that voids an earlier one of `ends_on`
  std::vector<CategoryEndRule> by_category;
  std::optional<NeverOpenedRule> never_opened;
  std::optional<LastDayOverrideRule> last_day_override;
  std::optional<InactiveRule> inactive;
  friend bool operator==(const PurposeRule&, const PurposeRule&) = default;
};

/// As many data categories as a CategorySet holds.
inline constexpr std::size_t k_most_categories = 64;

/// A column of the table itself that holds personal data, and what is left of it (S15, S17).
struct PersonalColumn {
  std::string column;
  CategorySet categories = 0;
  Mask minimised{};  ///< null, or the category's mask where the column refuses NULL
  Mask anonymised{};
  /// The rules read it. Minimising leaves it: a record whose start is gone would be kept for ever.
  bool judges = false;
  friend bool operator==(const PersonalColumn&, const PersonalColumn&) = default;
};

/// How a record is known to be anonymised: it is marked, and no masked column was filled again (S17).
struct AnonymisedRule {
  struct Masked {
    int column = 0;  ///< index into TableRules::columns
    Mask mask{};
    friend bool operator==(const Masked&, const Masked&) = default;
  };
  int mark = 0;  ///< index into TableRules::columns
  std::vector<Masked> masked{};
  friend bool operator==(const AnonymisedRule&, const AnonymisedRule&) = default;
};

/// All rules of one table.
///
/// A table that follows another has the root's purposes, events and columns here: a source
/// delivers for each of its records the columns of that record's root (S12).
struct TableRules {
  std::string dataset;
  std::string table;
  std::string policy;
  std::string timezone;
  FiscalYears fiscal_years;
  Day plausible_from;
  std::vector<std::string> columns;  ///< what a source delivers, in slot order
  std::vector<std::string> categories;  ///< data categories of the root's columns and its followers'
  std::vector<EventRule> events;
  std::vector<PurposeRule> purposes;
  bool minimises = false;                      ///< columns that no purpose needs any more are emptied (S15)
  std::vector<PersonalColumn> personal{};      ///< of the table itself; empty where nothing is ever emptied
  std::string mark{};                          ///< of the table itself: set in records that are anonymised
  std::optional<AnonymisedRule> anonymised{};  ///< the root's; absent: no purpose anonymises
  CategorySet needed_below = 0;                ///< categories that purposes of records pointing here may need (S20)
  friend bool operator==(const TableRules&, const TableRules&) = default;
};

/// Rows of `child` point to rows of `parent` (S20). From the foreign-key catalog, declared in the
/// config, or both. The parent's columns identify its row (they are its key or unique).
struct Relation {
  std::string child;
  std::vector<std::string> child_columns;
  std::string parent;
  std::vector<std::string> parent_columns;
  bool follows = false;  ///< the child shares its parent's decision
  friend bool operator==(const Relation&, const Relation&) = default;
};

/// The way from a table's records to the person they are about (S18): over `steps`, each to the record
/// pointed to, then a column. A table that follows another and says nothing itself goes by way of its
/// parent.
struct SubjectPath {
  std::vector<Relation> steps;  ///< the first from the table itself; none where the column is its own
  std::string column;           ///< of the table the last step leads to
  friend bool operator==(const SubjectPath&, const SubjectPath&) = default;
};

/// A table as enforcement sees it.
struct RuledTable {
  TableRules rules;
  TableConfig config;
  std::string root;                         ///< the table whose purposes decide; itself unless it follows
  std::optional<SubjectPath> subject = {};  ///< absent: nothing tells whose its records are
};

/// A dataset with its compiled rules.
struct RuledDataset {
  DatasetConfig config;
  std::vector<RuledTable> tables;     ///< in the config's order
  std::vector<Relation> relations;    ///< among all tables of the live schema, mapped or not
  bool foreign_keys_unknown = false;  ///< the live schema couldn't be read: nothing may be removed by these rules
};

/// Every field of the rules in a fixed order, one a line: the oracle of the golden tests.
[[nodiscard]] std::string canonical_dump(const TableRules& rules);

}  // namespace oubli
