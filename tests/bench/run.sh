#!/usr/bin/env bash
# Measures oubli against what else a user could take: tests/bench/run.sh [--rows N] [--db-rows N] [--runs N]
# Installs the peers that Debian and npm offer, builds the program in release, prints one table of ratios.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/support/setup.sh

install_packages "${build_packages[@]}" python3 sqlite3 mawk miller time
use_build_helpers
build release -DOUBLI_TESTS=OFF
tools=build/bench
mkdir -p "$tools"
g++ -std=c++20 -O2 -o "$tools/count_records" tests/bench/count_records.cpp
if ! command -v npm >/dev/null || ! npm install --silent --no-audit --no-fund --prefix "$tools" @duckdb/node-api; then
  echo "run.sh: DuckDB's node binding isn't there: left out" >&2
fi
/usr/bin/python3 tests/bench/bench.py build/release/oubli "$tools" "$@"
