/// The SQL of a pass over an archived table: its records with their bookkeeping.
#pragma once

#include "source/sqlite/open_archive.hpp"
#include "source/sqlite/pass.hpp"

#include <string>

namespace oubli::sqlite {

/// Where the fields of the result begin with.
enum ArchivedField : int {
  k_rowid,
  k_record,  ///< the line in oubli_records
  k_run,
  k_family,
  k_purposes,
  k_other_purposes,
  k_events,
  k_subject_digest,
  k_root,  ///< rowid of the archived record whose columns the rules read; NULL where it isn't there
  k_first_slot,
};

/// Whether the archived record itself has the column of its data subject, or would have.
[[nodiscard]] bool reads_subject(const TablePass& pass);

/// After the fields above: the slots; the personal columns; the key; the data subject where reads_subject; what more
/// the pass asks for; the parent's columns of each as_parent relation
/// and the child's of each as_child one, where it doesn't follow. A column that the archived table doesn't have is
/// NULL. REQUIRES: the table is archived.
[[nodiscard]] std::string archived_query(OpenArchive& archive, const TablePass& pass, Selection selection);

/// `'…'`, those inside doubled.
[[nodiscard]] std::string quoted_text(std::string_view text);

}  // namespace oubli::sqlite
