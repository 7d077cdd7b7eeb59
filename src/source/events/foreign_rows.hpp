/// How a source reads rows of any of its tables for events of another one (S11).
#pragma once

#include "oubli/model/rules.hpp"
#include "oubli/model/value.hpp"
#include "oubli/source/data_source.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace oubli::events {

/// How the values of two columns are compared when one points to the other.
struct KeyComparison {
  enum class Affinity : std::uint8_t { none, numeric, text };
  enum class Collation : std::uint8_t { binary, nocase, rtrim };
  Affinity affinity = Affinity::none;
  Collation collation = Collation::binary;
};

class ForeignRows {
 public:
  /// Gets the values of the wanted columns; none at all for a malformed row. They live for the call.
  using Use = std::function<void(std::span<const Value>)>;

  virtual ~ForeignRows() = default;

  /// Every row of a table, mapped or not; Side::archive: every archived row of it, pending ones
  /// included: where a record is in both, saying the same twice does no harm.
  virtual void for_each_row(const std::string& table, const std::vector<std::string>& columns, Side side,
                            const Use& use) = 0;

  /// False where a pass over a table passes some of its records by.
  [[nodiscard]] virtual bool shows_all(const std::string& /*table*/) const { return true; }

  /// One per pair of columns.
  [[nodiscard]] virtual std::vector<KeyComparison> comparisons(const Relation& relation) const = 0;
};

}  // namespace oubli::events
