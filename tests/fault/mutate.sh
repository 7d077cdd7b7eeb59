#!/usr/bin/env bash
# Takes away one safeguard after the other, in a copy of the tree, and runs the tests that should notice. Fails where
# one doesn't, or where the safeguard isn't where this script looks for it.
#
# Usage: tests/fault/mutate.sh [NAME…]      without names: all; takes about half an hour
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/support/setup.sh

# name | file | what is done to it, in Perl | who should notice: programs of tests/, e2e:CASE or fault:KIND:WORLD
safeguards=$(cat <<'END'
sqlite-flush-folder      | src/source/sqlite/connection.cpp   | s/synchronous = EXTRA/synchronous = FULL/ | fault:power:rowid/purge fault:power:rowid/archive
sqlite-flush-cut-off     | src/source/sqlite/erase.cpp        | s/!flush_what_was_cut_off\(database\)/false/ | fault:power:rowid/purge/delete
sqlite-vacuum            | src/source/sqlite/erase.cpp        | s/database\.exec\("VACUUM"\);// | unit_source_sqlite
sqlite-checkpoint        | src/source/sqlite/erase.cpp        | s/!checkpoint_everything\(database\)/(checkpoint_everything(database), false)/ | unit_source_sqlite
sqlite-journal-of-others | src/source/sqlite/erase.cpp        | s/has_content\(file, "-journal"\)/false/ | unit_source_sqlite
sqlite-search-index      | src/source/sqlite/erase.cpp        | s/^  optimise_search_indexes\(database\);//m | unit_source_sqlite
sqlite-samples           | src/source/sqlite/erase.cpp        | s/^  forget_samples\(database\);//m | unit_source_sqlite
sqlite-renumbering       | src/source/sqlite/erase.cpp        | s/rowids == Rowids::in_use/false/ | unit_source_sqlite
sqlite-archive-first     | src/archive/move.cpp               | s/(    step->copy\(\);\n)(    observer\.after\(step->remove\(\)\);\n)/$2$1/ | e2e:enforce/purges_and_archives
sqlite-rejudging         | src/source/sqlite/step.cpp         | s/is_still_to_go\(member, \*record\) && // | contract_source unit_source_sqlite
sqlite-same-as-copy      | src/source/sqlite/step.cpp         | s/&& equals_its_copy\(member\);/;/ | contract_source unit_source_sqlite
sqlite-copies-pending    | src/source/sqlite/archive_file.cpp | s/\?12, 'pending'/?12, 'confirmed'/ | fault:kill:rowid/archive/delete
sqlite-other-children    | src/source/sqlite/step.cpp         | s/!has_other_children\(family\)/true/ | contract_source unit_source_sqlite
sqlite-archived-children | src/source/sqlite/step.cpp         | s/return has_archived_children\(one\);/return (void)one, false;/ | contract_source unit_source_sqlite
sqlite-removal-watch     | src/source/sqlite/step.cpp         | s/if \(watch\) watch->require_only\(m_result\);// | unit_source_sqlite
sqlite-removed-before    | src/source/sqlite/step.cpp         | s/return !is_any_left;/return (void)is_any_left, false;/ | unit_source_sqlite contract_source
sqlite-rewrite-rejudging | src/source/sqlite/rewriting.cpp    | s/ \|\| !m_going\.is_rewritten\(\*m_plan\.pass\.table, \*record\)// | contract_source unit_source_sqlite
sqlite-rewrite-compared  | src/source/sqlite/rewriting.cpp    | s/if \(row == nullptr \|\| !is_as_it_should\(before, \*row, fields\)\) throw failure\(\);// | unit_source_sqlite
sqlite-nofollow          | src/source/sqlite/connection.cpp   | s/status\.type\(\) == fs::file_type::symlink/false/; s/ \| SQLite::OPEN_NOFOLLOW// | unit_source_sqlite
sqlite-restore-noted     | src/source/sqlite/restore.cpp      | s/    note_on_their_way\(m_archive, records\);\n// | fault:kill:rowid/restore/delete
sqlite-restore-compared  | src/source/sqlite/returning_table.cpp | s/if \(!is_as_copied\(record\)\)/if (false)/ | e2e:archive/restore_refused
csv-restore-noted        | src/source/csv/restore.cpp         | s/      note_on_their_way\(folder_of\(name\), pair\.names, pair\.noted\);\n// | fault:kill:csv/restore
csv-flush-file           | src/source/csv/replacement.cpp     | s/(take_over_attributes\(status_of\(m_original, m_file\.name\)\);)\n  flush_file[^;]*;/$1/ | fault:power:csv
csv-flush-folder         | src/source/csv/replacement.cpp     | s/m_in_place = true;\n  m_folder\.flush\(\);/m_in_place = true;/ | fault:power:csv
csv-flush-archive-file   | src/source/csv/file_writer.cpp     | s/  flush_file\(m_file, m_name\);\n// | fault:power:csv/archive
csv-flush-archive-names  | src/source/csv/archive_files.cpp   | s/publish_file\(m_folder, m_names\.records\);\n  m_folder\.flush\(\);/publish_file(m_folder, m_names.records);/ | fault:power:csv/archive
csv-flush-archive-folder | src/source/csv/archive_files.cpp   | s/    Folder\(m_target\.folder\)\.flush\(\);\n// | fault:power:csv/archive
csv-flush-policy-folder  | src/archive/folder.cpp             | s/    flush_folder\(folder\.parent_path\(\)\);\n// | fault:power:csv/archive
csv-notes-first          | src/source/csv/archive_files.cpp   | s/(  publish_file\(m_folder, m_names\.pending\);\n)(  m_folder\.flush\(\);\n)(  publish_file\(m_folder, m_names\.records\);\n)/$3$2$1/ | fault:kill:csv/archive
csv-copies-read-back     | src/source/csv/archive_files.cpp   | s/if \(digest_of_file\(folder, name\) != expected\)/if (false \&\& digest_of_file(folder, name) != expected)/ | fault:lies
csv-unchanged            | src/source/csv/table_files.cpp     | s/void require_unchanged\(([^{]*)\{/void require_unchanged($1\{ return;/ | fault:writers unit_source_csv
csv-step-unchanged       | src/source/csv/csv_step.cpp        | s/    require_unchanged\(\);\n// | fault:writers
csv-carry-over           | src/source/csv/csv_step.cpp        | s/  m_replacement\.carry_over\(m_carry_from\);\n// | fault:writers
csv-second-name          | src/source/csv/replacement.cpp     | s/st_nlink != 1/st_nlink == 0/ | unit_source_csv e2e:enforce/csv_hard_link
csv-copies-withdrawn     | src/source/csv/csv_step.cpp        | s/change->give_up\(\);/(void)change;/ | unit_source_csv fault:error:csv/archive
events-remembered        | src/source/events/events_elsewhere.cpp | s/m_context\.memory->remember\(parting\.said\);// | contract_source
events-away              | src/state/day_table.cpp            | s/mark = \? OR away_since/mark <> ? OR away_since/ | unit_state e2e:enforce/part_away_for_a_night
events-in-doubt          | src/source/events/row_event.cpp    | s/found->is_in_doubt \? EventReading\{State::unreadable, \{\}\} : // | contract_source
events-doubt-noted       | src/run/dataset_memory.cpp         | s/day->content != says/false/ | e2e:enforce/part_away_for_a_night
run-lock                 | src/state/run_lock.cpp             | s/::flock\(lock\.m_descriptor, LOCK_EX \| LOCK_NB\) != 0/false/ | unit_state
stop-lock                | src/run/step_gate.cpp              | s/if \(m_state->stops\(\) != m_planned\) throw PlanOutdated\(\);// | unit_run
state-flush-folder       | src/state/schema.cpp               | s/synchronous = EXTRA/synchronous = FULL/ | fault:power:rowid/purge fault:power:csv
run-notes-erasure        | src/run/enforce_run.cpp            | s/  state\.set_erasure_pending\(plan\.\w+\(\), "data was[^;]*;// | fault:kill:rowid/purge/delete
run-whole-archive        | src/run/archived_records.cpp       | s/if \(found >= known\) return;/return;/ | e2e:enforce/lost_archive
run-counts-lowered       | src/run/archived_records.cpp       | s/at_least = std::min\(at_least, kept\(table\)\)/(void)at_least/ | fault:kill:rowid/from_archive
run-counts-arrivals      | src/run/dataset_run.cpp            | s/archived\.before_archiving\(plan\);/void();/ | fault:kill:rowid/sorted
END
)

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
programs=(oubli contract_source unit_source_sqlite unit_source_csv unit_state unit_run)

prepare() {
  git ls-files -z | xargs -0 cp --parents -t "$tree"
  cd "$tree"
  use_build_helpers
  mkdir -p build/release
  cmake --preset release -DOUBLI_TESTS=ON >/dev/null
  ninja -C build/release "${programs[@]}" >/dev/null
}

# run_test TEST: true when it passes.
run_test() {
  local kind world
  case $1 in
    fault:lies | fault:writers) python3 "tests/fault/${1#fault:}.py" build/release/oubli ;;
    fault:*)
      IFS=: read -r _ kind world <<<"$1"
      python3 tests/fault/run.py build/release/oubli --only "$kind" --worlds "$world" --points 600 --jobs 2
      ;;
    e2e:*) python3 tests/e2e/run_case.py build/release/oubli "tests/e2e/${1#e2e:}" ;;
    contract_*) build/release/tests/contract/"$1" ;;
    *) build/release/tests/unit/"$1" ;;
  esac >test.log 2>&1
}

# notice TEST…: prints who noticed; fails when nobody did.
notice() {
  local test
  for test in "$@"; do
    run_test "$test" || { echo "noticed by $test"; return 0; }
  done
  echo "NOT NOTICED by $*"
  return 1
}

# take_away FILE CHANGE TESTS: the outcome in words.
take_away() {
  local file=$1 change=$2 tests=$3 outcome=0
  cp "$file" kept
  perl -0pi -e "$change" "$file"
  if cmp -s "$file" kept; then
    echo "NOT FOUND in $file"
    return 1
  fi
  # What the safeguard alone used may stay behind unused.
  local kind
  for kind in function parameter variable but-set-variable; do
    sed -i "1i #pragma GCC diagnostic ignored \"-Wunused-$kind\"" "$file"
  done
  if ninja -C build/release "${programs[@]}" >build.log 2>&1; then
    # shellcheck disable=SC2086
    notice $tests || outcome=1
  else
    echo "DOESN'T BUILD"
    outcome=1
  fi
  cp kept "$file"
  return "$outcome"
}

prepare
failures=0
while IFS='|' read -r name file change tests; do
  # Perl has its own bars: all but the first two and the last belong to the change.
  name=${name// /} file=${file// /}
  rest="$change|$tests"
  tests=${rest##*|} change=${rest%|*}
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  printf '%-26s' "$name"
  take_away "$file" "$change" "$tests" || failures=$((failures + 1))
done <<<"$safeguards"
echo "$failures not noticed"
[ "$failures" -eq 0 ]
