// How much is kept: the sample is thinned out by half whenever it is full, so that it is spread evenly over
// whatever number of records pass; a column's digests are dropped once a value repeats.
#include "oubli/proposal/survey.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace oubli {

namespace {

constexpr std::int64_t k_most_records = 200'000;
constexpr std::int64_t k_fewest_records = 2'000;
constexpr std::int64_t k_most_digests = 8'000'000;  ///< of a table: 64 MB
constexpr std::int64_t k_most_bytes = 256 * 1024 * 1024;
constexpr std::int64_t k_most_sampled_values = 200'000;  ///< of a table
constexpr std::int64_t k_most_sampled_records = 4'000;
constexpr std::size_t k_longest = 301;  ///< one more than any detector looks at
constexpr std::size_t k_first_repeat_check = 1'024;

std::int64_t share_of(std::int64_t whole, std::size_t columns) {
  return whole / std::max<std::int64_t>(1, static_cast<std::int64_t>(columns));
}

bool is_empty(const Value& value) {
  return value.is_null() || (value.type == Value::Type::text && value.bytes.empty());
}

SampledValue copy_of(const Value& value) {
  return {value.type, value.integer, value.real, std::string(value.bytes.substr(0, k_longest))};
}

bool has_repeat(std::vector<std::uint64_t>& digests) {
  std::ranges::sort(digests);
  return std::ranges::adjacent_find(digests) != digests.end();
}

bool is_power_of_two(std::size_t count) { return (count & (count - 1)) == 0; }

}  // namespace

Value SampledValue::view() const { return {type, integer, real, bytes}; }

const SurveyedColumn* SurveyedTable::find(const std::string& column) const {
  const auto found = std::ranges::find(columns, column, &SurveyedColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

std::uint64_t digest_of(const Value& value) {
  if (value.type == Value::Type::text || value.type == Value::Type::blob)
    return std::hash<std::string_view>{}(value.bytes);
  return std::hash<std::string>{}(to_text(value));
}

TableSurvey::TableSurvey(SurveyedTable table)
    : m_table(std::move(table)),
      m_most_records(std::clamp(share_of(k_most_digests, m_table.columns.size()), k_fewest_records, k_most_records)),
      m_most_samples(static_cast<std::size_t>(std::clamp<std::int64_t>(
          share_of(k_most_sampled_values, m_table.columns.size()), 100, k_most_sampled_records))) {
  for (auto& column : m_table.columns) column.never_repeats = true;
}

void TableSurvey::add_digest(SurveyedColumn& column, const Value& value) {
  auto& digests = column.digests;
  digests.push_back(digest_of(value));
  if (digests.size() < k_first_repeat_check || !is_power_of_two(digests.size())) return;
  column.never_repeats = !has_repeat(digests);
  if (!column.never_repeats) digests = {};
}

void TableSurvey::thin_out() {
  for (std::size_t kept = 1; 2 * kept < m_sample.size(); ++kept) m_sample[kept] = std::move(m_sample[2 * kept]);
  m_sample.resize((m_sample.size() + 1) / 2);
  m_step *= 2;
}

void TableSurvey::add(std::span<const Value> record) {
  const bool is_sampled = m_table.records++ % m_step == 0;
  if (is_sampled) m_sample.emplace_back();
  for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
    auto& column = m_table.columns[i];
    m_bytes += static_cast<std::int64_t>(record[i].bytes.size());
    if (is_sampled) m_sample.back().push_back(copy_of(record[i]));
    if (is_empty(record[i])) {
      ++column.empty;
      column.never_repeats = false;
      column.digests = {};
    } else if (column.never_repeats) {
      add_digest(column, record[i]);
    }
  }
  if (m_sample.size() >= m_most_samples) thin_out();
}

void TableSurvey::add_unreadable() {
  ++m_table.records;
  ++m_table.unreadable;
}

bool TableSurvey::is_enough() const { return m_table.records >= m_most_records || m_bytes >= k_most_bytes; }

SurveyedTable TableSurvey::finish(bool has_more) && {
  m_table.has_more = has_more;
  for (auto& record : m_sample) {
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (!is_empty(record[i].view())) m_table.columns[i].sample.push_back(std::move(record[i]));
    }
  }
  for (auto& column : m_table.columns) {
    column.never_repeats = column.never_repeats && m_table.records > 0 && !has_repeat(column.digests);
    if (!column.never_repeats) column.digests = {};
  }
  return std::move(m_table);
}

}  // namespace oubli
