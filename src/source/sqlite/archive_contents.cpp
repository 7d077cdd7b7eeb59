#include "source/sqlite/archive_contents.hpp"

#include "source/sqlite/archived_query.hpp"
#include "source/sqlite/connection.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/open_archive.hpp"
#include "source/sqlite/restoring.hpp"
#include "source/sqlite/typed_bytes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>
#include <system_error>
#include <utility>

namespace oubli {
namespace sqlite {
namespace {

/// Each record, and each line of bookkeeping, of one archived table, whatever it lacks.
constexpr const char* k_confirmed = "b.state = 'confirmed'";

class TableLook {
 public:
  TableLook(OpenArchive& archive, std::string table) : m_archive(archive), m_name(std::move(table)) {
    m_contents.table = m_name;
  }

  void count() {
    m_contents.pending = number("SELECT count(*) FROM oubli_records AS b WHERE {0} AND b.state = 'pending'");
    each("SELECT b.run, count(*) FROM oubli_records AS b WHERE {0} AND {1} GROUP BY 1", [&](const ValueStatement& row) {
      m_contents.runs[std::string(row.column(0).bytes)] = row.column(1).integer;
      m_contents.records += row.column(1).integer;
    });
    each("SELECT b.purposes, count(*) FROM oubli_records AS b WHERE {0} AND {1} GROUP BY 1",
         [&](const ValueStatement& row) { count_purposes(row.column(0).bytes, row.column(1).integer); });
  }

  void count_orphans() {
    if (m_archive.find(m_name) == nullptr) {
      m_contents.without_record = number("SELECT count(*) FROM oubli_records AS b WHERE {0}");
      return;
    }
    m_contents.without_record = number(
        "SELECT count(*) FROM oubli_records AS b WHERE {0} AND NOT EXISTS "
        "(SELECT 1 FROM {2} AS t0 WHERE t0.{3} = b.archived_rowid)");
    m_contents.without_bookkeeping = number(
        "SELECT count(*) FROM {2} AS t0 WHERE NOT EXISTS "
        "(SELECT 1 FROM oubli_records AS b WHERE {0} AND b.archived_rowid = t0.{3})");
  }

  void check_contents() {
    if (m_archive.find(m_name) == nullptr) return;
    each("SELECT b.content_digest, t0.* FROM {2} AS t0 JOIN oubli_records AS b ON {0} AND b.archived_rowid = t0.{3}",
         [&](const ValueStatement& row) { m_contents.changed += is_as_noted(row) ? 0 : 1; });
  }

  void add_restoring(std::int64_t records) { m_contents.restoring += records; }
  [[nodiscard]] ArchivedTableContents contents() && { return std::move(m_contents); }

 private:
  /// {0} the table's lines, {1} the confirmed ones, {2} the archived table, {3} its rowid.
  [[nodiscard]] std::string words(const char* sql) {
    const ArchivedTable* const table = m_archive.find(m_name);
    return fmt::format(fmt::runtime(sql), fmt::format("b.source_table = {} COLLATE NOCASE", quoted_text(m_name)),
                       k_confirmed, table == nullptr ? "" : main_table(table->name), table == nullptr ? "" : table->rowid);
  }

  template <typename Use>
  void each(const char* sql, Use use) {
    ValueStatement rows(m_archive.file.database(), words(sql));
    while (rows.step()) use(rows);
  }

  [[nodiscard]] std::int64_t number(const char* sql) {
    std::int64_t result = 0;
    each(sql, [&](const ValueStatement& row) { result = row.column(0).integer; });
    return result;
  }

  void count_purposes(std::string_view text, std::int64_t records) {
    const auto names = nlohmann::json::parse(text, nullptr, false);
    if (!names.is_array()) {
      m_contents.unreadable.push_back(fmt::format("the purposes noted for {} record(s)", records));
      return;
    }
    for (const auto& name : names) {
      if (name.is_string()) m_contents.purposes[name.get<std::string>()] += records;
    }
  }

  // The source may have got columns since: these were added at the end, and are null in older records.
  [[nodiscard]] static bool is_as_noted(const ValueStatement& row) {
    const std::string noted(row.column(0).bytes);
    int columns = row.columns();
    do {
      std::string bytes;
      for (int i = 1; i < columns; ++i) append_typed(bytes, row.column(i));
      const Digest digest = sha256(bytes);
      if (noted == std::string(digest.begin(), digest.end())) return true;
    } while (--columns > 1 && row.column(columns).is_null());
    return false;
  }

  OpenArchive& m_archive;
  std::string m_name;
  ArchivedTableContents m_contents;
};

/// By what the archive has and what its bookkeeping names; SQLite folds letters in names.
std::vector<std::string> table_names(OpenArchive& archive) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    const auto is_it = [&](const std::string& known) { return same_name(known, name); };
    if (std::ranges::none_of(names, is_it)) names.push_back(name);
  };
  for (const ArchivedTable& table : archive.tables) add(table.name);
  ValueStatement rows(archive.file.database(), "SELECT DISTINCT source_table FROM oubli_records ORDER BY 1");
  while (rows.step()) add(std::string(rows.column(0).bytes));
  std::ranges::sort(names);
  return names;
}

void add_files(const std::filesystem::path& database, ArchiveContents& contents) {
  for (const char* companion : {"", "-journal", "-wal", "-shm"}) {
    const std::filesystem::path file = database.string() + companion;
    std::error_code none;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, none))) contents.files.push_back(file);
  }
}

ArchiveContents look_at(OpenArchive& archive, Contents contents) {
  ArchiveContents found;
  add_files(archive.file.path(), found);
  if (!archive.file.is_open()) return found;
  const auto returning = records_on_their_way(archive.file);
  for (const std::string& name : table_names(archive)) {
    TableLook look(archive, name);
    look.count();
    look.count_orphans();
    if (contents == Contents::checked) look.check_contents();
    look.add_restoring(std::ranges::count_if(
        returning, [&](const ReturningRecord& record) { return same_name(record.table, name); }));
    found.tables.push_back(std::move(look).contents());
  }
  return found;
}

ArchivedRecord read_record(OpenArchive& archive, const ArchivedPlace& place) {
  const ArchivedTable* const table = archive.find(place.table->config.name);
  const auto line =
      table == nullptr ? std::nullopt : returning_line(archive.file, place.table->config.name, place.row);
  if (!line) throw SQLite::Exception("an archived record has no bookkeeping");
  ValueStatement row(archive.file.database(),
                     fmt::format("SELECT * FROM {} AS t0 WHERE t0.{} = ?1", main_table(table->name), table->rowid));
  row.bind(0, Value::of(place.row));
  if (!row.step()) throw SQLite::Exception("bookkeeping has no archived record");
  ArchivedRecord record{line->run, {}};
  for (std::size_t i = 0; i < table->columns.size(); ++i) {
    const Value value = row.column(static_cast<int>(i));
    record.fields.push_back({table->columns[i], value.is_null() ? std::nullopt : std::optional(to_text(value))});
  }
  return record;
}

}  // namespace
}  // namespace sqlite

ArchiveContents sqlite_archive_contents(const RuledDataset& dataset, const ArchiveTarget& target, Contents contents) {
  return sqlite::in_step(dataset.config.name, "looking at the archive", [&] {
    sqlite::OpenArchive archive(dataset, target, Access::read);
    return sqlite::look_at(archive, contents);
  });
}

ArchivedRecord sqlite_archived_record(const RuledDataset& dataset, const ArchiveTarget& target,
                                      const ArchivedPlace& place) {
  return sqlite::in_step(dataset.config.name, "reading an archived record", [&] {
    sqlite::OpenArchive archive(dataset, target, Access::read);
    return sqlite::read_record(archive, place);
  });
}

}  // namespace oubli
