#include "source/csv/file_writer.hpp"

#include <utility>

namespace oubli::csv {

namespace {
constexpr std::size_t k_piece_bytes = 256 * 1024;
}

FileWriter::FileWriter(const Folder& folder, std::string name) : m_folder(folder), m_name(std::move(name)) {
  m_folder.remove(m_name);
  m_file = m_folder.create_file(m_name);
}

FileWriter::~FileWriter() {
  if (m_finished) return;
  try {
    m_folder.remove(m_name);
  } catch (const FileFault&) {
    // The next run replaces it.
  }
}

void FileWriter::write(std::string_view bytes) {
  m_waiting.append(bytes);
  if (m_waiting.size() >= k_piece_bytes) write_out();
}

void FileWriter::write_out() {
  m_digest.update(m_waiting);
  write_all(m_file, m_waiting, m_name);
  m_waiting.clear();
}

Digest FileWriter::finish() {
  write_out();
  flush_file(m_file, m_name);
  m_file.close(m_name);
  m_finished = true;
  return m_digest.finish();
}

Digest digest_of_file(const Folder& folder, const std::string& name) {
  const Descriptor file = folder.open_file(name);
  std::string piece(k_piece_bytes, '\0');
  Sha256 digest;
  std::int64_t offset = 0;
  for (std::size_t got = piece.size(); got == piece.size(); offset += static_cast<std::int64_t>(got)) {
    got = read_at(file, piece.data(), piece.size(), offset, name);
    digest.update(std::string_view(piece).substr(0, got));
  }
  return digest.finish();
}

}  // namespace oubli::csv
