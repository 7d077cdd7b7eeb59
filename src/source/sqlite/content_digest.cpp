#include "source/sqlite/content_digest.hpp"

#include "source/sqlite/typed_bytes.hpp"

namespace oubli::sqlite {

Digest content_digest(const ValueStatement& row) {
  std::string bytes;
  for (int i = 0; i < row.columns(); ++i) append_typed(bytes, row.column(i));
  return sha256(bytes);
}

Digest content_digest(const ValueStatement& row, std::span<const int> order) {
  std::string bytes;
  for (const int column : order) append_typed(bytes, row.column(column));
  return sha256(bytes);
}

}  // namespace oubli::sqlite
