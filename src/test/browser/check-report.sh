#!/usr/bin/env bash
# Opens a report page in headless Chromium; fails if its console has any message (errors of scripts,
# refusals of the content security policy) or if the page did not come to the end of its drawing.
#
#   check-report.sh REPORT.html [SCREENSHOT.png [WIDTH,HEIGHT [CHROMIUM-OPTION...]]]
#
# Needs `chromium` on the PATH. Dark: give --blink-settings=preferredColorScheme=0 as an option.
set -euo pipefail

page=$(realpath "$1")
picture=${2:-}
size=${3:-1280,2400}
options=("${@:4}")

profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
browse() {
  chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --disable-quic --user-data-dir="$profile" \
    --enable-logging=stderr --v=0 --virtual-time-budget=5000 --window-size="$size" \
    "${options[@]}" "$@" "file://$page"
}

browse --dump-dom >"$profile/dom" 2>"$profile/log" || { cat "$profile/log" >&2; exit 1; }
if grep ':CONSOLE' "$profile/log" >&2; then
  echo "$page: the console is not empty" >&2
  exit 1
fi
if ! grep -q '<html[^>]* data-drawn="true"' "$profile/dom"; then
  echo "$page: the page was not drawn to its end" >&2
  exit 1
fi
if [ -n "$picture" ]; then
  browse --hide-scrollbars --screenshot="$(realpath -m "$picture")" >"$profile/log" 2>&1
fi
