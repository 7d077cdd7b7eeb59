/// Digests by libcrypto's EVP interface.
#include "oubli/model/digest.hpp"

#include "oubli/diag/diagnostic.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <charconv>

namespace oubli {
namespace {

void require(bool done) {
  if (!done) throw Error(Cause::dataset, "libcrypto can't compute SHA-256");
}

}  // namespace

/// The fetched algorithm is kept: looking it up costs more than hashing a short record.
struct Sha256::Context {
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm{EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state{EVP_MD_CTX_new(), &EVP_MD_CTX_free};

  Context() { start(); }
  void start() const { require(algorithm && state && EVP_DigestInit_ex2(state.get(), algorithm.get(), nullptr) == 1); }
};

std::string to_hex(std::span<const unsigned char> bytes) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    text += k_digits[byte >> 4U];
    text += k_digits[byte & 15U];
  }
  return text;
}

std::optional<Digest> digest_from_hex(std::string_view text) {
  Digest digest{};
  if (text.size() != digest.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const char* const begin = text.data() + 2 * i;
    const auto [end, error] = std::from_chars(begin, begin + 2, digest[i], 16);
    if (error != std::errc() || end != begin + 2) return std::nullopt;
  }
  return digest;
}

Sha256::Sha256() : m_context(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  require(EVP_DigestUpdate(m_context->state.get(), bytes.data(), bytes.size()) == 1);
}

Digest Sha256::finish() {
  Digest digest{};
  require(EVP_DigestFinal_ex(m_context->state.get(), digest.data(), nullptr) == 1);
  m_context->start();
  return digest;
}

Digest sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

/// The key is set once: setting it costs more than hashing a short message.
struct HmacSha256::Context {
  std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> algorithm{EVP_MAC_fetch(nullptr, "HMAC", nullptr), &EVP_MAC_free};
  std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> keyed{EVP_MAC_CTX_new(algorithm.get()), &EVP_MAC_CTX_free};

  explicit Context(std::span<const unsigned char> key) {
    std::string hash = "SHA256";
    const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, hash.data(), 0),
                                OSSL_PARAM_construct_end()};
    // Without an address it would be no key at all, not one of no length.
    constexpr unsigned char k_none = 0;
    const unsigned char* const bytes = key.empty() ? &k_none : key.data();
    require(keyed && EVP_MAC_init(keyed.get(), bytes, key.size(), parameters.data()) == 1);
  }
};

HmacSha256::HmacSha256(std::span<const unsigned char> key) : m_context(std::make_unique<Context>(key)) {}
HmacSha256::~HmacSha256() = default;
HmacSha256::HmacSha256(HmacSha256&&) noexcept = default;
HmacSha256& HmacSha256::operator=(HmacSha256&&) noexcept = default;

Digest HmacSha256::operator()(std::string_view message) const {
  Digest digest{};
  std::size_t length = 0;
  EVP_MAC_CTX* const state = m_context->keyed.get();
  const auto* const bytes = reinterpret_cast<const unsigned char*>(message.data());
  require(EVP_MAC_init(state, nullptr, 0, nullptr) == 1 && EVP_MAC_update(state, bytes, message.size()) == 1 &&
          EVP_MAC_final(state, digest.data(), &length, digest.size()) == 1 && length == digest.size());
  return digest;
}

Digest hmac_sha256(std::span<const unsigned char> key, std::string_view bytes) { return HmacSha256(key)(bytes); }

std::string sha256_text(std::string_view bytes) { return "sha256:" + to_hex(sha256(bytes)); }

}  // namespace oubli
