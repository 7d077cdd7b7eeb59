/// What an audit gathers from the state and the file system.
#include "run/audit_files.hpp"
#include "run/audit_state.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <filesystem>

using namespace oubli;
using oubli::test::TemporaryFolder;

namespace {

class Place {
 public:
  Place() {
    m_project.config.state = m_folder / "state.db";
    m_project.config.archive_dir = m_folder / "archive";
  }

  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_folder / name; }
  [[nodiscard]] Project& project() { return m_project; }
  [[nodiscard]] Config& config() { return m_project.config; }
  State state() { return State::open(m_project.config.state, State::Create::yes); }

  void database(const std::string& name) {
    std::filesystem::create_directories((m_folder / name).parent_path());
    SQLite::Database file((m_folder / name).string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    file.exec("create table t (x)");
  }
  void text(const std::string& name) {
    std::filesystem::create_directories((m_folder / name).parent_path());
    (void)m_folder.write(name, "a,b\n");
  }

  /// The files under the folder that no dataset names, as they stand below it.
  std::vector<std::string> strays() {
    std::vector<std::string> names;
    const std::filesystem::path top = m_folder / ".";
    for (const auto& file : files_under({top}, config()).strays) {
      names.push_back(file.lexically_relative(top).lexically_normal().string());
    }
    return names;
  }

 private:
  TemporaryFolder m_folder;
  Project m_project;
};

DatasetConfig sqlite_dataset(const std::filesystem::path& path) {
  DatasetConfig dataset;
  dataset.kind = DatasetKind::sqlite;
  dataset.path = path;
  return dataset;
}

DatasetConfig csv_dataset(const std::filesystem::path& glob) {
  DatasetConfig dataset;
  dataset.kind = DatasetKind::csv;
  dataset.tables.emplace_back().files.emplace().glob = glob;
  return dataset;
}

}  // namespace

TEST_CASE("state_facts: each run with its end, or without one", "[unit][run][audit]") {
  Place place;
  auto state = place.state();
  (void)state.append("approved", "", R"({"by":"Tester"})", "2026-05-27T10:00:00Z");
  (void)state.append("started", "r1", "{}", "2026-05-28T03:00:00Z");
  (void)state.append("finished", "r1", R"({"failed":[],"refused":[],"status":"complete"})", "2026-05-28T03:05:00Z");
  (void)state.append("started", "r2", "{}", "2026-05-29T03:00:00Z");
  (void)state.append("refused", "r3", R"({"message":"not approved"})", "2026-05-30T03:00:00Z");
  (void)state.append("started", "r4", "{}", "2026-05-31T03:00:00Z");
  (void)state.append(
      "finished", "r4",
      R"({"failed":["crm"],"refused":["web.visits"],"status":"incomplete","stopped":"its time was spent"})",
      "2026-05-31T03:05:00Z");
  const auto facts = state_facts(state, place.project());
  CHECK(facts.entries == 7);
  CHECK_FALSE(facts.first_broken_entry);
  REQUIRE(facts.runs.size() == 4);
  CHECK(facts.runs[0].status == "complete");
  CHECK(facts.runs[0].started_at == "2026-05-28T03:00:00Z");
  CHECK(facts.runs[1].status == "unfinished");
  CHECK(facts.runs[2].status == "refused");
  CHECK(facts.runs[2].because == "not approved");
  CHECK(facts.runs[3].status == "incomplete");
  CHECK(facts.runs[3].because == "its time was spent");
  CHECK(facts.runs[3].failed == std::vector<std::string>{"crm"});
  CHECK(facts.runs[3].refused == std::vector<std::string>{"web.visits"});
}

TEST_CASE("archive_paths: every folder and file with its mode, and that it is no link", "[unit][run][audit]") {
  Place place;
  CHECK(archive_paths(place.config()).empty());
  std::filesystem::create_directories(place / "archive/shop");
  place.text("archive/shop/a.csv");
  ::chmod((place / "archive").c_str(), 0755);
  ::chmod((place / "archive/shop").c_str(), 0700);
  ::chmod((place / "archive/shop/a.csv").c_str(), 0640);
  std::filesystem::create_symlink("a.csv", place / "archive/shop/b.csv");
  const auto paths = archive_paths(place.config());
  REQUIRE(paths.size() == 4);
  CHECK(paths[0].mode == 0755U);
  CHECK(paths[1].mode == 0700U);
  CHECK(paths[2].mode == 0640U);
  CHECK(paths[3].is_symlink);
  CHECK(paths[0].is_the_owners);
}

TEST_CASE("state_paths: the state and its key, those that are there", "[unit][run][audit]") {
  Place place;
  CHECK(state_paths(place.config()).empty());
  (void)place.state();
  const auto paths = state_paths(place.config());
  REQUIRE(paths.size() == 2);
  CHECK(paths[0].mode == 0600U);
  CHECK(paths[1].mode == 0600U);
}

TEST_CASE("files_under: databases by their bytes, CSV by its name, but what datasets and oubli own",
          "[unit][run][audit]") {
  Place place;
  place.database("data.db");
  place.database("copies/data.bak");
  place.text("exports/visits-1.csv");
  place.text("exports/others.TSV");
  place.text("exports/notes.txt");
  place.database("archive/shop/crm.db");
  (void)place.state();
  place.config().datasets = {sqlite_dataset(place / "data.db"), csv_dataset(place / "exports/visits-*.csv")};
  CHECK(place.strays() == std::vector<std::string>{"copies/data.bak", "exports/others.TSV"});
}

TEST_CASE("files_under: a dataset is known by whatever path leads to it, a link is not followed",
          "[unit][run][audit]") {
  Place place;
  place.database("real/data.db");
  std::filesystem::create_directory_symlink("real", place / "linked");
  place.config().datasets = {sqlite_dataset(place / "linked/data.db")};
  CHECK(place.strays().empty());
}

TEST_CASE("files_under: a folder that isn't there has not been looked through", "[unit][run][audit]") {
  Place place;
  place.text("exports/a.csv");
  const auto found = files_under({place / "nowhere", place / "exports"}, place.config());
  REQUIRE(found.unreadable.size() == 1);
  CHECK(found.unreadable[0].first == place / "nowhere");
  CHECK(found.strays.size() == 1);
}

TEST_CASE("files_beside_csv: what is named as a table's files are, and isn't one", "[unit][run][audit]") {
  Place place;
  CHECK_FALSE(files_beside_csv(place.config()));
  place.text("exports/2026.fec.txt");
  place.text("exports/notes.txt");
  place.text("exports/old.csv");
  place.text("exports/deep/other.csv");
  place.text("exports/readme.md");
  place.config().datasets = {csv_dataset(place / "exports/*.fec.txt"), csv_dataset(place / "exports/2026.fec.txt")};
  const auto found = files_beside_csv(place.config());
  REQUIRE(found);
  CHECK(found->looked_at == 3);
  CHECK(found->strays == std::vector{place / "exports/notes.txt", place / "exports/old.csv"});
}
