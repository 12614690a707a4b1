#!/usr/bin/env bash
# Opens a report page in headless Chromium and fails (exit 1) if its console has any message (errors
# of scripts, refusals of the content security policy), if the page did not come to its end, or if a
# chart is not on its canvas. Exit 2: it could not look.
#
#   check-report.sh REPORT.html [SCREENSHOT.png [WIDTH,HEIGHT [CHROMIUM-OPTION...]]]
#
# CHROMIUM names the browser if it is not `chromium` on the PATH. Dark: give
# --blink-settings=preferredColorScheme=0 as an option.
set -euo pipefail

fail() {
  echo "$2" >&2
  exit "$1"
}

[ $# -ge 1 ] || fail 2 "usage: check-report.sh REPORT.html [SCREENSHOT.png [WIDTH,HEIGHT [CHROMIUM-OPTION...]]]"
[ -r "$1" ] || fail 2 "$1: no such page; make one with the verb report"
chromium=${CHROMIUM:-chromium}
command -v "$chromium" >/dev/null || fail 2 "$chromium: no such program; install Chromium (Debian: apt-get install chromium) or set CHROMIUM"

page=$(realpath "$1")
picture=${2:-}
size=${3:-1280,2400}
options=("${@:4}")

profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
browse() {
  timeout 120 "$chromium" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --disable-quic --user-data-dir="$profile/user" \
    --enable-logging=stderr --v=0 --virtual-time-budget=5000 --window-size="$size" \
    "${options[@]}" "$@" "file://$page"
}

browse --dump-dom >"$profile/dom" 2>"$profile/log" || { cat "$profile/log" >&2; fail 2 "$page: $chromium did not run, or not to its end in 120 s"; }
if grep ':CONSOLE' "$profile/log" >&2; then
  fail 1 "$page: the console is not empty"
fi
grep -q '<html[^>]* data-drawn="true"' "$profile/dom" || fail 1 "$page: the page did not come to its end"

# Attributes of the charts' elements; data-drawn stands there once ECharts has painted.
grep -o '<div[^>]* id="[a-z]*-chart"[^>]*>' "$profile/dom" >"$profile/charts" || fail 1 "$page: has no charts"
if grep -v 'data-drawn="true"' "$profile/charts" >&2; then
  fail 1 "$page: a chart is not drawn"
fi
if [ -n "$picture" ]; then
  browse --hide-scrollbars --screenshot="$(realpath -m "$picture")" >"$profile/log" 2>&1
fi
