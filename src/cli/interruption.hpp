/// Notices that somebody asks the process to end, so that a run can do so between two steps.
#pragma once

namespace oubli {

/// While one lives, the first SIGINT, SIGTERM or SIGHUP is only noted; a second of the same kind ends the process
/// at once, as a crash would. A signal that was ignored stays ignored (nohup). One at a time.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  [[nodiscard]] bool has_come() const;
};

}  // namespace oubli
