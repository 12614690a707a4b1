#!/usr/bin/env bash
# JPEGs a second on one core: the JDK's reader and libjpeg-turbo beside Pillow, and preprocessing beside timm, taking
# turns in one run on eight real photographs of 500 x 375.
#
#   src/jmh/bash/jpeg-throughput.sh PYTHON [ROUNDS]     PYTHON with src/test/python/requirements.txt
set -euo pipefail
python="$1"
rounds="${2:-80}"
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
"$python" src/jmh/python/jpeg_baseline.py make "$folder"
mvn -o -q -B -Pbench test-compile
core="$(($(nproc) - 1))"
taskset -c "$core" mvn -o -q -B -Pbench exec:exec -Dbench.main=encas.dataset.image.JpegThroughput \
  -Dbench.jvm="-Xmx512m -XX:+UseSerialGC" -Dbench.arguments="$folder $python $rounds"
