/// SHA-256 and HMAC-SHA-256 over bytes (libcrypto).
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace oubli {

using Digest = std::array<unsigned char, 32>;

[[nodiscard]] std::string to_hex(std::span<const unsigned char> bytes);
/// What `to_hex` made of a digest; nothing for any other text.
[[nodiscard]] std::optional<Digest> digest_from_hex(std::string_view text);

/// An incremental SHA-256.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void update(std::string_view bytes);
  /// The digest of everything so far; ready for the next message afterwards.
  [[nodiscard]] Digest finish();

 private:
  struct Context;
  std::unique_ptr<Context> m_context;
};

[[nodiscard]] Digest sha256(std::string_view bytes);
[[nodiscard]] Digest hmac_sha256(std::span<const unsigned char> key, std::string_view bytes);

/// HMAC-SHA-256 with one key, for many messages: what depends on the key alone is computed once. Not for
/// concurrent use.
class HmacSha256 {
 public:
  explicit HmacSha256(std::span<const unsigned char> key);
  ~HmacSha256();
  HmacSha256(HmacSha256&&) noexcept;
  HmacSha256& operator=(HmacSha256&&) noexcept;
  [[nodiscard]] Digest operator()(std::string_view message) const;

 private:
  struct Context;
  std::unique_ptr<Context> m_context;
};

/// "sha256:<hex>".
[[nodiscard]] std::string sha256_text(std::string_view bytes);

}  // namespace oubli
