/// What is kept of a table while it is looked at: a spread sample of its values, and which columns never
/// repeat one. Bounded, whatever the table; pure.
#pragma once

#include "oubli/model/rules.hpp"
#include "oubli/model/value.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace oubli {

/// A value that outlives its record. Long texts are cut: they are prose, whatever follows.
struct SampledValue {
  Value::Type type = Value::Type::null;
  std::int64_t integer = 0;
  double real = 0;
  std::string bytes{};
  [[nodiscard]] Value view() const;
};

struct SurveyedColumn {
  std::string name;
  std::string declared_type{};
  bool not_null = false;
  std::int64_t empty = 0;                ///< NULL or empty text, of the records read
  bool never_repeats = false;            ///< no value stands in two of the records read, and none is empty
  std::vector<SampledValue> sample{};    ///< none of them empty
  std::vector<std::uint64_t> digests{};  ///< of every value read, sorted, where it never repeats
};

struct SurveyedTable {
  std::string name;
  std::vector<SurveyedColumn> columns{};
  std::vector<std::string> primary_key{};
  std::vector<std::vector<std::string>> unique{};  ///< sets of columns the source itself keeps unique
  std::int64_t records = 0;                        ///< read
  std::int64_t unreadable = 0;                     ///< of these: lines of a CSV that aren't what its header says
  std::vector<std::string> nameless{};             ///< columns that share their name with another, or have none
  bool has_more = false;                           ///< records that weren't read

  [[nodiscard]] const SurveyedColumn* find(const std::string& column) const;
};

/// Tables of one dataset, and what points to what.
struct SurveyedDataset {
  std::vector<SurveyedTable> tables{};
  std::vector<Relation> foreign_keys{};
};

/// By which a value of one column is found again in another: equal for equal values, be they written as a
/// number or as text.
[[nodiscard]] std::uint64_t digest_of(const Value& value);

/// Looks at one table's records as they pass.
class TableSurvey {
 public:
  /// `table`: its name, columns and keys; counts and samples are filled here.
  explicit TableSurvey(SurveyedTable table);

  /// One value per column, in their order.
  void add(std::span<const Value> record);
  /// A record was there that could not be read.
  void add_unreadable();

  /// As much was read as an answer needs, and as memory should be spent on.
  [[nodiscard]] bool is_enough() const;
  /// `has_more`: reading ended early.
  [[nodiscard]] SurveyedTable finish(bool has_more) &&;

 private:
  void add_digest(SurveyedColumn& column, const Value& value);
  void thin_out();

  SurveyedTable m_table;
  std::int64_t m_most_records;
  std::size_t m_most_samples;                       ///< records in the sample, before every second one is dropped
  std::int64_t m_step = 1;                          ///< every how many records one is in the sample
  std::vector<std::vector<SampledValue>> m_sample;  ///< by record
  std::int64_t m_bytes = 0;
};

}  // namespace oubli
