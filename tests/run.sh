#!/usr/bin/env bash
# Everything there is to test, from nothing: installs what is missing, builds, runs all tests in
# release, then the unit, contract and e2e tests once more under the sanitizers.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/support/setup.sh

# run_tests PRESET [CTEST OPTIONS…]: runs them and adds to `summary`; a failure is remembered in `failures`.
run_tests() {
  local preset=$1
  shift
  ctest --preset "$preset" --output-junit tests.xml "$@" || failures=1
  summary+="${summary:+, }$preset: $(totals "build/$preset/tests.xml")"
}

# totals FILE: "812 passed" or "810 passed, 2 failed" from a report of ctest.
totals() {
  local tests failed skipped
  tests=$(count tests "$1") failed=$(count failures "$1") skipped=$(count skipped "$1")
  printf '%d passed' $((tests - failed - skipped))
  [ "$failed" -eq 0 ] || printf ', %d failed' "$failed"
  [ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
}

# count ATTRIBUTE FILE: the number the report's head gives for it.
count() {
  sed -nE "/<testsuite/,/>/ s/^.*[[:space:]]$1=\"([0-9]+)\".*$/\1/p" "$2" | head -n 1
}

install_packages "${build_packages[@]}" "${test_packages[@]}"
use_build_helpers

failures=0
summary=
# The test scripts use Debian's Python packages: another Python in the path may not have them.
tests=(-DOUBLI_TESTS=ON -DPython3_EXECUTABLE=/usr/bin/python3)
build release "${tests[@]}"
run_tests release
build asan "${tests[@]}"
run_tests asan -L '^(unit|contract|e2e)$'

echo "Tests done. $summary"
exit "$failures"
