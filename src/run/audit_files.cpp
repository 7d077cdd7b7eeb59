#include "run/audit_files.hpp"

#include "model/ascii.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <fnmatch.h>
#include <fstream>
#include <functional>
#include <set>
#include <system_error>
#include <utility>

namespace oubli {

namespace {

using Path = std::filesystem::path;
using Paths = std::vector<Path>;

/// Nothing where there is nothing of that name.
std::optional<PrivatePath> looked_at(const Path& path, const Config& config) {
  struct ::stat found {};
  struct ::stat state {};
  if (::lstat(path.c_str(), &found) != 0) return std::nullopt;
  PrivatePath result{path, found.st_mode & 07777U};
  result.is_symlink = S_ISLNK(found.st_mode);
  result.is_the_owners = ::stat(config.state.c_str(), &state) != 0 || state.st_uid == found.st_uid;
  return result;
}

/// What is in a folder, sorted; or why nobody can tell.
struct Listing {
  Paths paths;
  std::string unreadable{};
};

Listing listing_of(const Path& folder) {
  std::error_code error;
  Listing listing;
  for (auto entry = std::filesystem::directory_iterator(folder, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    listing.paths.push_back(entry->path());
  }
  std::ranges::sort(listing.paths);
  if (error) listing.unreadable = error.message();
  return listing;
}

bool is_folder(const Path& path) {
  std::error_code error;
  return std::filesystem::is_directory(std::filesystem::symlink_status(path, error));
}

/// Every folder from this one down, before what is in it; links aren't followed.
void for_each_folder(const Path& folder, const std::function<void(const Path&, const Listing&)>& use) {
  const auto listing = listing_of(folder);
  use(folder, listing);
  for (const auto& path : listing.paths) {
    if (is_folder(path)) for_each_folder(path, use);
  }
}

Path real_path(const Path& path) {
  std::error_code error;
  auto real = std::filesystem::weakly_canonical(path, error);
  return error ? path : real;
}

bool is_database(const Path& file) {
  constexpr std::string_view k_magic = "SQLite format 3";
  std::string head(k_magic.size(), '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  return in.gcount() == static_cast<std::streamsize>(k_magic.size()) && head == k_magic;
}

bool is_named_as_csv(const Path& file) {
  const std::string extension = ascii_lower(file.extension().string());
  return extension == ".csv" || extension == ".tsv";
}

bool is_below(const Path& file, const Path& folder) {
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  static_cast<void>(rest);
  return end == folder.end();
}

/// What the config accounts for.
class KnownFiles {
 public:
  explicit KnownFiles(const Config& config) : m_archive(real_path(config.archive_dir)) {
    m_files.insert(real_path(config.state));
    for (const auto& dataset : config.datasets) {
      if (dataset.kind == DatasetKind::sqlite) m_files.insert(real_path(dataset.path));
      for (const auto& table : dataset.tables) {
        if (table.files)
          m_globs.emplace_back(real_path(table.files->glob.parent_path()), table.files->glob.filename().string());
      }
    }
  }

  [[nodiscard]] bool has(const Path& file) const {
    const Path real = real_path(file);
    if (m_files.contains(real) || is_below(real, m_archive)) return true;
    return std::ranges::any_of(m_globs, [&](const auto& glob) {
      return glob.first == real.parent_path() &&
             ::fnmatch(glob.second.c_str(), real.filename().c_str(), FNM_PERIOD) == 0;
    });
  }

 private:
  std::set<Path> m_files;
  std::vector<std::pair<Path, std::string>> m_globs;  ///< folder and pattern
  Path m_archive;
};

bool is_regular(const Path& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(std::filesystem::symlink_status(path, error));
}

/// Gathers data files from folders, each once.
class Search {
 public:
  explicit Search(const Config& config) : m_known(config) {}

  void look_into(const Path& folder, const Listing& listing, const std::function<bool(const Path&)>& is_data) {
    if (!listing.unreadable.empty() && m_seen.insert(real_path(folder)).second) {
      m_found.unreadable.emplace_back(folder, listing.unreadable);
    }
    for (const auto& path : listing.paths) {
      if (!is_regular(path) || !is_data(path) || !m_seen.insert(real_path(path)).second) continue;
      ++m_found.looked_at;
      if (!m_known.has(path)) m_found.strays.push_back(path);
    }
  }
  [[nodiscard]] const FoundFiles& found() const { return m_found; }

 private:
  KnownFiles m_known;
  std::set<Path> m_seen;
  FoundFiles m_found;
};

}  // namespace

std::vector<PrivatePath> archive_paths(const Config& config) {
  std::vector<PrivatePath> paths;
  const auto top = looked_at(config.archive_dir, config);
  if (!top) return paths;
  paths.push_back(*top);
  if (top->is_symlink) return paths;
  for_each_folder(config.archive_dir, [&](const Path& folder, const Listing& listing) {
    const auto it = std::ranges::find(paths, folder, &PrivatePath::path);
    if (it != paths.end()) it->unreadable = listing.unreadable;
    for (const auto& path : listing.paths) {
      if (const auto found = looked_at(path, config)) paths.push_back(*found);
    }
  });
  return paths;
}

std::vector<PrivatePath> state_paths(const Config& config) {
  std::vector<PrivatePath> paths;
  for (const auto& path : {config.state, Path(config.state.string() + ".key")}) {
    if (const auto found = looked_at(path, config)) paths.push_back(*found);
  }
  return paths;
}

FoundFiles files_under(const std::vector<Path>& roots, const Config& config) {
  Search search(config);
  for (const auto& root : roots) {
    for_each_folder(root, [&](const Path& folder, const Listing& listing) {
      search.look_into(folder, listing, [](const Path& path) { return is_named_as_csv(path) || is_database(path); });
    });
  }
  return search.found();
}

std::optional<FoundFiles> files_beside_csv(const Config& config) {
  Search search(config);
  bool has_csv = false;
  for (const auto& dataset : config.datasets) {
    for (const auto& table : dataset.tables) {
      if (!table.files) continue;
      has_csv = true;
      const auto folder = table.files->glob.parent_path();
      const auto extension = table.files->glob.extension();
      search.look_into(folder, listing_of(folder), [&](const Path& path) {
        return is_named_as_csv(path) || (!extension.empty() && path.extension() == extension);
      });
    }
  }
  return has_csv ? std::optional(search.found()) : std::nullopt;
}

}  // namespace oubli
