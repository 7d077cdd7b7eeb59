#include "cli/interruption.hpp"

#include <array>
#include <csignal>

namespace oubli {

namespace {

constexpr std::array k_signals{SIGINT, SIGTERM, SIGHUP};

// The one thing that a signal handler may change and somebody else read.
volatile std::sig_atomic_t g_has_come = 0;

extern "C" void note_signal(int) { g_has_come = 1; }

void set_action(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  // Whatever waits goes on waiting; the second signal does what it always did.
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  sigaction(signal, &action, nullptr);
}

bool is_ignored(int signal) {
  struct sigaction action {};
  sigaction(signal, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

}  // namespace

Interruption::Interruption() {
  g_has_come = 0;
  for (const int signal : k_signals) {
    if (!is_ignored(signal)) set_action(signal, note_signal);
  }
}

Interruption::~Interruption() {
  for (const int signal : k_signals) {
    if (!is_ignored(signal)) set_action(signal, SIG_DFL);
  }
}

bool Interruption::has_come() const { return g_has_come != 0; }

}  // namespace oubli
