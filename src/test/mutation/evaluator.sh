#!/usr/bin/env bash
# Breaks the tiered evaluator on purpose, one line at a time, in a copy of the project: the contract test must
# fail each time. Needs what the README's test command needs.
# usage: src/test/mutation/evaluator.sh
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT
(cd "$here" && tar cf - pom.xml .mvn conf src) | tar xf - -C "$copy"
cd "$copy"
tiered=src/main/java/encas/evaluation/tiered
contract=CascadeEvaluatorContractTest

echo "building" >&2
mvn -q -B -ntp -Dspotless.check.skip=true -Dtest="$contract" -Dsurefire.failIfNoSpecifiedTests=false package >build.log 2>&1 ||
  { tail -40 build.log; echo "the contract test fails unbroken"; exit 1; }

survivors=0
# usage: mutate WHAT FILE LINE-AS-IT-IS LINE-AS-IT-BECOMES
mutate() {
  local what="$1" file="$2" from="$3" to="$4"
  cp "$file" unbroken.java
  [ "$(grep -cF -- "$from" "$file")" = 1 ] || { echo "$what: the line to break is not there once"; exit 1; }
  FROM="$from" TO="$to" perl -0pi -e 's/\Q$ENV{FROM}\E/$ENV{TO}/' "$file"
  javac -nowarn -d target/classes -cp "target/classes:$(cat target/encas.classpath)" "$file" 2>/dev/null
  if mvn -q -B -ntp surefire:test -Dtest="$contract" >test.log 2>&1; then
    echo "SURVIVED  $what"
    survivors=$((survivors + 1))
  else
    echo "killed    $what: $(grep -m1 -E 'Tests run:.*Fail' test.log | sed 's/.*\(Tests run: [0-9]*, Failures: [0-9]*, Errors: [0-9]*\).*/\1/')"
  fi
  cp unbroken.java "$file"
  javac -nowarn -d target/classes -cp "target/classes:$(cat target/encas.classpath)" "$file" 2>/dev/null
}

mutate "residual bound of tier 1 not looked at" $tiered/RoughSums.java \
  'long decided = ((residual - top) & ' 'long decided = (-1L & '
mutate "residual bound of tier 2 not strict" $tiered/ExactSums.java \
  'if (laneSums[lane] >= top) {' 'if (laneSums[lane] > top) {'
mutate "label and best other class too near for tier 1" $tiered/RoughSums.java \
  'compare(samples, models - 1);' 'compare(samples, 0);'
mutate "threshold table off by one unit" $tiered/ExitLevels.java \
  'sum >= ExitRule.smallestLeaving(stages, level)' 'sum > ExitRule.smallestLeaving(stages, level)'
mutate "tier 1 decides across a threshold" $tiered/ExitLevels.java \
  'level == of(models, most) ? (byte) level : UNDECIDED' '(byte) level'
mutate "lazy mask: a word counts as known when one sample is" $tiered/LiveSamples.java \
  'while (i < live && (masks[i] & ~state.known(words[i])) == 0) {' \
  'while (i < live && state.known(words[i]) != 0) {'
mutate "residual rounded down" $tiered/RangeCut.java \
  '(Half.toUnits((short) half) + unit - 1) >> Lanes.TIER1_SHIFT' 'Half.toUnits((short) half) >> Lanes.TIER1_SHIFT'
mutate "a tie goes to the label, whatever its class" $tiered/ExactSums.java \
  'boolean right = label == best && !tiedBelow' 'boolean right = label == best'
mutate "what tier 1 leaves open counts as decided" $tiered/RoughSums.java \
  ' | (decided ^ 1) << OPEN_SHIFT' ''
mutate "a sweep counts the stage after the swept one twice" $tiered/TieredEvaluator.java \
  'if (stage > position + 1) {' 'if (stage > position) {'
mutate "states used again are not cleared" $tiered/StateCache.java \
  'state.clear(words);' ''
mutate "states overlap in their slab" $tiered/StateSlabs.java \
  'next += longs;' 'next += longs - 1;'
mutate "what a batch has found is not cleared for the next" $tiered/StateFill.java \
  'Arrays.fill(found, 0, waitingWords * Long.SIZE, (byte) 0);' ''
[ "$survivors" = 0 ] || { echo "$survivors broken versions passed the tests"; exit 1; }
