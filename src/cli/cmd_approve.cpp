/// `oubli approve`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "model/figures.hpp"
#include "oubli/policy/read.hpp"
#include "oubli/run/approve.hpp"

#include <memory>

namespace oubli {

namespace {

struct ApproveOptions : CommonOptions {
  std::string as_of;
  std::string by;
  bool yes = false;
};

bool is_confirmed(const ApproveOptions& options, Shell& shell) {
  if (options.yes) return true;
  if (!shell.in_is_terminal) {
    throw Error(Cause::usage, "nobody is there to ask", "say it on the command line: --yes");
  }
  shell.out << "\nApprove these texts as " << options.by << "? [y/N] " << std::flush;
  std::string answer;
  std::getline(shell.in, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

/// Nobody answers for what nobody has looked at.
bool is_reviewed(const Project& project, Shell& shell) {
  const auto marks = review_marks(project.diagnostics);
  for (const auto& mark : marks) write_diagnostic(shell.err, mark, style_of(shell));
  if (marks.empty()) return true;
  const auto size = static_cast<std::int64_t>(marks.size());
  shell.err << "oubli: error: not approved: " << counted(size, "mark") << " left to review\n";
  return false;
}

ExitCode run_approve(const ApproveOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  if (!is_reviewed(project, shell)) return ExitCode::refused;
  const auto preview = approval_preview(project, shell.now, as_of_day(options.as_of));
  write_approval_text(shell.out, preview, style_of(shell));
  if (const auto code = exit_code(preview.scan); code != ExitCode::done) {
    write_failures(preview.scan, shell);
    shell.err << "oubli: error: not approved: a dataset could not be looked at\n";
    return code;
  }
  if (!is_confirmed(options, shell)) {
    shell.err << "oubli: not approved\n";
    return ExitCode::refused;
  }
  const auto approval = record_approval(project, options.by, shell.now);
  shell.out << "\nApproved by " << approval.approved_by << " at " << approval.approved_at << ".\n";
  return ExitCode::done;
}

}  // namespace

void register_approve(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<ApproveOptions>();
  auto* command = app.add_subcommand("approve", "Show what changed since the last approval, and approve it");
  command->footer(
      "Examples:\n"
      "  oubli approve --by 'A. Martin, DPO'\n"
      "  oubli approve --by 'A. Martin, DPO' --yes");
  add_config(*command, *options);
  add_as_of(*command, options->as_of);
  command->add_option("--by", options->by, "Who approves; kept in the ledger")
      ->type_name("NAME")
      ->check(is_one_line)
      ->required();
  command->add_flag("--yes", options->yes, "Approve without being asked");
  command->callback([options, &shell, &exit_code] { exit_code = run_approve(*options, shell); });
}

}  // namespace oubli
