#include "source/csv/csv_rewriting.hpp"

#include "source/csv/fault.hpp"
#include "source/csv/field_writer.hpp"
#include "source/csv/record_judge.hpp"
#include "source/csv/replacement.hpp"
#include "source/noted_keys.hpp"
#include "source/rewrite.hpp"

#include <algorithm>

namespace oubli::csv {

namespace {

/// The tables whose records decide on those of a table that follows them.
std::vector<std::string> tables_above(const RuledDataset& rules, const RuledTable& table) {
  std::vector<std::string> names;
  const RuledTable* at = &table;
  while (at->config.follows && names.size() < rules.tables.size()) {
    names.push_back(at->config.follows->parent.name);
    const auto next = std::find_if(rules.tables.begin(), rules.tables.end(),
                                   [&](const RuledTable& other) { return other.config.name == names.back(); });
    if (next == rules.tables.end()) break;
    at = &*next;
  }
  return names;
}

class CsvRewriting : public Rewriting {
 public:
  CsvRewriting(CsvDataset& dataset, const TablePlan& plan, const GoingRecords& going)
      : m_dataset(dataset),
        m_plan(plan),
        m_going(going),
        m_table(dataset.table(plan.pass.table->config.name)),
        m_rewrite(plan.pass.table->rules, plan.pass.matcher->days()),
        m_writer(m_table.dialect()) {
    for (const PersonalColumn& column : plan.pass.table->rules.personal) {
      for (const Mask* mask : {&column.minimised, &column.anonymised}) {
        if (mask->kind == Mask::Kind::constant) m_writer.require_writable(column.column, mask->constant);
      }
    }
  }

  [[nodiscard]] std::optional<TableChange> next(StepLimit) override {
    return with_context(m_dataset.name(), m_plan.pass.table->config.name, [&]() -> std::optional<TableChange> {
      while (m_file < m_table.files.size() && !has_records()) ++m_file;
      if (m_file == m_table.files.size()) return std::nullopt;
      return rewrite_file(m_file++);
    });
  }

 private:
  [[nodiscard]] bool is_next(RecordJudge& judge, const ScannedRecord& record, const FileScan& scan) const {
    return judge.judge(record, scan.file().name) && m_going.is_rewritten(*m_plan.pass.table, judge.judged());
  }

  [[nodiscard]] bool has_records() {
    if (m_taken >= m_plan.expected) return false;
    RecordJudge judge(m_dataset, m_plan.pass);
    FileScan scan(m_table.folder, m_table.files[m_file], m_table.dialect(), judge.layout().choice);
    for (ScannedRecord record; scan.next(record);) {
      if (is_next(judge, record, scan)) return true;
    }
    return false;
  }

  TableChange rewrite_file(std::size_t file) {
    const FolderLock lock(m_table.folder.path());
    const auto guard = m_going.begin_step();
    RecordJudge judge(m_dataset, m_plan.pass);
    FileScan scan(m_table.folder, m_table.files[file], m_table.dialect(), judge.layout().choice);
    Replacement replacement(m_table.folder, scan.file(), scan.descriptor());
    NotedKeys keys(&m_going);
    TableChange change = copy(judge, scan, replacement, keys);
    require_unchanged_above();
    keys.tell();
    replacement.put_in_place();
    replacement.carry_over(scan.file().identity.size);
    m_table.files[file] = replacement.file();
    m_dataset.forget_indices();
    return change;
  }

  TableChange copy(RecordJudge& judge, FileScan& scan, Replacement& replacement, NotedKeys& keys) {
    TableChange change;
    std::int64_t end = scan.records_begin();
    replacement.keep(0, end);
    for (ScannedRecord record; scan.next(record); end = record.raw.end) {
      if (m_taken < m_plan.expected && is_next(judge, record, scan)) {
        ++m_taken;
        replacement.write(rewritten(judge, scan, record));
        m_rewrite.count(judge.judged(), change);
        keys.add_rewritten(m_plan.pass, judge.judged());
      } else {
        replacement.keep(record.raw.begin, record.raw.end);
      }
    }
    replacement.keep(end, scan.file().identity.size);  // empty lines at the end
    replacement.finish();
    return change;
  }

  [[nodiscard]] std::string rewritten(const RecordJudge& judge, const FileScan& scan, const ScannedRecord& record) {
    std::vector<FieldText> fields;
    for (const NewField& field : m_rewrite.of(judge.judged())) {
      const std::size_t place = scan.place_of(judge.layout().rewritable.at(field.column));
      fields.push_back({place, std::string(field.value.bytes)});
    }
    return m_writer.rewritten(record.raw, std::move(fields));
  }

  /// Another program may have given a parent a later day since.
  void require_unchanged_above() {
    for (const std::string& name : tables_above(m_dataset.rules(), *m_plan.pass.table)) {
      const CsvTable& above = m_dataset.table(name);
      for (const auto& file : above.files) require_unchanged(above.folder, file);
    }
    for (const std::string& name : m_dataset.events().tables_for(*m_plan.pass.table)) {
      require_same_files(m_dataset.table(name));
    }
  }

  CsvDataset& m_dataset;
  const TablePlan& m_plan;
  const GoingRecords& m_going;
  CsvTable& m_table;
  RecordRewrite m_rewrite;
  FieldWriter m_writer;
  std::size_t m_file = 0;
  std::int64_t m_taken = 0;
};

}  // namespace

std::unique_ptr<Rewriting> start_rewriting(CsvDataset& dataset, const TablePlan& plan, const GoingRecords& going) {
  return std::make_unique<CsvRewriting>(dataset, plan, going);
}

}  // namespace oubli::csv
