/// Writes a new file in big pieces, keeping its digest for the read-back.
#pragma once

#include "oubli/model/digest.hpp"
#include "source/csv/file_system.hpp"

#include <string>
#include <string_view>

namespace oubli::csv {

/// Removes the file again unless it was `finish`ed.
class FileWriter {
 public:
  /// Replaces a file of that name left by an interrupted run.
  FileWriter(const Folder& folder, std::string name);
  ~FileWriter();
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  void write(std::string_view bytes);
  /// Flushes it to disk and closes it.
  [[nodiscard]] Digest finish();

 private:
  void write_out();

  const Folder& m_folder;
  std::string m_name;
  Descriptor m_file;
  std::string m_waiting;
  Sha256 m_digest;
  bool m_finished = false;
};

/// The digest of a file as it can be read now.
[[nodiscard]] Digest digest_of_file(const Folder& folder, const std::string& name);

}  // namespace oubli::csv
