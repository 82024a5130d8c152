#!/usr/bin/env bash
# Makes the sample in this folder again: a run of the bare-metal operations on the healthy Twin, without
# clock, ids and durations, and a picture of its page where there is a Chromium. With a folder as
# argument, the sample goes there, without the picture. PROOFHOUSE is the program, built by cargo if not set.
set -euo pipefail
into=$(realpath "${1:-$(dirname "$0")}")
program=$(realpath "${PROOFHOUSE:-/dev/null}")
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
proofhouse() { if [ "$program" = /dev/null ]; then cargo run --quiet -- "$@"; else "$program" "$@"; fi; }

proofhouse run --quiet --baseline none --report "$scratch/run" \
  --operation 'baremetalservers.*' --operation jobs.show >"$scratch/said" || { cat "$scratch/said"; exit 1; }
proofhouse report "$scratch/run" --normalised --baseline none --into "$scratch/twin" >/dev/null
cp "$scratch/twin/report.html" "$scratch/twin/report.json" "$scratch/twin/summary.md" "$into/"
[ $# -eq 0 ] || exit 0
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -n "$browser" ]; then
  "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$scratch/profile" \
    --window-size=1200,820 --screenshot=reports/twin/report.png "file://$scratch/twin/report.html" >/dev/null 2>&1
else
  echo "no Chromium: the picture stays as it is"
fi
