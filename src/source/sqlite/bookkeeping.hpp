/// What the archive notes about a record, from its judgement and its fields.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/sqlite/archive_file.hpp"
#include "source/sqlite/value_statement.hpp"

#include <string>

namespace oubli::sqlite {

/// REQUIRES: the pass asked for the subject. `row` has all columns of `facts` in order. Identity and family are the caller's to fill in.
[[nodiscard]] ArchiveEntry archive_entry(const ArchiveTarget& target, const TableFacts& facts, const TablePass& pass,
                                         const JudgedRecord& record, const ValueStatement& row);

}  // namespace oubli::sqlite
