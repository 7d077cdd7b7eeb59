/// The certificate of destruction of one run: what `oubli ledger certificate` prints. All of it is from the ledger and
/// the texts that were approved; none of it is personal.
#pragma once

#include "oubli/model/residue_search.hpp"
#include "oubli/model/run_report.hpp"
#include "oubli/report/report.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace oubli {

struct Certificate {
  /// A table in which the run changed something.
  struct Table {
    std::string dataset;
    std::string table;
    Side side = Side::live;
    std::string policy;
    std::int64_t archived = 0;         ///< moved to the intermediate archive
    std::int64_t purged = 0;
    std::int64_t anonymised = 0;
    std::int64_t minimised = 0;
    std::int64_t minimised_there = 0;  ///< of the archived, in the archive
    std::int64_t remaining = 0;        ///< due, and not done
    std::map<std::string, std::int64_t> columns = {};  ///< records in which each was emptied or masked, there too
    std::string rules_digest;
    /// As compiled anew from the texts of then; absent where that doesn't give the same digest any more.
    std::optional<TableRules> rules = {};
  };
  /// What became of the removed bytes in one dataset's files.
  struct Erasure {
    std::string dataset;  ///< of an archive with "(archive)" after it
    DatasetKind kind = DatasetKind::sqlite;
    bool done = false;
    ResidueSearch search = {};
  };

  std::string run;
  std::string started_at;
  std::string finished_at;    ///< empty: the ledger has no end of it
  std::string status;         ///< "complete", "incomplete", "refused"; empty as above
  std::string version;        ///< of oubli
  std::string operated_by;    ///< may be empty
  std::string approved_by;
  std::string approved_at;
  std::string config_digest;
  std::vector<PolicyLine> policies;
  std::vector<Table> tables;
  std::int64_t untouched = 0; ///< tables it looked at and changed nothing in
  std::vector<Erasure> erasures;
  std::vector<std::string> external;  ///< kept elsewhere, and not looked at
  std::vector<std::string> failed;    ///< couldn't be read or fully changed
  std::int64_t first_entry = 0;
  std::int64_t last_entry = 0;
  std::string head;           ///< hash of its last entry
  bool is_chain_sound = false;
};
void write_certificate_text(std::ostream& out, const Certificate& certificate, const Style& style);
void write_certificate_json(std::ostream& out, const Certificate& certificate);

}  // namespace oubli
