#include "report/json.hpp"

#include "oubli/report/report.hpp"
#include "report/severity.hpp"

namespace oubli {

namespace report {

namespace {

/// Null for what is unknown.
Json known(int number) { return number > 0 ? Json(number) : Json(nullptr); }

Json to_json(const Diagnostic& diagnostic) {
  const SourceLocation& where = diagnostic.where;
  return {{"severity", word_for(diagnostic.severity)},
          {"code", diagnostic.code},
          {"file", where.file.empty() ? Json(nullptr) : Json(where.file.string())},
          {"line", known(where.line)},
          {"column", known(where.column)},
          {"message", diagnostic.message},
          {"hint", diagnostic.hint}};
}

}  // namespace

Json json_document(std::string_view schema) { return {{"schema", schema}, {"version", OUBLI_VERSION}}; }

Json to_json(const std::optional<Day>& day) { return day ? Json(to_text(*day)) : Json(nullptr); }

Json to_json(const std::vector<Diagnostic>& diagnostics) {
  Json result = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) result.push_back(to_json(diagnostic));
  return result;
}

void write_json(std::ostream& out, const Json& json) {
  out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace report

void write_diagnostics_json(std::ostream& out, const std::vector<Diagnostic>& diagnostics) {
  report::Json document = report::json_document("oubli.diagnostics/1");
  document["diagnostics"] = report::to_json(diagnostics);
  report::write_json(out, document);
}

}  // namespace oubli
