#!/usr/bin/env bash
# Makes the sample in this folder again: a run of two operations on the healthy Twin, without clock,
# ids and durations, and a picture of its page where there is a Chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cargo run --quiet -- run --quiet --baseline none --report "$scratch/run" \
  --operation baremetalservers.update --operation jobs.show >"$scratch/said" || { cat "$scratch/said"; exit 1; }
cargo run --quiet -- report "$scratch/run" --normalised --baseline none --into "$scratch/twin" >/dev/null
cp "$scratch/twin/events.jsonl" "$scratch/twin/report.json" "$scratch/twin/summary.md" reports/twin/
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -n "$browser" ]; then
  "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$scratch/profile" \
    --window-size=1200,820 --screenshot=reports/twin/report.png "file://$scratch/twin/report.html" >/dev/null 2>&1
else
  echo "no Chromium: the picture stays as it is"
fi
