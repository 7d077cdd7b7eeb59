#include "run/init_sources.hpp"

#include "model/ascii.hpp"
#include "oubli/proposal/dialect.hpp"
#include "oubli/proposal/file_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fnmatch.h>
#include <fstream>
#include <map>
#include <set>
#include <system_error>
#include <utility>

namespace oubli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_head_bytes = 4 * 1024 * 1024;  ///< looked at for the encoding
constexpr std::string_view k_magic = "SQLite format 3";
constexpr std::string_view k_glob = "*?[";

/// The first bytes of a file.
struct Head {
  std::string bytes;
  bool is_whole = false;
};

Head head_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Cause::dataset, fmt::format("{} can't be read: {}", file.string(), std::strerror(errno)));
  Head head;
  head.bytes.resize(k_head_bytes);
  in.read(head.bytes.data(), static_cast<std::streamsize>(k_head_bytes));
  if (in.bad()) throw Error(Cause::dataset, file.string() + " can't be read");
  head.bytes.resize(static_cast<std::size_t>(in.gcount()));
  head.is_whole = head.bytes.size() < k_head_bytes;
  return head;
}

bool is_database(std::string_view bytes) { return bytes.starts_with(k_magic); }

bool is_named_as_database(const fs::path& file) {
  const auto extension = ascii_lower(file.extension().string());
  return extension == ".db" || extension == ".sqlite" || extension == ".sqlite3" || extension == ".db3";
}

bool is_named_as_csv(const fs::path& file) {
  const auto extension = ascii_lower(file.extension().string());
  return extension == ".csv" || extension == ".tsv" || extension == ".txt" || extension == ".tab";
}

/// How a source came to be looked at: what a person named must be readable, what lay there may not be.
enum class Named : std::uint8_t { by_a_person, found };

class Finding {
 public:
  void add(const std::string& source) {
    const fs::path path(source);
    std::error_code failed;
    const auto status = fs::status(path, failed);
    if (fs::is_directory(status)) return add_folder(path);
    if (fs::is_regular_file(status)) return add_file(path, Named::by_a_person);
    if (fs::exists(status))
      throw Error(Cause::dataset, source + " isn't a regular file", "name a database, a CSV file or a folder");
    if (path.filename().string().find_first_of(k_glob) != std::string::npos) return add_matching(path);
    throw Error(Cause::dataset, fmt::format("there is no file or folder {}", source),
                "name a database, a CSV file or a folder");
  }

  FoundSources finish() && {
    for (auto& [folder, files] : m_csv) m_found.csv.push_back(tables_of(folder, files));
    return std::move(m_found);
  }

 private:
  struct CsvFolder {
    std::vector<CsvFileShape> files;
    std::vector<Guess<std::string>> left_out;
  };

  void add_folder(const fs::path& folder) {
    const auto before = m_seen.size();
    for (const auto& file : files_in(folder)) add_file(file, Named::found);
    if (m_seen.size() == before)
      throw Error(Cause::dataset, fmt::format("{} has neither a database nor a CSV file", folder.string()),
                  "name the files; folders below it aren't looked into");
  }

  void add_matching(const fs::path& pattern) {
    const auto folder = pattern.parent_path().empty() ? fs::path(".") : pattern.parent_path();
    bool has_match = false;
    for (const auto& file : files_in(folder)) {
      if (::fnmatch(pattern.filename().c_str(), file.filename().c_str(), FNM_PERIOD) != 0) continue;
      add_file(file, Named::by_a_person);
      has_match = true;
    }
    if (!has_match) throw Error(Cause::dataset, fmt::format("no file matches {}", pattern.string()));
  }

  static std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code failed;
    for (auto entry = fs::directory_iterator(folder, failed); !failed && entry != fs::directory_iterator();
         entry.increment(failed)) {
      std::error_code ignored;
      const bool is_hidden = entry->path().filename().string().starts_with('.');
      if (!is_hidden && entry->is_regular_file(ignored) && !entry->is_symlink(ignored)) files.push_back(entry->path());
    }
    if (failed)
      throw Error(Cause::dataset, fmt::format("the folder {} can't be read: {}", folder.string(), failed.message()));
    std::ranges::sort(files);
    return files;
  }

  void add_file(const fs::path& file, Named named) {
    const auto path = fs::absolute(file).lexically_normal();
    if (m_seen.contains(path)) return;
    try {
      const auto head = head_of(path);
      const bool is_data =
          is_database(head.bytes) || named == Named::by_a_person || is_named_as_csv(path) || is_named_as_database(path);
      if (!is_data) return;
      m_seen.insert(path);
      if (is_database(head.bytes)) {
        m_found.databases.push_back(path);
      } else {
        add_text(path, head);
      }
    } catch (const Error& error) {
      if (named == Named::by_a_person) throw;
      m_csv[path.parent_path()].left_out.push_back({path.filename().string(), error.diagnostic().message});
    }
  }

  void add_text(const fs::path& path, const Head& head) {
    const std::string name = path.string();
    if (head.bytes.empty()) throw Error(Cause::dataset, name + " is empty");
    if (is_named_as_database(path))
      throw Error(Cause::dataset, name + " isn't a SQLite database, or it is encrypted",
                  "name a copy that isn't encrypted");
    auto guess = guess_dialect(head.bytes, head.is_whole);
    if (const auto* const none = std::get_if<NoDialect>(&guess))
      throw Error(Cause::dataset, fmt::format("{} can't be read as a CSV: {}", name, none->because));
    auto& files = std::get<GuessedFiles>(guess);
    m_csv[path.parent_path()].files.push_back({path.filename().string(), std::move(files), first_line(head.bytes)});
  }

  static std::string first_line(const std::string& bytes) {
    auto line = bytes.substr(0, bytes.find('\n'));
    while (line.ends_with('\r')) line.pop_back();
    return line.starts_with("\xEF\xBB\xBF") ? line.substr(3) : line;
  }

  static FoundCsvFolder tables_of(const fs::path& folder, CsvFolder& found) {
    FoundCsvFolder result{folder, {}, std::move(found.left_out)};
    std::vector<std::string> all;
    for (const auto& file : files_in(folder)) all.push_back(file.filename().string());
    for (auto& table : tables_of_files(std::move(found.files), all)) {
      table.files.files.glob = folder / table.files.files.glob;
      result.tables.push_back({std::move(table.name), std::move(table.files)});
    }
    return result;
  }

  FoundSources m_found;
  std::set<fs::path> m_seen;
  std::map<fs::path, CsvFolder> m_csv;
};

}  // namespace

FoundSources find_sources(const std::vector<std::string>& named) {
  Finding finding;
  for (const auto& source : named) finding.add(source);
  return std::move(finding).finish();
}

}  // namespace oubli
