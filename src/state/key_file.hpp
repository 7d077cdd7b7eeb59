/// The key of the keyed digests, in `<state>.key` beside the state: without it a digest of a data
/// subject kept in the archive can't be traced back by guessing (GDPR art. 4(5), 32(1)(a)).
#pragma once

#include <array>
#include <filesystem>

namespace oubli::state {

using DigestKey = std::array<unsigned char, 32>;

[[nodiscard]] std::filesystem::path key_file_of(const std::filesystem::path& state_file);

/// Reads the key. Throws Error (Cause::dataset) when it is missing, has another size than 32 bytes,
/// or may be read by others than its owner.
[[nodiscard]] DigestKey read_key(const std::filesystem::path& state_file);

/// Makes a random key, mode 0600. A usable key that is already there stays: the digests of the
/// archive were made with it.
void create_key(const std::filesystem::path& state_file);

}  // namespace oubli::state
