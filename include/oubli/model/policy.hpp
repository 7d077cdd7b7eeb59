/// A checked policy: what a data-protection officer promised (I1), as plain values.
///
/// Keys that only describe (recipients, security, titles, …) are validated by the reader and kept
/// in `Policy::text` alone; what is here has an effect or is printed in a report.
#pragma once

#include "oubli/model/day.hpp"
#include "oubli/model/mask.hpp"
#include "oubli/model/period.hpp"
#include "oubli/diag/diagnostic.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

/// How the absence of an event is understood (S7).
enum class EventKind : std::uint8_t {
  dated,    ///< absent: the record is undated
  end,      ///< absent: the relation goes on, the record is open
  planned,  ///< like `end`, and a day in the future is normal
};

struct EventDefinition {
  std::string name;
  EventKind kind = EventKind::dated;
  std::string title;
  SourceLocation where;
};

/// A day computed from one or several events (S7).
struct EventExpression {
  enum class Combine : std::uint8_t { single, latest_of, earliest_of, first_known };
  struct Member {
    std::string event;
    bool optional = false;  ///< latest_of only: an absent member is passed over
    friend bool operator==(const Member&, const Member&) = default;
  };

  Combine combine = Combine::single;
  std::vector<Member> members;  ///< single: exactly one
  friend bool operator==(const EventExpression&, const EventExpression&) = default;
};

/// How long something is kept: `keep P from E`, or `until E plus P`.
struct Retention {
  EventExpression start;
  bool until = false;  ///< written `until`: only changes how the rule is worded
  Period period;       ///< zero: due from the event's own day
  friend bool operator==(const Retention&, const Retention&) = default;
};

/// `at_most`: the phase ends no later than this, also where its own start is missing (S13).
struct Cap {
  Period keep;
  EventExpression from;
  friend bool operator==(const Cap&, const Cap&) = default;
};

/// The active phase, written as a Retention is.
struct ActivePhase {
  EventExpression start;
  bool until = false;
  Period period;
  EndOf end_of = EndOf::none;
  std::optional<Cap> at_most;
  friend bool operator==(const ActivePhase&, const ActivePhase&) = default;
};

/// The intermediate archive. `up_to` counts from the start of the active phase, which is how laws
/// state it; where that is missing, from the end of the active phase. With an event of its own it
/// counts from that, and while that event is open the active phase goes on (S13).
struct ArchivePhase {
  Period up_to;         ///< zero where `own` is there
  std::string because;  ///< legal_claims, legal_obligation, public_interest, or a reason in words
  std::optional<Cap> at_most;
  std::optional<Retention> own = {};  ///< in place of `up_to`
  friend bool operator==(const ArchivePhase&, const ArchivePhase&) = default;
};

/// What happens when the last phase has ended. Ordered from the mildest (S14).
enum class Disposition : std::uint8_t { flag, anonymise, purge };

/// GDPR art. 6(1)(a)-(f).
enum class LegalBasis : std::uint8_t {
  consent, contract, legal_obligation, vital_interests, public_task, legitimate_interests
};

/// `ends_on`: an event that ends a purpose, or its active phase only, on its own day (S13).
struct Ending {
  enum class Extent : std::uint8_t { all, active };
  std::string event;
  Extent extent = Extent::all;
  friend bool operator==(const Ending&, const Ending&) = default;
};

/// `by_category`: a data category that ends before its purpose, or in one phase of it before that
/// phase (S13). One that ends in the active phase alone is needed for as long as it is archived.
struct CategoryEnd {
  enum class Extent : std::uint8_t { purpose, active, archive };
  std::string category;
  Extent extent = Extent::purpose;
  Retention kept;
  friend bool operator==(const CategoryEnd&, const CategoryEnd&) = default;
};

/// `never_opened`: serves a record whose `until` has no value and whose `opened` has none (S7).
struct NeverOpened {
  std::string opened;  ///< event; any value at all, and the relation goes on
  Period keep;
  EventExpression from;
  friend bool operator==(const NeverOpened&, const NeverOpened&) = default;
};

/// `override`: an event that replaces the last day of the purpose's last phase for its record (S10).
struct LastDayOverride {
  std::string last_day;  ///< event
  bool may_lengthen = false;
  bool may_shorten = false;
  std::optional<Period> at_most;  ///< from the purpose's start: no lengthening goes beyond
  friend bool operator==(const LastDayOverride&, const LastDayOverride&) = default;
};

/// A purpose that is no longer pursued: a record newer than `inactive_since` is a finding (S16).
struct InactiveStatus {
  Day inactive_since;
  std::string new_records_by;  ///< event
  friend bool operator==(const InactiveStatus&, const InactiveStatus&) = default;
};

/// A period the policy doesn't give: never enforced, always a finding (S16).
struct NoPeriod {
  std::string because;
  std::string propose;
  std::optional<Day> decide_by;
  friend bool operator==(const NoPeriod&, const NoPeriod&) = default;
};

/// Where a purpose that says `use` has its values from.
struct TakenReference {
  std::string name;       ///< "fr/accounting"
  std::string authority;  ///< "law: Code de commerce, art. L123-22"
  std::string checked;    ///< when and against what that was last checked, in words
  std::vector<std::string> changed;  ///< the keys whose values the purpose changes
  std::string because;    ///< why it does
};

/// Why personal data is processed and how long for (GDPR art. 5(1)(b) and (e), 30(1)).
struct Purpose {
  std::string name;
  std::string title;
  LegalBasis legal_basis = LegalBasis::consent;
  std::string legal_reference;
  std::string reference;
  std::vector<std::string> categories;     ///< the data categories of all its data subjects
  std::vector<std::string> data_subjects;
  std::optional<ActivePhase> active;       ///< absent exactly when `no_period` is present
  std::optional<ArchivePhase> archive;
  std::optional<NoPeriod> no_period;
  Disposition then = Disposition::purge;
  std::vector<Ending> ends_on;
  std::string unless_since;  ///< the event that voids an earlier one of `ends_on`; may be empty
  std::vector<CategoryEnd> by_category;
  std::optional<NeverOpened> never_opened;
  std::optional<LastDayOverride> last_day_override;
  std::optional<InactiveStatus> inactive;
  std::optional<TakenReference> taken;     ///< present exactly where the purpose says `use`
  SourceLocation where;
};

struct DataCategory {
  std::string name;
  std::string title;
  SourceLocation where;
  std::optional<Mask> mask{};  ///< absent: nothing is left of a value
};

/// A value the law or the published text doesn't give (S16).
struct Assumption {
  std::string about;  ///< the path of its block: "purposes.bank.active"
  std::string text;
  SourceLocation where;
};

/// Whether an organisation decides why and how data is processed, or acts for one that does (GDPR art. 4(7), 4(8)).
enum class Role : std::uint8_t { controller, joint_controller, processor };

/// A reference whose text makes part of a policy's rules: approved with it.
struct UsedReference {
  std::string id;
  std::filesystem::path file;
  std::string text;
  std::string digest;  ///< "sha256:<hex>" of `text`
};

struct Policy {
  std::string id;
  int version = 1;
  Day in_force_from;
  std::string controller;    ///< who decides: for a processor the one it works for
  Role role = Role::controller;
  std::string processor;     ///< who acts for the controller; empty unless `role` is processor
  std::string instructions;  ///< where the controller's instructions are; may be empty
  std::string timezone;  ///< IANA name, known to this machine
  FiscalYears fiscal_years;
  std::vector<std::string> data_subjects;
  std::vector<DataCategory> categories;
  std::vector<EventDefinition> events;
  std::vector<Purpose> purposes;  ///< in the file's order, which never matters for a decision
  std::vector<Assumption> assumptions;
  std::vector<UsedReference> references;  ///< each once
  /// Wishes of directives after death that the controller accepts: "erase", "keep", "communicate". Empty: the
  /// policy doesn't say.
  std::vector<std::string> directives;
  std::filesystem::path file;
  std::string text;    ///< the file's bytes
  std::string digest;  ///< "sha256:<hex>" of `text`
};

[[nodiscard]] std::string_view to_text(EventKind kind);
[[nodiscard]] std::string_view to_text(EventExpression::Combine combine);
[[nodiscard]] std::string_view to_text(LegalBasis basis);
[[nodiscard]] std::string_view to_text(Disposition disposition);
[[nodiscard]] std::string_view to_text(Role role);
[[nodiscard]] std::string_view to_text(CategoryEnd::Extent extent);

}  // namespace oubli
