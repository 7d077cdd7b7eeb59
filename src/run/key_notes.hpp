/// Notes the keys of the records that a run changes, as the sources tell them: digests in the state, beside the
/// ledger. They are durable before the change is, so that no record goes without; and confirmed once the step is
/// known to be carried out.
#pragma once

#include "oubli/model/changed_keys.hpp"
#include "oubli/model/digest.hpp"
#include "oubli/source/data_source.hpp"
#include "oubli/state/state.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli {

/// The digest of keys as a person types them: what they are in the data, in words.
class KeyDigester {
 public:
  explicit KeyDigester(const std::array<unsigned char, 32>& key) : m_digest(key) {}
  /// `key`: one text per key column.
  [[nodiscard]] KeyDigest of(const std::string& dataset, const std::string& table,
                             const std::vector<std::string>& key) const;

 private:
  HmacSha256 m_digest;
};

class KeyNotes {
 public:
  /// `state` outlives this.
  KeyNotes(State& state, std::string run) : m_state(state), m_run(std::move(run)), m_digester(state.digest_key()) {}

  [[nodiscard]] std::optional<KeyDigest> digest(const RuledTable& table, const JudgedRecord& record) const;
  void keep(const RuledTable& table, Side side, RecordChange change, const std::vector<KeyDigest>& keys);
  /// A step begins; what was told by one that failed is left unconfirmed.
  void step_begins() { m_told.clear(); }
  /// It has been carried out.
  void step_done();
  /// The run is over. Says what it has kept.
  [[nodiscard]] std::vector<KeptKeys> finish();

 private:
  State& m_state;
  std::string m_run;
  KeyDigester m_digester;
  std::vector<std::int64_t> m_told;  ///< by the step at hand
  std::vector<std::int64_t> m_done;  ///< by steps carried out, still to be confirmed
};

[[nodiscard]] std::string_view to_text(RecordChange change);

}  // namespace oubli
