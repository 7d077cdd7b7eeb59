// RFC 2104: SHA-256(key ⊕ opad ‖ SHA-256(key ⊕ ipad ‖ message)). The state of each hash after its first block
// depends on the key alone, and is copied for every message.
#include "oubli/model/keyed_digest.hpp"

#include "oubli/diag/diagnostic.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace oubli {

namespace {

constexpr std::size_t k_block = 64;
constexpr unsigned char k_inner = 0x36;
constexpr unsigned char k_outer = 0x5C;

using Block = std::array<unsigned char, k_block>;

void require(bool done) {
  if (!done) throw Error(Cause::dataset, "libcrypto can't compute SHA-256");
}

struct Context {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  [[nodiscard]] EVP_MD_CTX* get() const { return state.get(); }
};

Block padded(std::span<const unsigned char> key, unsigned char pad) {
  Block block{};
  if (key.size() <= k_block) {
    std::ranges::copy(key, block.begin());
  } else {
    const auto digest = sha256({reinterpret_cast<const char*>(key.data()), key.size()});
    std::ranges::copy(digest, block.begin());
  }
  for (auto& byte : block) byte ^= pad;
  return block;
}

}  // namespace

struct KeyedDigest::Contexts {
  Context inner;
  Context outer;
  Context at_work;

  static void start(const Context& context, const Block& block) {
    require(context.state && EVP_DigestInit_ex2(context.get(), EVP_sha256(), nullptr) == 1 &&
            EVP_DigestUpdate(context.get(), block.data(), block.size()) == 1);
  }

  [[nodiscard]] Digest finished(const Context& begun, const void* bytes, std::size_t size) const {
    Digest digest{};
    require(EVP_MD_CTX_copy_ex(at_work.get(), begun.get()) == 1 &&
            EVP_DigestUpdate(at_work.get(), bytes, size) == 1 &&
            EVP_DigestFinal_ex(at_work.get(), digest.data(), nullptr) == 1);
    return digest;
  }
};

KeyedDigest::KeyedDigest(std::span<const unsigned char> key) : m_contexts(std::make_unique<Contexts>()) {
  Contexts::start(m_contexts->inner, padded(key, k_inner));
  Contexts::start(m_contexts->outer, padded(key, k_outer));
  require(m_contexts->at_work.state != nullptr);
}

KeyedDigest::~KeyedDigest() = default;
KeyedDigest::KeyedDigest(KeyedDigest&&) noexcept = default;
KeyedDigest& KeyedDigest::operator=(KeyedDigest&&) noexcept = default;

Digest KeyedDigest::of(std::string_view message) const {
  const auto inner = m_contexts->finished(m_contexts->inner, message.data(), message.size());
  return m_contexts->finished(m_contexts->outer, inner.data(), inner.size());
}

}  // namespace oubli
