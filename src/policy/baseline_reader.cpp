/// Reads a baseline: which findings of an audit are known, why, and until when.
#include "oubli/policy/baseline.hpp"
#include "policy/fields.hpp"

#include <fmt/format.h>

#include <utility>

namespace oubli {
namespace {

constexpr auto k_format = "baseline/1";
constexpr std::int64_t k_most_checks = 999;

bool is_baseline(const Field& format) {
  const auto text = format.text();
  if (!text || *text == k_format) return true;
  format.error("unknown-value", fmt::format("'{}' is not the format of a baseline", *text),
               "write 'oubli: baseline/1'");
  return false;
}

BaselineEntry read_entry(const Field& item) {
  Fields block = item.fields();
  BaselineEntry entry;
  entry.where = item.where();
  entry.check = static_cast<int>(block.required("check").integer(1, k_most_checks).value_or(0));
  entry.dataset = block.optional("dataset").text().value_or("");
  entry.table = block.optional("table").text().value_or("");
  entry.column = block.optional("column").text().value_or("");
  entry.purpose = block.optional("purpose").text().value_or("");
  entry.reason = block.required("reason").title().value_or("");
  entry.until = block.required("until").day().value_or(Day{});
  return entry;
}

void read_file(const Field& root, Baseline& baseline) {
  Fields top = root.fields();
  if (!is_baseline(top.required("oubli"))) return top.ignore_rest();
  for (const auto& item : top.required("accepted").items()) baseline.entries.push_back(read_entry(item));
}

}  // namespace

Checked<Baseline> read_baseline(std::string text, const std::filesystem::path& file) {
  const Document document = read_document(std::move(text), file);
  ReaderFindings findings(document);
  Baseline baseline;
  baseline.file = file;
  read_file(Field::root(document, findings), baseline);
  if (findings.has_error()) return {std::nullopt, std::move(findings).take()};
  return {std::move(baseline), std::move(findings).take()};
}

}  // namespace oubli
