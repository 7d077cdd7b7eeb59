/// `oubli archive list`, `show`, `verify`, `restore`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/archive.hpp"

#include <algorithm>
#include <memory>

namespace oubli {

namespace {

struct ListOptions : CommonOptions {
  Selection selection;
};

struct RecordOptions : CommonOptions, ArchivedRecordRequest {
  std::string key_text;
  std::int64_t row_number = 0;
};

ExitCode run_list(const ListOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  require_known(options.selection, project);
  const auto listing = list_archive(project, options.selection);
  if (options.format == "json") {
    write_archive_listing_json(shell.out, listing);
  } else {
    write_archive_listing_text(shell.out, listing, style_of(shell));
  }
  const bool has_failed =
      std::ranges::any_of(listing.archives, [](const ArchiveLine& line) { return !line.failure.empty(); });
  return has_failed ? ExitCode::dataset : ExitCode::done;
}

ExitCode run_verify(const ListOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  require_known(options.selection, project);
  const auto verdict = verify_archive(project, options.selection);
  if (options.format == "json") {
    write_archive_verdict_json(shell.out, verdict);
  } else {
    write_archive_verdict_text(shell.out, verdict, style_of(shell));
  }
  if (!verdict.failures.empty()) return ExitCode::dataset;
  return verdict.findings.empty() ? ExitCode::done : ExitCode::findings;
}

ArchivedRecordRequest request_of(const RecordOptions& options, Shell& shell) {
  ArchivedRecordRequest request = options;
  if (options.row_number > 0) {
    request.row = options.row_number;
  } else if (!options.key_text.empty()) {
    request.key = key_parts(typed_value(options.key_text, shell));
  } else {
    throw Error(Cause::usage, "no record chosen", "give its key, or --row N");
  }
  return request;
}

ExitCode run_show(const RecordOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  for (const auto& shown : show_archived(project, request_of(options, shell), shell.now)) {
    if (options.format == "json") {
      write_shown_record_json(shell.out, shown);
    } else {
      write_shown_record_text(shell.out, shown, style_of(shell));
    }
  }
  return ExitCode::done;
}

ExitCode run_restore(const RecordOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell, Access::enforce);
  const auto report = restore_archived(project, request_of(options, shell), shell.now);
  if (options.format == "json") {
    write_restore_json(shell.out, report);
  } else {
    write_restore_text(shell.out, report, style_of(shell));
  }
  if (report.erasure_pending.empty()) return ExitCode::done;
  shell.err << "oubli: error: restored, erasure of the archive pending: " << report.erasure_pending << '\n';
  return ExitCode::erasure_pending;
}

CLI::App& add_looking(CLI::App& archive, const char* name, const char* what, ListOptions& options) {
  auto& command = *archive.add_subcommand(name, what);
  add_config(command, options);
  add_selection(command, options.selection, WithPurpose::no);
  add_format(command, options);
  return command;
}

CLI::App& add_record(CLI::App& archive, const char* name, const char* what, RecordOptions& options) {
  auto& command = *archive.add_subcommand(name, what);
  add_config(command, options);
  add_format(command, options);
  command.add_option("TABLE", options.table, "dataset.table")->required();
  command.add_option("KEY", options.key_text, "Values of the key columns, separated by commas; `-`: from stdin");
  command.add_option("--row", options.row_number, "Row number in the archive instead of a key")
      ->type_name("N")
      ->check(is_whole_number);
  command.add_option("--file", options.file, "The archive's file, where several have such a row")->type_name("NAME");
  add_author(command, options.by, options.reason, "Why; kept beside the ledger");
  return command;
}

}  // namespace

void register_archive(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto* archive = app.add_subcommand("archive", "Look into the intermediate archive, check it, put a record back");
  archive->require_subcommand(1);
  archive->footer(
      "Examples:\n"
      "  oubli archive list\n"
      "  oubli archive verify\n"
      "  oubli archive show crm.contacts 42 --by 'A. Martin' --reason 'claim 2026-17'\n"
      "  oubli archive restore crm.contacts 42 --by 'A. Martin' --reason 'claim 2026-17'");

  auto looking = std::make_shared<ListOptions>();
  add_looking(*archive, "list", "Count what is archived, by table and purpose", *looking)
      .callback([looking, &shell, &exit_code] { exit_code = run_list(*looking, shell); });
  add_looking(*archive, "verify", "Hold every record against its digest; exit with 1 when something is wrong", *looking)
      .callback([looking, &shell, &exit_code] { exit_code = run_verify(*looking, shell); });

  auto record = std::make_shared<RecordOptions>();
  add_record(*archive, "show", "Show one archived record with all its fields; the ledger has who asked", *record)
      .callback([record, &shell, &exit_code] { exit_code = run_show(*record, shell); });
  add_record(*archive, "restore", "Put one archived record back, with what came with it", *record)
      .callback([record, &shell, &exit_code] { exit_code = run_restore(*record, shell); });
}

}  // namespace oubli
