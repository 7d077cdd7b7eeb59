/// A state that is no state, or a damaged one, is refused with an Error; what a ledger's entry holds can be
/// printed whatever it is.
#include "fuzz/target.hpp"
#include "oubli/diag/diagnostic.hpp"
#include "oubli/report/ledger_report.hpp"
#include "oubli/state/state.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace {

using namespace oubli;

void print(std::string_view bytes) {
  LedgerReport report;
  for (const char* kind : {"table", "keys"}) {
    report.entries.push_back({1, "2026-11-22T03:00:12Z", kind, "r1", std::string(bytes), std::string(64, '0'), ""});
  }
  std::ostringstream out;
  write_ledger_text(out, report, {});
  write_ledger_json(out, report);
  write_ledger_lines(out, report);
}

void open(std::string_view bytes) {
  const auto file = std::filesystem::temp_directory_path() / ("oubli-fuzz-" + std::to_string(::getpid()) + ".db");
  std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  try {
    if (const auto state = State::open_for_reading(file)) {
      static_cast<void>(state->ledger());
      static_cast<void>(state->first_broken_entry());
      static_cast<void>(state->reasons());
      static_cast<void>(state->stops());
    }
  } catch (const Error& error) {
    fuzz::require(!error.diagnostic().message.empty(), "an error says something");
  }
  std::filesystem::remove(file);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::text_of(data, size);
  if (bytes.starts_with("SQLite format 3")) {
    open(bytes);
  } else {
    print(bytes);
  }
  return 0;
}
