#!/usr/bin/env bash
# Lets libFuzzer loose on every target, with AddressSanitizer and UndefinedBehaviorSanitizer, from the corpus of the
# other tests. Fails where one finds something; its bytes are kept in build/fuzz.
#
# Usage: tests/fuzz/run.sh [SECONDS [TARGET…]]      without: 300 seconds for each of all targets
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/support/setup.sh

seconds=${1:-300}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(policy config condition csv day ledger)

install_packages "${build_packages[@]}" "${test_packages[@]}" clang libclang-rt-dev
build fuzz -DPython3_EXECUTABLE=/usr/bin/python3
/usr/bin/python3 tests/fuzz/corpus.py build/fuzz/oubli build/fuzz/corpus

summary=
failures=0
for target in "${targets[@]}"; do
  folder=build/fuzz/found/$target
  mkdir -p "$folder"
  log=build/fuzz/$target.log
  "build/fuzz/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
    -artifact_prefix="build/fuzz/$target-" -print_final_stats=1 "$folder" "build/fuzz/corpus/$target" \
    >"$log" 2>&1 || failures=$((failures + 1))
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  summary+=$(printf '%-10s %12s executions, %s' "$target" "${executions:-0}" "$(grep -c '^SUMMARY' "$log" || true) findings")$'\n'
done
printf '%s' "$summary"
exit "$failures"
