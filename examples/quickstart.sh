#!/usr/bin/env bash
# A first look: installs what is missing, builds oubli, and shows what it would do to a small CRM.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/support/setup.sh

install_packages "${build_packages[@]}"
use_build_helpers
build release -DOUBLI_TESTS=OFF

program=$PWD/build/release
work=$(mktemp -d)
cp examples/crm/* "$work"
"$work/make-data.sh"
cd "$work"
export PATH=$program:$PATH

printf '\n$ oubli scan --as-of 2026-06-01\n'
oubli scan --as-of 2026-06-01

cat <<END

That was a dry run: nothing has changed. Type next:
  cd $work
  export PATH=$program:\$PATH
  oubli rules                                           the policy as compiled, in plain words
  oubli explain crm.contacts 186 --as-of 2026-06-01     why one record is kept, archived or purged
  oubli approve --by "Your Name" --as-of 2026-06-01     approve the policy and the config
  oubli enforce --as-of 2026-06-01                      carry out what the dry run shows
END
