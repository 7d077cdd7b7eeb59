#include "source/csv/restoring.hpp"

#include "source/csv/live_contents.hpp"
#include "source/csv/replacement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace oubli::csv {

namespace {

const CsvDialect k_dialect;
constexpr std::string_view k_header = "pair_sha256,row,content_sha256,live_before\r\n";

std::int64_t number_from(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// What a note says.
struct Note {
  std::string pair;  ///< the digest of its records file, in hexadecimal
  std::vector<NotedReturn> records;
};

Note read_note(const Folder& folder, const ArchiveNames& names) {
  ColumnChoice choice;
  choice.append({"pair_sha256", "row", "content_sha256", "live_before"});
  FileScan scan(folder, present_file(folder, names.restoring), k_dialect, choice);
  Note note;
  for (ScannedRecord line; scan.next(line);) {
    if (line.malformed) throw FileFault("archive file " + names.restoring + " is damaged");
    note.pair = line.fields[0].bytes;
    note.records.push_back({number_from(line.fields[1].bytes), std::string(line.fields[2].bytes),
                            number_from(line.fields[3].bytes)});
  }
  return note;
}

bool came_back(const CsvTable& table, const std::vector<NotedReturn>& records) {
  std::set<std::string> digests;
  for (const auto& record : records) digests.insert(record.digest);
  const auto counts = live_counts(table, digests);
  return std::ranges::all_of(records, [&](const NotedReturn& record) {
    const auto returning = std::ranges::count(records, record.digest, &NotedReturn::digest);
    return counts.at(record.digest) >= record.live_before + returning;
  });
}

}  // namespace

void note_on_their_way(const Folder& folder, const ArchiveNames& names, const std::vector<NotedReturn>& records) {
  const std::string unfinished = names.restoring + ".tmp";
  const std::string pair = to_hex(digest_of_file(folder, names.records));
  FileWriter note(folder, unfinished);
  note.write(k_header);
  for (const auto& record : records)
    note.write(fmt::format("{},{},{},{}\r\n", pair, record.row, record.digest, record.live_before));
  static_cast<void>(note.finish());
  folder.rename(unfinished, names.restoring);
  folder.flush();
}

void take_out(const Folder& folder, const CsvDialect& dialect, const ArchiveNames& names,
              const std::vector<NotedReturn>& records) {
  FileScan scan(folder, present_file(folder, names.records), dialect, ColumnChoice());
  FileScan lines(folder, present_file(folder, names.meta), k_dialect, ColumnChoice());
  PairRewrite rewrite(folder, names, names.meta, scan.head(), lines.head());
  ScannedRecord line;
  for (ScannedRecord record; scan.next(record);) {
    if (!lines.next(line)) throw FileFault("archive file " + names.meta + " is damaged");
    const bool goes = std::ranges::count(records, record.row, &NotedReturn::row) > 0;
    if (!goes) rewrite.keep(record.raw.bytes, line.raw.bytes);
  }
  rewrite.finish();
  rewrite.put_in_place();
  forget_on_their_way(folder, names);
}

void forget_on_their_way(const Folder& folder, const ArchiveNames& names) {
  folder.remove(names.restoring);
  folder.flush();
}

void settle_restored(const CsvTable& table, const ArchiveFolder& archive) {
  for (const auto& names : archive.restoring()) {
    const Folder& folder = *archive.folder();
    for (const auto& file : table.files) remove_unfinished(table.folder, file.name);
    const Note note = read_note(folder, names);
    const bool is_as_noted = folder.has(names.records) && to_hex(digest_of_file(folder, names.records)) == note.pair;
    if (is_as_noted && came_back(table, note.records))
      take_out(folder, table.dialect(), names, note.records);
    else
      forget_on_their_way(folder, names);
  }
}

}  // namespace oubli::csv
