/// What may come next on a command line, for the shells' completion: read off the declared commands, so that
/// no list of them exists twice.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace oubli {

/// The names a config gives, each in its order.
struct ConfigNames {
  std::vector<std::string> policies;
  std::vector<std::string> datasets;
  std::vector<std::string> tables;  ///< dataset.table
  std::vector<std::string> purposes;
};

/// One word, and what it stands for in a line; empty where the word says it.
struct Candidate {
  std::string word;
  std::string help;
};

struct Completion {
  enum class Paths { none, files, folders };

  std::vector<Candidate> candidates;
  Paths paths = Paths::none;  ///< beside the candidates
};

/// `words` are those after the program's name, the last being typed and perhaps empty. Only words that begin
/// with it are candidates. `names_of` reads the config of that path (empty: the usual one); it is asked only
/// where a name may come next.
[[nodiscard]] Completion complete(const CLI::App& app, std::span<const std::string> words,
                                  const std::function<ConfigNames(const std::string& config)>& names_of);

}  // namespace oubli
