#include "source/csv/record_index.hpp"

namespace oubli::csv {

namespace {

// Of a few ten thousand bytes of usual text, which so are still close to the processor when they are read.
constexpr std::size_t k_field_room = 4 * 1024;
constexpr std::size_t k_record_room = 1024;

}  // namespace

RecordIndex::RecordIndex(const StructureQuestion& question, Simd simd)
    : m_question(question),
      m_find(finder(simd)),
      m_field_ends(std::make_unique_for_overwrite<std::uint32_t[]>(k_field_room)),
      m_records(std::make_unique_for_overwrite<RecordMark[]>(k_record_room)),
      m_structure{m_field_ends.get(), k_field_room, m_records.get(), k_record_room} {}

void RecordIndex::build(const char* begin, const char* limit) {
  clear();
  m_begin = begin;
  m_find(begin, static_cast<std::size_t>(limit - begin), m_question, m_structure);
}

void RecordIndex::clear() {
  m_begin = nullptr;
  m_given = 0;
  m_given_fields = 0;
  m_structure.field_count = 0;
  m_structure.record_count = 0;
  m_structure.seen = 0;
}

}  // namespace oubli::csv
