/// HMAC-SHA-256 with one key over many short messages (libcrypto).
#pragma once

#include "oubli/model/digest.hpp"

#include <memory>
#include <span>
#include <string_view>

namespace oubli {

/// What depends on the key alone is computed once. Not for concurrent use.
class KeyedDigest {
 public:
  explicit KeyedDigest(std::span<const unsigned char> key);
  ~KeyedDigest();
  KeyedDigest(KeyedDigest&&) noexcept;
  KeyedDigest& operator=(KeyedDigest&&) noexcept;

  /// The same as hmac_sha256.
  [[nodiscard]] Digest of(std::string_view message) const;

 private:
  struct Contexts;
  std::unique_ptr<Contexts> m_contexts;
};

}  // namespace oubli
