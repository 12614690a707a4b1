#!/usr/bin/env bash
# A night's batch, for cron or by hand: what is new is computed on GPUs, then searched, assessed and reported without them.
# Two at once do no harm: the second is told who is at work, and ends with exit code 2. What was killed is taken up again by
# the next one, from where it was. Exit codes are those of submit/encas; 4: done, some models left out and named.
# usage: conf/schedule/nightly.sh RUN.yaml [LAUNCHER-OPTION...]       such as --master spark://HOST:7077
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,5s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }
encas="${ENCAS:-$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)/submit/encas}"
run="$1"
shift

left_out=0
"$encas" precompute --run "$run" --profile "${PRECOMPUTE_PROFILE:-standalone-gpu}" "$@" || {
  left_out=$?
  [ "$left_out" = 4 ] || exit "$left_out"
}
for step in "search --set search.models=available" assess report; do
  # shellcheck disable=SC2086
  "$encas" $step --run "$run" --profile "${SEARCH_PROFILE:-standalone}" "$@"
done
exit "$left_out"
