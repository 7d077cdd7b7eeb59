# Set-up shared by tests/run.sh and examples/quickstart.sh; to be sourced from the top folder.
# shellcheck shell=bash

export LC_ALL=C.UTF-8

# What the program is built from, on Debian 12 (README.md says why each library), and what else the tests need.
# shellcheck disable=SC2034  # used by the scripts that source this file
build_packages=(
  g++ cmake ninja-build
  libcli11-dev libsqlitecpp-dev libsqlite3-dev libyaml-cpp-dev libfmt-dev libhowardhinnant-date-dev
  nlohmann-json3-dev libssl-dev
  tzdata sqlite3
)
# shellcheck disable=SC2034
test_packages=(catch2 python3 python3-jsonschema python3-yaml mandoc shellcheck strace ccache mold)

# Stops with a message for the person who typed the command.
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  exit 1
}

# Runs a command as root, or says that it can't.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "neither root nor sudo here; install these packages yourself and start again: ${missing[*]}"
  fi
}

# Installs the packages among the arguments that are missing.
install_packages() {
  command -v dpkg-query >/dev/null || fail "this is no Debian system; install the equivalents of: $*"
  local -a missing=()
  local package
  for package in "$@"; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "Installing ${missing[*]}"
  as_root apt-get -qq update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "${missing[@]}" >/dev/null
}

# Lets the compiler cache and the faster linker help where they are there.
use_build_helpers() {
  if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
    # The library has a precompiled header: without these two the cache passes its files by.
    export CCACHE_SLOPPINESS=pch_defines,time_macros CXXFLAGS="${CXXFLAGS:-} -fpch-preprocess"
  fi
  if command -v mold >/dev/null; then
    export LDFLAGS="${LDFLAGS:-} -fuse-ld=mold"
  fi
}

# build PRESET [CMAKE OPTIONS…]: configures and builds one of CMakePresets.json.
build() {
  local preset=$1
  local log=build/$preset/configure.log
  shift
  echo "Building $preset"
  mkdir -p "build/$preset"
  cmake --preset "$preset" "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
  cmake --build --preset "$preset"
}
