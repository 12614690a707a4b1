#!/usr/bin/env bash
# Precompute gives the same rows whatever happens to it: the driver killed at random instants and started again, on
# executors of their own, with executors killed while they write, and with speculative copies of tasks.
# usage: src/test/faults/same-rows.sh [DRIVER-KILLS [EXECUTOR-KILLS]]        (5 and 3)
set -euo pipefail
kills="${1:-5}"
executor_kills="${2:-3}"
source "$(dirname "${BASH_SOURCE[0]}")/scratch.sh"
cat >"$folder/run.yaml" <<YAML
pool: $example/pool.yaml
outputs: outputs
results: results
data:
  search: {format: idx, images: $example/data/t10k-images-idx3-ubyte.gz, labels: $example/data/t10k-labels-idx1-ubyte.gz, rows: 0-4999}
precompute: {shard-size: 512}
YAML

# encas precompute into outputs NAME, the rest as it is; returns at once with the pid in $job
launch() {
  local name="$1"
  shift
  "$project/submit/encas" precompute --run "$folder/run.yaml" --set "outputs=$folder/$name" "$@" \
    >>"$folder/$name.out" 2>>"$folder/$name.err" &
  job=$!
}
run() {
  launch "$@"
  wait "$job" || { echo "$1: exit $?"; tail -n 5 "$folder/$1.err"; exit 1; }
}
value() { sed -n "s/.*\"$2\" *: *\"\{0,1\}\([0-9a-f]*\).*/\1/p" "$1"; }
expected=""
compare() { # every model's rows-sha256, and that all rows are there
  local sum manifest models=0
  for manifest in "$folder/$1"/split=*/model=*/_manifest.json; do
    [ "$(value "$manifest" rows)" = 5000 ] || { echo "$manifest has not all rows"; exit 1; }
    models=$((models + 1))
  done
  sum="$(for manifest in "$folder/$1"/split=*/model=*/_manifest.json; do value "$manifest" rows-sha256; done | sha256sum | cut -c1-64)"
  echo "$1: $models models, rows $sum"
  [ -n "$expected" ] || expected="$sum"
  [ "$sum" = "$expected" ] || { echo "$1 differs"; exit 1; }
}

run undisturbed
compare undisturbed

died=0
for ((i = 1; i <= kills; i++)); do
  launch killed
  instant="$((RANDOM % 80 + 60))"
  sleep "$((instant / 10)).$((instant % 10))"
  if kill -9 "$job" 2>/dev/null; then
    died=$((died + 1))
    wait "$job" 2>/dev/null || true
    for manifest in "$folder"/killed/split=*/model=*/_manifest.json; do
      [ ! -e "$manifest" ] || [ "$(value "$manifest" rows)" = 5000 ] || { echo "$manifest has not all rows"; exit 1; }
    done
    echo "driver killed after $((instant / 10)).$((instant % 10)) s: $(find "$folder/killed" -name _manifest.json | wc -l) models published"
  fi
done
run killed
compare killed

# A standalone cluster: two hosts, since a speculative copy of a task runs on another one than the task.
"$project/submit/encas" version --profile standalone --master "local[1]" >/dev/null # assembles the Spark home
export SPARK_SCALA_VERSION=2.13
spark="$project/target/spark-home"
daemon() { SPARK_HOME="$spark" SPARK_LOCAL_IP=127.0.0.1 java -Xmx256m -cp "$spark/jars/*" "$@" >>"$folder/daemons.log" 2>&1 & started+=("$!"); }
port="$((RANDOM % 10000 + 20000))"
daemon org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
sleep 4
workers=()
for host in 127.0.0.1 127.0.0.2; do
  daemon org.apache.spark.deploy.worker.Worker --host "$host" --cores 1 --memory 2g --work-dir "$folder/work" --webui-port 0 "spark://127.0.0.1:$port"
  workers+=("$!")
done
sleep 4
cluster=(--profile standalone --master "spark://127.0.0.1:$port" --conf spark.executor.memory=1g)

launch executors "${cluster[@]}"
killed=0
for ((i = 0; i < 600 && killed < executor_kills; i++)); do
  sleep 0.$((RANDOM % 9 + 1))
  kill -0 "$job" 2>/dev/null || break
  # An executor is a child of one of this script's workers. It is to be at work: some of its models are loaded.
  executor="$(pgrep -P "${workers[$((RANDOM % 2))]}" -f CoarseGrainedExecutorBackend | head -n 1 || true)"
  if [ -n "$executor" ] && [ -d "$folder/executors/_parts" ] && [ "$(ps -o etimes= -p "$executor")" -ge 8 ]; then
    kill -9 "$executor" && killed=$((killed + 1)) && echo "executor killed, $(find "$folder/executors" -name _manifest.json | wc -l) models published"
  fi
done
wait "$job" || { echo "executors: exit $?"; tail -n 5 "$folder/executors.err"; exit 1; }
compare executors

mkdir "$folder/events"
run speculation "${cluster[@]}" --conf spark.eventLog.enabled=true --conf "spark.eventLog.dir=file:$folder/events" \
  --conf spark.eventLog.compress=false --conf spark.eventLog.rolling.enabled=false --conf spark.speculation=true --conf spark.speculation.interval=20ms \
  --conf spark.speculation.minTaskRuntime=1ms --conf spark.speculation.quantile=0.1 --conf spark.speculation.multiplier=1.0
compare speculation
echo "speculative copies of tasks: $(cat "$folder"/events/* | grep SparkListenerTaskStart | grep -c '"Speculative":true' || true)"
echo "all the same"
