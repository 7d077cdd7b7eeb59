/// A saved plan (I9) as a file: what a person has reviewed, to be carried out later and nothing beyond it.
///
/// Lines of text. The first tells what the plan was made from, then comes each table with its records, a digest and
/// how many equal ones there are a line, and at the end a keyed digest of all bytes before it:
///
///     oubli.plan/1 {"config":"sha256:…","made_at":"2026-11-22T09:30:00Z",…}
///     table {"dataset":"crm","records":9,"schema":"sha256:…","side":"live","table":"contacts"}
///     0f3c…9a 1
///     end hmac-sha256:…
///
/// It holds no value of a record, and whoever lacks the state's key can neither read who is in it nor write another.
#pragma once

#include "oubli/model/run_report.hpp"
#include "oubli/model/side.hpp"
#include "oubli/run/project.hpp"
#include "oubli/state/state.hpp"
#include "run/record_digest.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// Records that are equal in every field.
struct SavedRecord {
  RecordDigest digest{};
  std::int64_t count = 0;
  friend bool operator==(const SavedRecord&, const SavedRecord&) = default;
};

/// What of one table is to leave or to change.
struct SavedTable {
  std::string dataset;
  std::string table;
  Side side = Side::live;
  std::string schema;                ///< digest of the table's columns, keys and relations
  std::vector<SavedRecord> records;  ///< by digest, each once
  [[nodiscard]] std::int64_t count() const;
  friend bool operator==(const SavedTable&, const SavedTable&) = default;
};

struct SavedPlan {
  std::string state;    ///< id of the state whose key it is made with
  std::string made_at;  ///< "2026-11-22T09:30:00Z"
  std::vector<std::pair<std::string, std::string>> texts;  ///< name and digest: config, policies, references
  std::vector<SavedTable> tables;
  std::string digest = {};  ///< of the file; set by who reads it

  /// Null where nothing of it is to leave or to change.
  [[nodiscard]] const SavedTable* find(const std::string& dataset, const std::string& table, Side side) const;
  [[nodiscard]] std::int64_t count() const;
};

/// A plan may be carried out until so long after it was made: a review doesn't stay true for ever.
inline constexpr std::chrono::hours k_plan_is_good_for{24 * 31};

using PlanKey = std::span<const unsigned char>;

[[nodiscard]] std::string to_text(const SavedPlan& plan, PlanKey key);

/// Throws Error (Cause::refused) for bytes that no oubli with this key has written, or that were changed or cut off.
[[nodiscard]] SavedPlan plan_from_text(std::string_view text, PlanKey key);

/// The texts a plan made now is about.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> texts_of_plan(const Project& project);

/// Throws Error (Cause::refused) for the plan of another state, of other texts, too old a one, or one to come.
void require_fitting(const SavedPlan& plan, const Project& project, const std::string& state_id,
                     std::chrono::system_clock::time_point now);

/// Digest of what a table is: its columns with their types, its keys, its relations to others.
[[nodiscard]] std::string schema_digest(const TableSchema& table, const std::vector<Relation>& relations);

}  // namespace oubli
