/// Names of tables and columns as SQL text. Every name in a statement of ours goes through here.
#pragma once

#include <string>
#include <string_view>

namespace oubli::sqlite {

/// The name between double quotes, those inside doubled: right for any name SQLite can hold.
[[nodiscard]] std::string quoted_name(std::string_view name);

/// `alias."name"`.
[[nodiscard]] std::string column_of(std::string_view alias, std::string_view name);

/// `main."name"`: never a table of the same name elsewhere.
[[nodiscard]] std::string main_table(std::string_view name);

/// SQLite compares names by folding ASCII letters.
[[nodiscard]] bool same_name(std::string_view left, std::string_view right);

}  // namespace oubli::sqlite
