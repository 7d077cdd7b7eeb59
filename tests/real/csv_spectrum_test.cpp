// csv-spectrum: the fields of each file are those of the JSON beside it, and a due record appended
// to the file goes without leaving a trace.
#include "source/csv/table_scan.hpp"
#include "support/csv_dataset_fixture.hpp"
#include "support/places.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <iterator>

namespace oubli::test {

namespace {

using Rows = std::vector<std::map<std::string, std::string>>;

const std::filesystem::path k_spectrum = test::shared_folder() / "data/csv-spectrum";

std::vector<std::string> spectrum_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(k_spectrum / "csvs")) {
    names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Rows expected_rows(const std::string& name) {
  const auto json = nlohmann::json::parse(read_file(k_spectrum / "json" / (name + ".json")));
  if (json.is_object()) return {json.get<Rows::value_type>()};
  return json.get<Rows>();
}

Rows parsed_rows(const std::string& name) {
  const csv::Folder folder(k_spectrum / "csvs");
  const std::string file = name + ".csv";
  const auto header = csv::read_header(folder.open_file(file), {}, file);
  csv::ColumnChoice choice;
  choice.append(header.value().names);
  csv::FileScan scan(folder, {file, csv::identity(folder.status(file))}, {}, choice);
  Rows rows;
  for (csv::ScannedRecord record; scan.next(record);) {
    REQUIRE_FALSE(record.malformed);
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < record.fields.size(); ++i) row[choice.columns()[i]] = record.fields[i].bytes;
  }
  return rows;
}

/// The file's text with a column `seen_on` in front: empty in its own records, old in one more.
struct WithDueRecord {
  std::string before;
  std::string after;
};

WithDueRecord with_due_record(const std::string& name) {
  const csv::Folder folder(k_spectrum / "csvs");
  const std::string file = name + ".csv";
  const std::string text = read_file(k_spectrum / "csvs" / file);
  const csv::Descriptor descriptor = folder.open_file(file);
  const auto header = csv::read_header(descriptor, {}, file).value();
  WithDueRecord result;
  result.after = "seen_on," + text.substr(0, static_cast<std::size_t>(header.records_begin));
  csv::RecordReader reader(descriptor, {}, header.records_begin, file);
  for (csv::RawRecord record; reader.next(record);) result.after += "," + std::string(record.bytes);
  if (!result.after.ends_with('\n')) result.after += '\n';
  result.before = result.after + "2000-01-01" + std::string(header.names.size(), ',');
  return result;
}

}  // namespace

TEST_CASE("csv-spectrum: the fields are those of the JSON beside each file", "[real][csv]") {
  if (!std::filesystem::exists(k_spectrum)) {
    WARN("csv-spectrum isn't there: skipped");
    return;
  }
  const std::string name = GENERATE(from_range(spectrum_names()));
  CAPTURE(name);
  Rows expected = expected_rows(name);
  // The telephone number of this one's JSON isn't the file's.
  if (name == "location_coordinates") expected.at(0)["Contact Phone Number"] = "2095257564";
  CHECK(parsed_rows(name) == expected);
}

TEST_CASE("csv-spectrum: an appended due record goes, every other byte stays", "[real][csv][erasure]") {
  if (!std::filesystem::exists(k_spectrum)) {
    WARN("csv-spectrum isn't there: skipped");
    return;
  }
  const std::string name = GENERATE(from_range(spectrum_names()));
  CAPTURE(name);
  const WithDueRecord text = with_due_record(name);
  CsvDatasetFixture data;
  data.add_table("spectrum", "spectrum.csv").key.clear();
  data.ruled("spectrum").rules.columns = {"seen_on"};
  data.write("spectrum.csv", text.before);
  data.open();
  CHECK(data.enforce({"spectrum"})["spectrum"].purged == 1);
  CHECK(data.bytes("spectrum.csv") == text.after);
}

}  // namespace oubli::test
