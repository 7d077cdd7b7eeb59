/// Every way to read a CSV file finds the same records, and they are the file's bytes one after the other.
///
/// The first byte chooses the dialect, the second how small the buffer is.
#include "fuzz/target.hpp"
#include "source/csv/fault.hpp"
#include "source/csv/record_reader.hpp"

#include <algorithm>
#include <optional>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace oubli;
using namespace oubli::csv;

struct Found {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  bool malformed = false;
  std::vector<std::string> fields;
  friend bool operator==(const Found&, const Found&) = default;
};

/// The records; nothing where the file is refused.
using Reading = std::optional<std::vector<Found>>;

Descriptor file_with(std::string_view text) {
  Descriptor file(::memfd_create("fuzz", MFD_CLOEXEC));
  fuzz::require(::write(file.number(), text.data(), text.size()) == static_cast<::ssize_t>(text.size()), "it is written");
  return file;
}

Reading read(const Descriptor& file, const CsvDialect& dialect, ReadingWay way) {
  std::vector<Found> records;
  try {
    RecordReader reader(file, dialect, 0, "fuzz", nullptr, way);
    for (RawRecord record; reader.next(record);) {
      Found found{record.begin, record.end, record.malformed, {}};
      for (std::size_t i = 0; i < record.fields.size(); ++i) found.fields.emplace_back(record.fields[i].bytes);
      records.push_back(std::move(found));
    }
  } catch (const FileFault&) {
    return std::nullopt;
  }
  return records;
}

CsvDialect dialect_of(std::uint8_t choice) {
  CsvDialect dialect;
  constexpr std::string_view k_delimiters = ",;\t|";
  dialect.delimiter = k_delimiters[choice % k_delimiters.size()];
  if (choice / 4 % 4 == 1) dialect.quote = CsvDialect::Quote::single_quote;
  if (choice / 4 % 4 == 2) dialect.quote = CsvDialect::Quote::none;
  return dialect;
}

void require_in_a_row(const std::vector<Found>& records) {
  std::int64_t at = 0;
  for (const auto& record : records) {
    fuzz::require(record.begin == at && record.end > at, "a record begins where the one before ended");
    at = record.end;
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto dialect = dialect_of(data[0]);
  const std::size_t small = 1 + data[1];
  const Descriptor file = file_with(fuzz::text_of(data + 2, size - 2));
  const auto expected = read(file, dialect, {Simd::scalar, 256 * 1024});
  if (expected) require_in_a_row(*expected);
  for (const Simd simd : {Simd::scalar, Simd::sse2, Simd::avx2}) {
    if (simd > chosen_simd()) continue;
    fuzz::require(read(file, dialect, {simd, small}) == expected, "a small buffer finds the same records");
    fuzz::require(read(file, dialect, {simd, 256 * 1024}) == expected, "each instruction set finds the same records");
  }
  return 0;
}
