#include "source/csv/settle_step.hpp"

#include "source/csv/fault.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>
#include <utility>

namespace oubli::csv {

namespace {

/// How often a content occurs, by its digest in hexadecimal.
using Contents = std::unordered_map<std::string, std::int64_t>;

const CsvDialect k_meta_dialect;

/// The pending bookkeeping of one archive file.
struct Pending {
  std::string source;
  std::uint64_t replacement = 0;
  Contents contents;
};

std::uint64_t number_from(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Pending read_pending(const Folder& folder, const ArchiveNames& names) {
  ColumnChoice choice;
  choice.append({"source", "content_sha256", "replacement"});
  FileScan scan(folder, present_file(folder, names.pending), k_meta_dialect, choice);
  Pending pending;
  for (ScannedRecord line; scan.next(line);) {
    if (line.malformed) throw FileFault("archive file " + names.pending + " is damaged");
    pending.source = line.fields[0].bytes;
    ++pending.contents[std::string(line.fields[1].bytes)];
    pending.replacement = number_from(line.fields[2].bytes);
  }
  return pending;
}

bool was_replaced(const CsvTable& table, const Pending& pending) {
  return table.folder.has(pending.source) && table.folder.status(pending.source).st_ino == pending.replacement;
}

// The pending records that are still in the source, each as often as it is in both.
Contents still_live(const CsvTable& table, const Pending& pending) {
  Contents live;
  for (const auto& name : all_files(table)) {
    FileScan scan(table.folder, present_file(table.folder, name), table.dialect(), ColumnChoice());
    for (ScannedRecord record; scan.next(record);) {
      const std::string digest = to_hex(content_digest(record.raw.content));
      const auto waiting = pending.contents.find(digest);
      if (waiting == pending.contents.end()) continue;
      std::int64_t& found = live[digest];
      found = std::min(found + 1, waiting->second);
    }
  }
  return live;
}

bool is_withdrawn(Contents& live, const std::string& digest) {
  const auto found = live.find(digest);
  return found != live.end() && found->second-- > 0;
}

// Writes both files anew without the withdrawn records.
void withdraw_some(const Folder& folder, const CsvTable& table, const ArchiveNames& names, Contents live) {
  FileScan records(folder, present_file(folder, names.records), table.dialect(), ColumnChoice());
  FileScan lines(folder, present_file(folder, names.pending), k_meta_dialect, ColumnChoice());
  PairRewrite rewrite(folder, names, names.pending, records.head(), lines.head());
  ScannedRecord line;
  for (ScannedRecord record; records.next(record);) {
    if (!lines.next(line)) throw FileFault("archive file " + names.pending + " is damaged");
    if (!is_withdrawn(live, to_hex(content_digest(record.raw.content)))) rewrite.keep(record.raw.bytes, line.raw.bytes);
  }
  rewrite.finish();
  rewrite.put_in_place();
}

std::int64_t total(const Contents& contents) {
  std::int64_t sum = 0;
  for (const auto& [digest, count] : contents) sum += count;
  return sum;
}

void settle(const Folder& folder, const CsvTable& table, const ArchiveNames& names) {
  if (!folder.has(names.records)) return withdraw(folder, names);
  const Pending pending = read_pending(folder, names);
  if (was_replaced(table, pending)) return confirm(folder, names);
  const Contents live = still_live(table, pending);
  if (total(live) == total(pending.contents)) return withdraw(folder, names);
  if (!live.empty()) withdraw_some(folder, table, names, live);
  confirm(folder, names);
}

}  // namespace

StepResult SettleStep::remove() {
  StepResult result;
  for (const auto& name : m_tables) {
    with_context(m_context.dataset.name(), name, [&] {
      const CsvTable& table = m_context.dataset.table(name);
      const ArchiveFolder archive(m_context.target, m_context.dataset.name(), name);
      for (const auto& names : archive.pending()) settle(*archive.folder(), table, names);
    });
    result[name];
  }
  return result;
}

}  // namespace oubli::csv
