#include "source/csv/record_end.hpp"

namespace oubli::csv {

std::size_t RecordEnd::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && !found()) {
    const State next = after(bytes[used]);
    if (m_state == State::field_start && next == State::quoted) m_last_quote = m_taken;
    m_state = next;
    ++used;
    ++m_taken;
  }
  return used;
}

RecordEnd::State RecordEnd::after(char byte) const {
  switch (m_state) {
    case State::field_start:
      return byte == m_quote ? State::quoted : after_unquoted(byte);
    case State::plain:
      return after_unquoted(byte);
    case State::quoted:
      return byte == m_quote ? State::after_quote : State::quoted;
    case State::after_quote:
      return byte == m_quote ? State::quoted : after_unquoted(byte);
    case State::ended:
      break;
  }
  return State::ended;
}

RecordEnd::State RecordEnd::after_unquoted(char byte) const {
  if (byte == '\n') return State::ended;
  return byte == m_delimiter ? State::field_start : State::plain;
}

}  // namespace oubli::csv
