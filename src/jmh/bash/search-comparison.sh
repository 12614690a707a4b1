#!/usr/bin/env bash
# The sweeps behind docs/search.md: pools F (the example), A, B and C, budgets in evaluations and in CPU seconds.
# Each writes RESULTS/POOL-BUDGET/sweep.json. About 40 minutes on two cores. Needs the example's outputs
# (submit/encas run --run examples/fashion-mnist/run.yaml).
# usage: src/jmh/bash/search-comparison.sh RESULTS [POOL-BUDGET...]    for example  RESULTS 'F-*' '?-cpu-*'
set -euo pipefail
project="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
results="$(mkdir -p "$1" && cd "$1" && pwd)"
shift
only=("${@:-*}")
cd "$project"
pool() { # name models samples classes
  [ -d "$results/pool-$1" ] || mvn -B -q -Pbench test-compile exec:exec -Dbench.main=encas.synthetic.WritePool \
    -Dbench.arguments="--models $2 --samples $3 --classes $4 --seed 1 --out $results/pool-$1 --table"
}
pool A 24 4000 20
pool B 64 8000 100
pool C 128 8000 200
sweep() { # pool budget settings...
  local pool="$1" budget="$2" wanted=no
  shift 2
  for pattern in "${only[@]}"; do
    # shellcheck disable=SC2053  # a pattern
    if [[ "$pool-$budget" == $pattern ]]; then wanted=yes; fi
  done
  [ $wanted = yes ] || return 0
  case "$pool" in
    F) run=(--run examples/fashion-mnist/run.yaml --set search.islands=8 --set search.epoch=25000) ;;
    A) run=(--run "$results/pool-A/run.yaml" --set search.max-models=3) ;;
    *) run=(--run "$results/pool-$pool/run.yaml") ;;
  esac
  submit/encas sweep "${run[@]}" --set "results=$results/$pool-$budget" --conf spark.driver.memory=5g "$@"
}
searches=mo-gomea,published,nsga-ii,random
for pool in F B C; do
  for evaluations in 5000 20000 60000 200000; do
    sweep "$pool" "$evaluations" --set "search.evaluations=$evaluations" --algorithms "$searches"
  done
  sweep "$pool" 600000 --algorithms "$searches,pair-grid" --set search.evaluations=600000
  case $pool in F) tenth=330ms ;; B) tenth=690ms ;; C) tenth=750ms ;; esac # of what published takes for 600,000
  for time in $tenth 500ms 2s 8s; do
    sweep "$pool" "cpu-$time" --set search.evaluations=off --set "search.time=$time" --algorithms "$searches"
  done
  sweep "$pool" k2 --set search.max-models=2 --set search.evaluations=60000 --algorithms mo-gomea,published,pair-grid
  sweep "$pool" greedy --set search.evaluations=60000 --algorithms mo-gomea,greedy
done
for evaluations in 20000 60000 600000; do
  sweep A "$evaluations" --set "search.evaluations=$evaluations" --algorithms "$searches"
done
