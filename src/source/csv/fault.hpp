/// Puts dataset and table in front of what went wrong with a file.
#pragma once

#include "source/csv/file_system.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace oubli::csv {

/// Runs `work`; throws its FileFault on as Error. `table` empty: of the dataset as a whole.
template <class Work>
decltype(auto) with_context(const std::string& dataset, const std::string& table, Work&& work) {
  const std::string where = table.empty() ? dataset : dataset + '.' + table;
  try {
    return std::forward<Work>(work)();
  } catch (const FileFault& fault) {
    throw Error(fault.cause, where + ": " + fault.what(), fault.hint);
  } catch (const std::filesystem::filesystem_error& failure) {
    throw Error(Cause::dataset, where + ": " + failure.path1().string() + ": " + failure.code().message());
  }
}

}  // namespace oubli::csv
