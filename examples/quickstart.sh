#!/usr/bin/env bash
# A first look: installs what is missing, builds oubli, and shows what it would do to a small CRM.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/support/setup.sh

install_packages "${build_packages[@]}"
use_build_helpers
build release -DOUBLI_TESTS=OFF

work=$(mktemp -d)
cp examples/crm/* "$work"
"$work/make-data.sh"
PATH=$PWD/build/release/src/cli:$PATH
cd "$work"

echo
echo "\$ oubli scan --as-of 2026-06-01"
oubli scan --as-of 2026-06-01

cat <<END

That was a dry run: nothing has changed. The policy, the config and the data are in
  $work
Go on there, with today's date or the same --as-of:
  export PATH=$PWD/../src:\$PATH
  cd $work
  oubli rules                                  the policy as compiled, in plain words
  oubli explain crm.contacts 3                 why one record is kept, archived or purged
  oubli approve --by "Your Name"               approve policy and config
  oubli enforce                                carry out what the dry run showed
END
