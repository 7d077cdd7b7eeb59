/// Whose record it is, as far as its source can tell (S18).
#pragma once

#include "oubli/model/digest.hpp"
#include "oubli/model/value.hpp"

#include <cstdint>
#include <span>

namespace oubli {

struct RecordSubject {
  enum class State : std::uint8_t {
    nobody,   ///< its data subject is null, or it points to no record that has one
    known,    ///< `value` says who
    digest,   ///< an archived record, of which only the keyed digest is kept
    unknown,  ///< it points to a record that isn't there, or to several of different people
  };
  State state = State::nobody;
  Value value;  ///< lives as long as the record
  Digest digest{};

  [[nodiscard]] static RecordSubject of(const Value& value) {
    return {value.is_null() ? State::nobody : State::known, value, {}};
  }
  [[nodiscard]] static RecordSubject of_unknown() { return {State::unknown, {}, {}}; }
  [[nodiscard]] static RecordSubject of_digest(const Digest& digest) { return {State::digest, {}, digest}; }
};

/// The digest a data subject is known by: the value as a person types it (`to_text`), keyed by the
/// state's key. The archive's bookkeeping and the stops use the same.
[[nodiscard]] Digest subject_digest(std::span<const unsigned char> key, const Value& subject);

}  // namespace oubli
