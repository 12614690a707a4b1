#!/usr/bin/env bash
# One run file gives one front.json, to the byte: on any master, with any number of partitions, after the driver was
# killed at random instants and resumed, after executors were killed, with speculative copies of tasks, and whatever becomes
# of the test split.
# Needs the example's outputs (submit/encas run --run examples/fashion-mnist/run.yaml).
# usage: src/test/faults/same-front.sh [DRIVER-KILLS [EXECUTOR-KILLS]]        (20 and 10)
set -euo pipefail
kills="${1:-20}"
executor_kills="${2:-10}"
source "$(dirname "${BASH_SOURCE[0]}")/scratch.sh"
cp -r "$example/outputs" "$folder/outputs"
cat >"$folder/run.yaml" <<YAML
pool: [$example/pool.yaml, $example/mllib/pool.yaml]
outputs: outputs
results: results
search: {evaluations: 150000, islands: 8, epoch: 1500, seed: 42}
YAML

# encas search into results NAME, the rest as it is; returns at once with the pid in $job
launch() {
  local name="$1"
  shift
  "$project/submit/encas" search --run "$folder/run.yaml" --set "results=$folder/$name" \
    --conf spark.encas.checkpoint.interval=200ms "$@" >>"$folder/$name.out" 2>>"$folder/$name.err" &
  job=$!
}
search() {
  launch "$@"
  wait "$job" || { echo "$1: exit $?"; tail -n 3 "$folder/$1.err"; exit 1; }
}
expected=""
compare() { # front.json, and history.csv without its seconds
  local sum
  sum="$(cat "$folder/$1/front.json" <(cut -d, -f1-4 "$folder/$1/history.csv") | sha256sum | cut -c1-64)"
  echo "$1: $sum"
  [ -n "$expected" ] || expected="$sum"
  [ "$sum" = "$expected" ] || { echo "$1 differs"; exit 1; }
}

search embedded
compare embedded
search local-1 --conf "spark.master=local[1]"
compare local-1
for partitions in 1 2 7; do
  search "partitions-$partitions" --conf "spark.encas.search.partitions=$partitions"
  compare "partitions-$partitions"
done
search local-cluster --master "local-cluster[2,1,1024]" --profile standalone --conf spark.executor.memory=1g
compare local-cluster

# What the search never reads: the test split deleted, cut off, with other labels.
rm -rf "$folder/outputs/split=test" "$folder/outputs/_compact/split=test"
search without-test
compare without-test
cp -r "$example/outputs/split=test" "$folder/outputs/"
find "$folder/outputs/split=test" -name '*.parquet' -exec truncate -s 100 {} +
search damaged-test
compare damaged-test
# Labels of other samples: the search split's files under the test split's name.
rm -rf "$folder/outputs/split=test"
cp -r "$folder/outputs/split=search" "$folder/outputs/split=test"
search other-labels-in-test
compare other-labels-in-test

for ((i = 1; i <= kills; i++)); do
  launch "killed-$i"
  instant="$((RANDOM % 70 + 20))"
  sleep "$((instant / 10)).$((instant % 10))"
  if kill -9 "$job" 2>/dev/null; then
    wait "$job" 2>/dev/null || true
    printf 'killed after %s.%s s, %s; ' "$((instant / 10))" "$((instant % 10))" \
      "$([ -e "$folder/killed-$i/checkpoint/progress.cbor" ] && echo 'resumed' || echo 'begun anew')"
    search "killed-$i"
  else
    wait "$job"
    printf 'over before the kill; '
  fi
  compare "killed-$i"
done

spark="$project/target/spark-home"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
opens=()
for package in java.lang java.lang.invoke java.nio java.util sun.nio.ch; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
export SPARK_LOCAL_IP=127.0.0.1
"$java" "${opens[@]}" -Xmx512m -cp "$spark/jars/*" org.apache.spark.deploy.master.Master \
  --host 127.0.0.1 --port 17077 --webui-port 18080 >"$folder/master.log" 2>&1 &
started+=("$!")
for worker in 1 2; do # two hosts, since a speculative copy of a task runs on another one than the task
  SPARK_HOME="$spark" SPARK_SCALA_VERSION=2.13 "$java" "${opens[@]}" -Xmx512m -cp "$spark/jars/*" org.apache.spark.deploy.worker.Worker \
    --host "127.0.0.$worker" --cores 1 --memory 1500m --work-dir "$folder/work-$worker" --webui-port "1808$worker" \
    spark://127.0.0.1:17077 >"$folder/worker-$worker.log" 2>&1 &
  started+=("$!")
done
sleep 5
standalone=(--master spark://127.0.0.1:17077 --profile standalone --conf spark.executor.memory=1g)
search standalone "${standalone[@]}"
compare standalone
for ((i = 1; i <= executor_kills; i++)); do
  launch "executor-killed-$i" "${standalone[@]}"
  # Executors are children of this script's workers; one of them goes at a random instant of the search.
  for ((wait = 0; wait < 300; wait++)); do
    executor="$(pgrep -P "${started[1]}" || true) $(pgrep -P "${started[2]}" || true)"
    grep -q '^searching' "$folder/executor-killed-$i.err" && break
    sleep 0.1
  done
  sleep "0.$((RANDOM % 9 + 1))"
  # shellcheck disable=SC2086
  set -- $executor
  [ $# -gt 0 ] && kill -9 "${@:RANDOM % $# + 1:1}"
  wait "$job" || { echo "executor-killed-$i: exit $?"; tail -n 3 "$folder/executor-killed-$i.err"; exit 1; }
  compare "executor-killed-$i"
done

mkdir "$folder/events"
search speculation "${standalone[@]}" --conf spark.eventLog.enabled=true --conf "spark.eventLog.dir=file:$folder/events" \
  --conf spark.eventLog.compress=false --conf spark.eventLog.rolling.enabled=false --conf spark.speculation=true --conf spark.speculation.interval=10ms \
  --conf spark.speculation.minTaskRuntime=1ms --conf spark.speculation.quantile=0.1 --conf spark.speculation.multiplier=1.0
compare speculation
copies="$(cat "$folder"/events/* | grep SparkListenerTaskStart | grep -c '"Speculative":true' || true)"
echo "speculative copies of tasks: $copies"
[ "$copies" -gt 0 ] || { echo "no task had a copy"; exit 1; }
echo "one front"
