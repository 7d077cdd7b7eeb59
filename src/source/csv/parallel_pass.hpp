/// A pass over a table's files by several threads, with the outcome of a pass by one.
///
/// The table's bytes are cut into stretches of about the same length: whole files where there are
/// many, parts of one where it is large. Each stretch has a sink of its own. A stretch that begins in
/// the middle of a file begins at a guess (file_cuts.hpp); it counts only if the one before ended just
/// there, else it is read again from where that one ended. A fault counts as well only in a stretch
/// that began where a record does, and it is thrown after all that comes before it has been told, as
/// in a pass by one thread.
#pragma once

#include "source/csv/csv_dataset.hpp"

#include <cstdint>

namespace oubli::csv {

/// How a table is read; of no influence on what is read. Tests try them all.
struct PassWay {
  unsigned threads = 1;
  std::int64_t least_bytes = 4 * 1024 * 1024;  ///< of a stretch: less isn't worth a thread
  ReadingWay reading{};
};

/// False, and nothing is read, where the pass is one for a single thread: too small, of one record,
/// or for a sink that must be told of every record in order.
[[nodiscard]] bool pass_in_parallel(CsvDataset& dataset, const TablePass& pass, RecordSink& sink, const PassWay& way);

}  // namespace oubli::csv
