#!/usr/bin/env bash
# The steps of a nightly run, the same in every CI system and at home:
#
#   ci/nightly.sh part 2/3     tries the second third of the cases; reports in $RUNS/part-2
#   ci/nightly.sh whole        joins the parts, compares with last night, reports in $RUNS/tonight
#
# RUNS         where runs are kept (reports)
# LAST         the report.json of last night ($RUNS/last/report.json); nothing is compared without it
# PROOFHOUSE   the program (proofhouse)
# ARGUMENTS    what else `proofhouse run` is told: --endpoint https://... --lend server_id=...
# FAIL_ON      what fails the night (new)
#
# It opens no issue and sends no message. Its exit code is that of Proofhouse: 0 the contract holds,
# 1 findings, 2 could not run, 3 nothing was checked.
set -euo pipefail
runs=${RUNS:-reports} program=${PROOFHOUSE:-proofhouse}
last=${LAST:-$runs/last/report.json} fail_on=${FAIL_ON:-new}
read -ra arguments <<<"${ARGUMENTS:-}"

part() {
  local status=0
  "$program" run --partition "$1" --report "$runs/part-${1%%/*}" --baseline none --quiet "${arguments[@]}" || status=$?
  # Findings are judged when the parts are joined, and a part may have nothing to try.
  case $status in 0 | 1 | 3) ;; *) return "$status" ;; esac
}

whole() {
  local baseline=none status=0
  if [ -f "$last" ]; then baseline=$last; fi
  "$program" report merge "$runs"/part-* --into "$runs/tonight" --baseline "$baseline" --fail-on "$fail_on" || status=$?
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$runs/tonight/summary.md" ]; then
    cat "$runs/tonight/summary.md" >>"$GITHUB_STEP_SUMMARY"
  fi
  if [ -n "${GITHUB_ACTIONS:-}" ]; then
    "$program" report "$runs/tonight" --baseline "$baseline" --fail-on "$fail_on" --format annotations || true
  fi
  # What later nights are compared with, unless there was no night.
  if [ "$status" -le 1 ]; then
    mkdir -p "$(dirname "$last")"
    cp "$runs/tonight/report.json" "$last"
  fi
  return "$status"
}

case ${1:-} in
part) part "${2:?which part, as 2/3}" ;;
whole) whole ;;
*) sed -n '2,14s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
