#include "contract/harness.hpp"

#include "oubli/source/memory_source.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace oubli::test {

namespace {

// ---------------------------------------------------------------- memory

OwnedValue owned(const std::string& text) {
  return text.empty() ? OwnedValue{} : OwnedValue{Value::Type::text, 0, 0, text};
}

Rows texts(const std::vector<std::vector<OwnedValue>>& rows) {
  Rows result;
  for (const auto& row : rows) {
    result.emplace_back();
    for (const OwnedValue& value : row) result.back().push_back(value.bytes);
  }
  return result;
}

class MemoryHarness : public Harness {
 public:
  explicit MemoryHarness(const std::vector<TableText>& tables) {
    for (const TableText& text : tables) {
      MemoryTable table;
      table.schema.name = text.name;
      for (const std::string& column : text.columns) table.schema.columns.push_back({column, {}, false, false});
      table.schema.primary_key = {text.columns.front()};
      for (const auto& row : text.rows) {
        table.rows.emplace_back();
        for (const std::string& field : row) table.rows.back().push_back(owned(field));
      }
      m_dataset.tables.push_back(std::move(table));
    }
  }

  void describe(DatasetConfig& /*config*/) const override {}
  [[nodiscard]] std::unique_ptr<DataSource> open(const DatasetConfig& /*config*/) override {
    return open_memory_source(m_dataset);
  }
  [[nodiscard]] std::unique_ptr<DataSource> open_archive(const RuledDataset& rules,
                                                         const ArchiveTarget& /*target*/) override {
    auto archive = open_memory_archive(m_dataset);
    archive->set_rules(rules);
    return archive;
  }
  [[nodiscard]] Rows rows(const std::string& table) override { return texts(find(m_dataset.tables, table)->rows); }
  [[nodiscard]] Rows archived(const std::string& table) override {
    const MemoryTable* const found = find(m_dataset.archive, table);
    return found == nullptr ? Rows() : texts(found->rows);
  }
  void change(const std::string& table, const std::string& key, const std::string& column,
              const std::string& text) override {
    MemoryTable& its = *find(m_dataset.tables, table);
    const auto at = std::ranges::find(its.schema.columns, column, &ColumnSchema::name) - its.schema.columns.begin();
    for (auto& row : its.rows) {
      if (row.front().bytes == key) row.at(static_cast<std::size_t>(at)) = owned(text);
    }
  }
  void add(const std::string& table, const std::vector<std::string>& row) override {
    auto& fields = find(m_dataset.tables, table)->rows.emplace_back();
    for (const std::string& field : row) fields.push_back(owned(field));
  }
  [[nodiscard]] std::filesystem::path archive_folder() const override { return {}; }

 private:
  static MemoryTable* find(std::vector<MemoryTable>& tables, const std::string& name) {
    const auto found = std::ranges::find(tables, name, [](const MemoryTable& table) { return table.schema.name; });
    return found == tables.end() ? nullptr : &*found;
  }
  MemoryDataset m_dataset;
};

/// A folder with the dataset and its archive.
class FileHarness : public Harness {
 public:
  FileHarness() {
    std::filesystem::create_directory(archive_folder());
    std::filesystem::permissions(archive_folder(), std::filesystem::perms::owner_all);
  }
  [[nodiscard]] std::unique_ptr<DataSource> open(const DatasetConfig& config) override {
    return open_source(config, Access::enforce);
  }
  [[nodiscard]] std::unique_ptr<DataSource> open_archive(const RuledDataset& rules,
                                                         const ArchiveTarget& target) override {
    return oubli::open_archive(rules, target, Access::enforce);
  }
  [[nodiscard]] std::filesystem::path archive_folder() const override { return m_folder / "archive"; }

 protected:
  [[nodiscard]] const TemporaryFolder& folder() const { return m_folder; }

 private:
  TemporaryFolder m_folder;
};

// ---------------------------------------------------------------- SQLite

Rows select_all(const std::filesystem::path& file, const std::string& table, std::size_t columns) {
  Rows rows;
  const SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
  if (!database.tableExists(table)) return rows;
  SQLite::Statement statement(database, fmt::format("SELECT * FROM \"{}\" ORDER BY rowid", table));
  while (statement.executeStep()) {
    rows.emplace_back();
    for (std::size_t i = 0; i < columns; ++i) {
      rows.back().push_back(statement.getColumn(static_cast<int>(i)).getString());
    }
  }
  return rows;
}

class SqliteHarness : public FileHarness {
 public:
  explicit SqliteHarness(const std::vector<TableText>& tables) : m_tables(tables) {
    SQLite::Database database(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA journal_mode=WAL");  // others may write while the source reads
    for (const TableText& table : tables) {
      database.exec(fmt::format("CREATE TABLE \"{}\" ({} TEXT, PRIMARY KEY ({}))", table.name,
                                fmt::join(table.columns, " TEXT, "), table.columns.front()));
      for (const auto& row : table.rows) insert(database, table.name, row);
    }
  }

  void describe(DatasetConfig& config) const override {
    config.kind = DatasetKind::sqlite;
    config.path = file();
  }
  [[nodiscard]] Rows rows(const std::string& table) override { return select_all(file(), table, width(table)); }
  [[nodiscard]] Rows archived(const std::string& table) override {
    const std::filesystem::path archive = archive_folder() / "crm.db";
    return std::filesystem::exists(archive) ? select_all(archive, table, width(table)) : Rows();
  }
  void change(const std::string& table, const std::string& key, const std::string& column,
              const std::string& text) override {
    SQLite::Database database(file().string(), SQLite::OPEN_READWRITE);
    SQLite::Statement statement(database, fmt::format("UPDATE \"{}\" SET \"{}\" = ? WHERE id = ?", table, column));
    text.empty() ? statement.bind(1) : statement.bind(1, text);
    statement.bind(2, key);
    statement.exec();
  }
  void add(const std::string& table, const std::vector<std::string>& row) override {
    SQLite::Database database(file().string(), SQLite::OPEN_READWRITE);
    insert(database, table, row);
  }

 private:
  [[nodiscard]] std::filesystem::path file() const { return folder() / "crm.db"; }
  [[nodiscard]] std::size_t width(const std::string& table) const {
    return std::ranges::find(m_tables, table, &TableText::name)->columns.size();
  }
  static void insert(SQLite::Database& database, const std::string& table, const std::vector<std::string>& row) {
    const std::vector<std::string> marks(row.size(), "?");
    SQLite::Statement statement(database, fmt::format("INSERT INTO \"{}\" VALUES ({})", table, fmt::join(marks, ", ")));
    int parameter = 0;
    for (const std::string& field : row) {
      ++parameter;
      if (!field.empty()) statement.bind(parameter, field);
    }
    statement.exec();
  }
  std::vector<TableText> m_tables;
};

// ---------------------------------------------------------------- CSV

std::string line(const std::vector<std::string>& fields) { return fmt::format("{}\n", fmt::join(fields, ",")); }

Rows split(const std::string& text) {
  Rows rows;
  std::istringstream lines(text);
  for (std::string one; std::getline(lines, one);) {
    rows.emplace_back();
    std::istringstream fields(one + ",");
    for (std::string field; std::getline(fields, field, ',');) rows.back().push_back(field);
  }
  rows.erase(rows.begin());  // the header
  return rows;
}

class CsvHarness : public FileHarness {
 public:
  explicit CsvHarness(const std::vector<TableText>& tables) {
    for (const TableText& table : tables) write(table.name, table.columns, table.rows);
  }

  void describe(DatasetConfig& config) const override {
    config.kind = DatasetKind::csv;
    for (TableConfig& table : config.tables) {
      table.files.emplace();
      table.files->glob = file(table.name);
    }
  }
  [[nodiscard]] Rows rows(const std::string& table) override { return split(read_file(file(table))); }
  [[nodiscard]] Rows archived(const std::string& table) override {
    Rows rows;
    const std::filesystem::path archive = archive_folder() / ("crm." + table);
    if (!std::filesystem::exists(archive)) return rows;
    for (const auto& entry : std::filesystem::directory_iterator(archive)) {
      const std::string name = entry.path().filename().string();
      if (!name.ends_with(".csv") || name.ends_with(".meta.csv")) continue;
      const Rows part = split(read_file(entry.path()));
      rows.insert(rows.end(), part.begin(), part.end());
    }
    std::ranges::sort(rows);
    return rows;
  }
  void change(const std::string& table, const std::string& key, const std::string& column,
              const std::string& text) override {
    const std::string content = read_file(file(table));
    std::vector<std::string> header;
    std::istringstream fields(content.substr(0, content.find('\n')) + ",");
    for (std::string field; std::getline(fields, field, ',');) header.push_back(field);
    Rows changed = split(content);
    const auto at = std::ranges::find(header, column) - header.begin();
    for (auto& row : changed) {
      if (row.front() == key) row.at(static_cast<std::size_t>(at)) = text;
    }
    write(table, header, changed);
  }
  void add(const std::string& table, const std::vector<std::string>& row) override {
    static_cast<void>(folder().write(table + ".csv", read_file(file(table)) + line(row)));
  }

 private:
  [[nodiscard]] std::filesystem::path file(const std::string& table) const { return folder() / (table + ".csv"); }
  void write(const std::string& table, const std::vector<std::string>& header, const Rows& its_rows) {
    std::string text = line(header);
    for (const auto& row : its_rows) text += line(row);
    static_cast<void>(folder().write(table + ".csv", text));
  }
};

}  // namespace

std::unique_ptr<Harness> make_harness(SourceKind kind, const std::vector<TableText>& tables) {
  switch (kind) {
    case SourceKind::memory:
      return std::make_unique<MemoryHarness>(tables);
    case SourceKind::sqlite:
      return std::make_unique<SqliteHarness>(tables);
    case SourceKind::csv:
      return std::make_unique<CsvHarness>(tables);
  }
  throw std::logic_error("no such kind of source");
}

}  // namespace oubli::test
