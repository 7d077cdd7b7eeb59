#!/usr/bin/env bash
# What each published text states, where the policy says it, a record of the example it is about, and what becomes of
# that record as `oubli explain` tells it: a table for each policy.
#
# Usage: examples/statements.sh [EXAMPLE…], with oubli on the path
#
# A line of an example's statements.txt is
#
#     what the text states | a key of the policy, or FILE:key | a record
#
# where the record is what `oubli explain` takes, after `enforced:` where it is asked for when the session's runs are over;
# `external DATASET` for data that oubli doesn't reach; or `waits for requests`. Exits with 1 when a cell of a table would
# be empty, or when no statement is about one of the policy's purposes.
set -euo pipefail
cd "$(dirname "$0")"
top=$(cd .. && pwd)
day=2026-06-01
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gaps=0

gap() {
  printf '%s: %s\n' "$example" "$1" >&2
  gaps=1
}

# line_of FILE KEY: where a policy says a.b.c, be it in a block or in braces.
line_of() {
  awk -v key="$2" '
    BEGIN { parts = split(key, part, "."); at = 1; parent = -1; child = -1 }
    /^ *(#|$)/ { next }
    {
      indent = match($0, /[^ ]/) - 1
      if (indent <= parent) exit
      if (child < 0) child = indent
      text = substr($0, indent + 1)
      if (indent > child || index(text, part[at] ":") != 1) next
      while (++at <= parts && (place = match(text, "[{ ]" part[at] ":"))) text = substr(text, place + 1)
      if (at > parts) { print FILENAME ":" NR; exit }
      parent = indent
      child = -1
    }' "$1"
}

# policy_line FILE:KEY or KEY: as it is printed, or nothing.
policy_line() {
  local file=policies/$example.yaml key=$1
  case $1 in *:*) file=examples/$example/${1%%:*} key=${1#*:} ;; esac
  (cd "$top" && line_of "$file" "$key")
}

# outcome_of RECORD: what explain says of it first, what scan says of an external dataset, or nothing.
outcome_of() {
  case $1 in
    'waits for requests') echo "$1" ;;
    'external '*) sed -n "s/^${1#* }: \(not looked at.*\)/\1/p" scan.txt ;;
    *)
      # shellcheck disable=SC2086  # a table and a key, or `--row` and a number
      oubli explain $1 --as-of "$day" | awk '
        NR > 1 && /^$/ { exit }
        NR > 1 { $1 = $1; line = line (NR > 2 ? " " : "") $0 }
        END { sub(/^As of [0-9-]+ /, "", line); sentences = split(line, sentence, /\. /)
          print sentence[1] (sentences > 1 ? ". " sentence[2] : "") (sentences > 2 ? "." : "") }' ;;
  esac
}

# explain_lines PATTERN: the statements whose record fits, each as a row of the table with its number before it.
explain_lines() {
  local number=0 statement key record line outcome
  while IFS='|' read -r statement key record; do
    number=$((number + 1))
    read -r record <<<"$record"
    [[ $record =~ $1 ]] || continue
    read -r statement <<<"$statement"
    read -r key <<<"$key"
    record=${record#enforced: }
    line=$(policy_line "$key")
    outcome=$(outcome_of "$record" || true)
    [ -n "$line" ] || gap "the policy has no $key, for: $statement"
    [ -n "$outcome" ] || gap "no outcome of '$record', for: $statement"
    printf '%03d| %s | %s | %s | %s |\n' "$number" "$statement" "$line" "$record" "$outcome"
  done < <(grep -v '^ *#' statements.txt | grep .)
}

# session_commands: those of the session that change something; what a person would type.
session_commands() { sed -n '/oubli \(approve\|enforce\|hold\|subject\) /s/^\$ //p' session.txt; }

# Says which purposes of the policy no statement is about.
find_untold_purposes() {
  local purpose
  awk '/^[^ #]/ { inside = /^purposes:/ } inside && match($0, /^  [a-z_]+:/) { print substr($0, 3, RLENGTH - 3) }' \
    "$top/policies/$example.yaml" >purposes.txt
  while read -r purpose; do
    grep -q "| *purposes\.$purpose\b" statements.txt || gap "no statement is about the purpose $purpose"
  done <purposes.txt
}

# table EXAMPLE: plays its session in a fresh copy, and asks for the records before the first run and after the last.
table() {
  example=$1
  mkdir -p "$work/examples"
  cp -r "$top/policies" "$work"
  cp -r "$example" "$work/examples"
  cd "$work/examples/$example"
  ./make-data.sh
  session_commands | sed '/^oubli enforce/,$d' | sh -e >/dev/null
  oubli scan --as-of "$day" >scan.txt
  explain_lines "^[^:]*$" >rows.txt
  session_commands | sed -n '/^oubli enforce/,$p' | sh >/dev/null
  explain_lines '^enforced: ' >>rows.txt
  printf '\n## %s\n\n| stated | policy | record | outcome |\n| --- | --- | --- | --- |\n' "$example"
  sort rows.txt | cut -c 4-
  find_untold_purposes
  cd "$top/examples"
}

[ $# -gt 0 ] || set -- seqens seqlense equasens groupe-scr
for name; do table "$name"; done
exit "$gaps"
