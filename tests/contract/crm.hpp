/// The dataset of the contract suite: contacts, and notes that follow them.
#pragma once

#include "contract/harness.hpp"
#include "oubli/engine/decide.hpp"

#include <memory>
#include <string>
#include <vector>

namespace oubli::test {

/// A record as a pass delivered it, with texts of its own.
struct SeenRecord {
  Outcome outcome = Outcome::keep;
  std::int64_t row = 0;
  std::vector<std::string> values;
  std::vector<std::string> key;
  std::vector<RecordKey> as_parent;
  std::vector<RecordKey> as_child;
  std::string subject;  ///< its text; "?" where nobody can tell, "-" where it names nobody
  std::vector<std::string> more;
  std::string file = {};
  friend bool operator==(const SeenRecord&, const SeenRecord&) = default;
};

/// An opened dataset with rules: contacts are kept for three years from their last contact, then
/// purged or, in `Then::archive`, archived for ten. In `Then::minimise` a second purpose keeps them
/// for ten years, but not their e-mail and notes; in `Then::anonymise` they are anonymised, and
/// marked in a further column `gone_on`.
/// A contact's e-mail address tells whose record it is.
class Crm {
 public:
  enum class Then { purge, archive, minimise, anonymise };

  Crm(SourceKind kind, Then then);

  /// Opens the dataset, again where it is open, as a run of its own.
  void open(const std::string& run);
  /// Opens its archive instead, its records judged on another day.
  void open_archive(const std::string& run, Day as_of);
  /// What was opened is closed.
  void change_rules(Then then);
  /// Opens the archive to find the record with this key there, then the dataset, and puts it back.
  Restored restore(const std::string& table, const std::string& key);
  [[nodiscard]] Harness& harness() { return *m_harness; }
  [[nodiscard]] DataSource& source() { return *m_source; }
  [[nodiscard]] TablePass pass(const std::string& table) const;
  [[nodiscard]] std::vector<SeenRecord> records(const TablePass& pass);
  /// All due records of both tables, `expected` of each at most.
  [[nodiscard]] GroupPlan group(std::int64_t expected = 100, const GoingRecords* going = nullptr) const;
  /// Settles what an interrupted step left, then takes all the steps there are.
  StepResult enforce(const GroupPlan& plan);
  /// Rewrites a table, `expected` records at most, those `going` says.
  TableChange rewrite(const std::string& table, const GoingRecords& going, std::int64_t expected = 100);

 private:
  void judge_on(Day as_of);
  void make_rules(Then then);
  static void add_rewriting(Then then, TableRules& contacts);

  std::unique_ptr<Harness> m_harness;
  RuledDataset m_rules;
  std::vector<Matcher> m_matchers;  ///< by table
  std::unique_ptr<DataSource> m_source;
};

}  // namespace oubli::test
