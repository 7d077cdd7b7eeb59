/// Opening database files, and saying in our own words what SQLite reports.
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/source/data_source.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <filesystem>
#include <string>

namespace oubli::sqlite {

/// How long another program's lock is waited for.
inline constexpr int k_busy_timeout_ms = 3'000;

/// Opens an existing file, hardened against what it may contain. For reading, neither it nor what
/// lies beside it is changed; it is never created. Throws Error or SQLite::Exception.
[[nodiscard]] SQLite::Database open_database(const std::filesystem::path& file, Access access,
                                             const std::string& dataset);

/// What an exception of SQLite means, without a value of the dataset.
[[nodiscard]] Error explained(const SQLite::Exception& exception, const std::string& dataset, const std::string& step);

/// Whether triggers may use what SQLite holds for risky, such as full-text tables. A file opened may not.
void trust_schema(const SQLite::Database& database, bool trust);

/// True when `exception` says that another connection is in the way.
[[nodiscard]] bool is_busy(const SQLite::Exception& exception);

/// Runs `work`; what SQLite throws leaves as Error naming dataset and step.
template <typename Work>
decltype(auto) in_step(const std::string& dataset, const std::string& step, Work&& work) {
  try {
    return work();
  } catch (const SQLite::Exception& exception) {
    throw explained(exception, dataset, step);
  }
}

}  // namespace oubli::sqlite
