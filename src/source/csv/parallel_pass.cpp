#include "source/csv/parallel_pass.hpp"

#include "source/csv/alike_records.hpp"
#include "source/csv/file_cuts.hpp"
#include "source/csv/record_judge.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace oubli::csv {

namespace {

constexpr std::int64_t k_to_the_end = std::numeric_limits<std::int64_t>::max();

/// Some of the table's bytes, and what reading them came to.
struct Stretch {
  std::size_t first_file = 0;
  std::optional<std::int64_t> begin{};  ///< in the first file, at a guess; absent: with its first record
  std::size_t last_file = 0;
  std::int64_t end = k_to_the_end;      ///< in the last file; a record that begins before it is read

  std::unique_ptr<RecordSink> sink{};
  std::int64_t rows = 0;                ///< read of the last file
  std::int64_t stopped_at = 0;          ///< in the last file; `k_to_the_end` after its last record
  std::exception_ptr fault{};
};

class ParallelPass {
 public:
  ParallelPass(CsvDataset& dataset, const TablePass& pass, RecordSink& sink, const PassWay& way)
      : m_dataset(dataset), m_pass(pass), m_table(dataset.table(pass.table->config.name)), m_sink(sink), m_way(way) {
    cut();
    // Each made here: they look things up in the dataset, which one thread alone may do.
    const std::size_t judges = std::min<std::size_t>(way.threads, m_stretches.size());
    for (std::size_t i = 0; i < judges; ++i) m_judges.push_back(std::make_unique<RecordJudge>(dataset, pass));
  }

  void run() {
    read_all();
    join_all();
    for (const auto& file : m_table.files) require_unchanged(m_table.folder, file);
  }

 private:
  // ---------------------------------------------------------------- cutting

  void cut() {
    std::int64_t total = 0;
    for (const auto& file : m_table.files) total += file.identity.size;
    const std::int64_t wanted = std::max(m_way.least_bytes, total / m_way.threads + 1);
    m_stretches.push_back({});
    std::int64_t left = wanted;
    for (std::size_t file = 0; file < m_table.files.size(); ++file) {
      const std::int64_t size = m_table.files[file].identity.size;
      if (file > 0 && (left <= 0 || m_stretches.back().begin)) begin_stretch(file, std::nullopt);
      m_stretches.back().last_file = file;
      if (left <= 0) left = wanted;
      for (std::int64_t at = left; size - at >= m_way.least_bytes; at += wanted) {
        cut_file(file, at);
        left += wanted;
      }
      left -= size;
    }
  }

  void begin_stretch(std::size_t file, std::optional<std::int64_t> begin) {
    Stretch stretch;
    stretch.first_file = stretch.last_file = file;
    stretch.begin = begin;
    m_stretches.push_back(std::move(stretch));
  }

  void cut_file(std::size_t file, std::int64_t at) {
    const auto begin = likely_begin(file, at);
    const bool is_further = begin && *begin > m_stretches.back().begin.value_or(0);
    if (!is_further) return;
    m_stretches.back().end = *begin;
    begin_stretch(file, begin);
  }

  [[nodiscard]] std::optional<std::int64_t> likely_begin(std::size_t file, std::int64_t from) const {
    try {
      const FileScan scan(m_table.folder, m_table.files[file], m_table.dialect(), ColumnChoice());
      return likely_record_begin(scan, m_table.dialect(), std::max(from, scan.records_begin()));
    } catch (const FileFault&) {
      return std::nullopt;  // told where the file is read, after what comes before it
    }
  }

  // ---------------------------------------------------------------- reading

  void read_all() {
    for (Stretch& stretch : m_stretches) stretch.sink = m_sink.part();
    std::atomic<std::size_t> next = 0;
    const auto work = [&](RecordJudge& judge) {
      for (std::size_t i = next++; i < m_stretches.size(); i = next++) read(judge, m_stretches[i]);
    };
    std::vector<std::jthread> others;
    try {
      for (std::size_t i = 1; i < m_judges.size(); ++i) others.emplace_back([&, i] { work(*m_judges[i]); });
    } catch (const std::system_error&) {
      // The machine has no more threads to give: those there are read everything.
    }
    work(*m_judges.front());
  }

  void read(RecordJudge& judge, Stretch& stretch) {
    const auto alike = AlikeRecords::of_pass(m_dataset, m_pass, *stretch.sink);
    try {
      for (std::size_t file = stretch.first_file; file <= stretch.last_file; ++file) {
        read(judge, stretch, file, alike.get());
      }
    } catch (...) {
      stretch.fault = std::current_exception();
    }
  }

  void read(RecordJudge& judge, Stretch& stretch, std::size_t file, AlikeRecords* alike) {
    const TableFile& read = m_table.files[file];
    FileScan scan(m_table.folder, read, m_table.dialect(), judge.layout().choice, Absent::refused, m_way.reading);
    if (file == stretch.first_file && stretch.begin) scan.start_at(*stretch.begin);
    if (file == stretch.last_file) scan.stop_at(stretch.end);
    judge_records(scan, judge, *stretch.sink, alike);
    stretch.rows = scan.rows();
    stretch.stopped_at = scan.has_stopped() ? scan.position() : k_to_the_end;
  }

  // ---------------------------------------------------------------- joining

  void join_all() {
    std::int64_t rows = 0;  // of the file that the last stretch ended in
    for (std::size_t i = 0; i < m_stretches.size(); ++i) {
      Stretch& stretch = m_stretches[i];
      if (stretch.begin && m_stretches[i - 1].stopped_at != *stretch.begin) read_again(stretch, m_stretches[i - 1]);
      const std::int64_t rows_before = stretch.begin ? rows : 0;
      m_sink.join(*stretch.sink, rows_before);
      stretch.sink.reset();
      if (stretch.fault) std::rethrow_exception(stretch.fault);
      const bool is_in_one_file = stretch.first_file == stretch.last_file;
      rows = stretch.rows + (is_in_one_file ? rows_before : 0);
    }
  }

  /// No record begins where it was thought to.
  void read_again(Stretch& stretch, const Stretch& before) {
    stretch.sink = m_sink.part();
    stretch.fault = nullptr;
    stretch.rows = 0;
    stretch.begin = before.stopped_at;
    stretch.stopped_at = before.stopped_at;
    if (before.stopped_at != k_to_the_end) read(*m_judges.front(), stretch);
  }

  CsvDataset& m_dataset;
  const TablePass& m_pass;
  const CsvTable& m_table;
  RecordSink& m_sink;
  PassWay m_way;
  std::vector<std::unique_ptr<RecordJudge>> m_judges;  // one a thread
  std::vector<Stretch> m_stretches;                    // in the records' order
};

bool is_worth_it(const CsvTable& table, const PassWay& way) {
  std::int64_t total = 0;
  for (const auto& file : table.files) total += file.identity.size;
  return way.threads > 1 && total >= 2 * way.least_bytes;
}

}  // namespace

bool pass_in_parallel(CsvDataset& dataset, const TablePass& pass, RecordSink& sink, const PassWay& way) {
  if (pass.only || !is_worth_it(dataset.table(pass.table->config.name), way)) return false;
  if (dataset.events().gives(*pass.table) || sink.part() == nullptr) return false;
  ParallelPass(dataset, pass, sink, way).run();
  return true;
}

}  // namespace oubli::csv
