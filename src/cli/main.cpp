/// The only place that knows the process: its streams, its clock, its environment, its exit code.
#include "cli/commands.hpp"
#include "oubli/report/report.hpp"
#include "source/csv/structure.hpp"

#include <sys/ioctl.h>
#include <syslog.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <iostream>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace {

using namespace oubli;

int terminal_columns() {
  ::winsize size{};
  constexpr int k_usual = 80;
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return k_usual;
  return size.ws_col;
}

/// Empty where it isn't set.
std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool wants_colour(const std::string& colour, bool is_terminal) {
  if (colour != "auto") return colour == "always";
  return is_terminal && variable("NO_COLOR").empty();
}

void write_error(const Error& error, const Shell& shell) {
  const auto& diagnostic = error.diagnostic();
  if (!diagnostic.where.file.empty()) {
    write_diagnostic(shell.err, diagnostic, {shell.colour, shell.columns});
    return;
  }
  shell.err << "oubli: error: " << diagnostic.message << '\n';
  if (!diagnostic.hint.empty()) shell.err << "hint: " << diagnostic.hint << '\n';
}

// CLI11 says only "A subcommand is required" of a mistyped one: name the nearest right one.
std::string with_nearest_command(const CLI::ParseError& error, const CLI::App& app) {
  const auto unknown = app.remaining();
  std::string message = error.what();
  if (unknown.empty()) return message;
  std::vector<std::string> names;
  for (const auto& command : commands()) names.emplace_back(command.name);
  const auto near = nearest_word(unknown.front(), names);
  return near.empty() ? message : message + "; did you mean " + near + "?";
}

bool is_command(const std::string& argument) {
  return std::ranges::any_of(commands(), [&](const Command& command) { return argument == command.name; });
}

// Without a command, oubli prints the status; `oubli --config F` then means `oubli status --config F`.
std::vector<std::string> with_command(std::vector<std::string> arguments) {
  const bool asks_for_help = std::ranges::any_of(
      arguments, [](const std::string& a) { return a == "--help" || a == "-h" || a == "--version"; });
  const bool has_word = !arguments.empty() && !arguments.front().starts_with('-');
  if (asks_for_help || has_word || std::ranges::any_of(arguments, is_command)) return arguments;
  arguments.insert(arguments.begin(), "status");
  return arguments;
}

ExitCode run(CLI::App& app, Shell& shell, const ExitCode& exit_code, std::vector<std::string> arguments) {
  try {
    if (const auto simd = variable("OUBLI_SIMD"); !simd.empty()) csv::use_simd(simd);
    std::ranges::reverse(arguments);  // CLI11 takes them from the back
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp& help) {
    return static_cast<ExitCode>(app.exit(help, shell.out, shell.err));
  } catch (const CLI::CallForVersion& version) {
    return static_cast<ExitCode>(app.exit(version, shell.out, shell.err));
  } catch (const CLI::ParseError& error) {
    shell.err << "oubli: error: " << with_nearest_command(error, app) << "\nhint: run `oubli --help`\n";
    return ExitCode::usage;
  } catch (const Error& error) {
    write_error(error, shell);
    return oubli::exit_code(error.cause());
  } catch (const std::exception& error) {
    shell.err << "oubli: error: " << error.what() << '\n';
    return ExitCode::dataset;
  }
  return exit_code;
}

// Whether a daemon takes it, nobody is told: syslog(3) knows no failure.
void write_to_system_log(LogLevel level, const std::string& line) {
  ::openlog("oubli", LOG_PID, LOG_USER);
  ::syslog(level == LogLevel::info ? LOG_NOTICE : LOG_WARNING, "%s", line.c_str());
  ::closelog();
}

// A report that could not be written is no success, whatever was done (I6).
ExitCode after_writing(ExitCode code, Shell& shell) {
  shell.out.flush();
  if (shell.out.good()) return code;
  shell.err << "oubli: error: the report could not be written to stdout\n";
  return worse(code, ExitCode::dataset);
}

// Where one of the three streams is closed, the next file to be opened would take its number, and what is meant for
// the stream would be written into that file. What stands in can't be written: the report is then known to be lost.
void keep_standard_numbers_taken() {
  for (int number = STDIN_FILENO; number <= STDERR_FILENO; ++number) {
    if (::fcntl(number, F_GETFD) == -1) static_cast<void>(::open("/dev/null", O_RDONLY));
  }
}

}  // namespace

int main(int argc, char** argv) {
  // A reader that goes away (`oubli scan | head`) must not kill a run: the write then fails, and is reported.
  std::signal(SIGPIPE, SIG_IGN);
  // So must no limit on the size of files (setrlimit): such a write is one that fails, too.
  std::signal(SIGXFSZ, SIG_IGN);
  keep_standard_numbers_taken();
  Shell shell{std::cin, std::cout, std::cerr};
  shell.now = std::chrono::system_clock::now();
  shell.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  shell.in_is_terminal = ::isatty(STDIN_FILENO) == 1;
  shell.columns = terminal_columns();
  shell.log = write_to_system_log;

  CLI::App app{"Enforces data retention and erasure: policies in YAML, applied to SQLite databases and CSV files."};
  app.name("oubli");
  app.set_version_flag("--version", "oubli " OUBLI_VERSION);
  app.footer("Without a command, oubli prints the status. Each command has --help; see also oubli(1).");
  app.require_subcommand(0, 1);
  std::string colour = "auto";
  app.add_option("--color", colour, "Colour: auto, always, never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN")
      ->each([&](const std::string& when) { shell.colour = wants_colour(when, shell.out_is_terminal); });
  shell.colour = wants_colour(colour, shell.out_is_terminal);

  auto exit_code = ExitCode::done;
  app.fallthrough();
  for (const auto& command : commands()) command.register_options(app, shell, exit_code);
  const auto arguments = with_command({argv + 1, argv + argc});
  return static_cast<int>(after_writing(run(app, shell, exit_code, arguments), shell));
}
