#include "oubli/model/record_subject.hpp"

namespace oubli {

Digest subject_digest(std::span<const unsigned char> key, const Value& subject) {
  return hmac_sha256(key, to_text(subject));
}

}  // namespace oubli
