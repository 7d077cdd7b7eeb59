/// What oubli tells a person about something that is wrong, and how it gives up.
///
/// Finding faults is normal work: readers and checks return `std::vector<Diagnostic>` with every
/// fault they met. `Error` is thrown when a run can't go on; only `main` turns it into text and
/// an exit code.
#pragma once

#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

enum class Severity { error, warning, finding };

/// Where a file says something. `line` and `column` count from 1, columns in UTF-8 code points;
/// 0 means unknown. `length` is how many columns the caret underlines.
struct SourceLocation {
  std::filesystem::path file;
  int line = 0;
  int column = 0;
  int length = 1;

  friend bool operator==(const SourceLocation&, const SourceLocation&) = default;
};

/// One finding for a person.
///
/// Holds no value read from a dataset: it names the table, the column and the row number instead
/// (GDPR art. 5(1)(c), art. 32). Text of a policy or config may be quoted.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;      ///< stable, listed in oubli(1): "period-unit"; empty for a failure of the run
  SourceLocation where;  ///< `file` empty: the message itself says where (dataset.table)
  std::string message;   ///< what is wrong; lower case, no full stop
  std::string hint;      ///< what to do, in the imperative; may be empty
  std::string excerpt;   ///< the source line at `where`, without its line end; may be empty
};

/// True when at least one diagnostic is an error.
[[nodiscard]] bool has_error(const std::vector<Diagnostic>& diagnostics);

/// Why a run can't go on; decides the exit code (oubli(1), EXIT STATUS).
enum class Cause {
  usage,    ///< wrong usage, policy or config
  dataset,  ///< a dataset, the archive or the state could not be read or changed
  refused,  ///< a safety limit, a missing approval, the clock
  locked,   ///< another run holds the lock
};

/// Thrown when a run can't go on. Adapters catch their library's exceptions and rethrow this.
class Error : public std::exception {
 public:
  Error(Cause cause, Diagnostic diagnostic);
  /// The usual short form: no source location.
  Error(Cause cause, std::string message, std::string hint = {});

  [[nodiscard]] const char* what() const noexcept override { return m_diagnostic.message.c_str(); }
  [[nodiscard]] const Diagnostic& diagnostic() const noexcept { return m_diagnostic; }
  [[nodiscard]] Cause cause() const noexcept { return m_cause; }

 private:
  Diagnostic m_diagnostic;
  Cause m_cause;
};

/// The candidate nearest to `word` by edit distance, for "did you mean"; empty when none is near.
[[nodiscard]] std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace oubli
