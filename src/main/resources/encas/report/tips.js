// What a point says when the mouse is on it.

function tip(title, rows) {
  const list = make('dl', {});
  for (const [name, value] of rows) {
    list.append(make('dt', {}, name), make('dd', {}, value));
  }
  return make('div', { className: 'tip' }, title, list);
}

function memberTip(member) {
  const rows = [];
  for (const split of SPLITS) {
    const f = figures(member, split);
    const interval = f['error-interval'];
    rows.push([`error, ${SPLIT_NAMES[split]}`, percent(f.error) + (interval ? ` (${range(interval, (v) => v.toFixed(2))})` : '')]);
    COSTS.forEach((column) => rows.push([`cost, ${SPLIT_NAMES[split]}`, cost(f.costs[column], column)]));
  }
  const stages = member.models.map((model, stage) => `${stage + 1}. ${model}`);
  const shares = figures(member, view.split)['stage-share'];
  const list = make('ol', { className: 'tip-stages' });
  stages.forEach((text, stage) => {
    const gate = stage === 0 ? undefined : member.thresholds[stage - 1];
    list.append(make('li', {}, make('b', {}, text), `  ${share(shares[stage])}${gate === undefined ? '' : `, not surer than ${threshold(gate)}`}`));
  });
  return tip(list, rows);
}

function singleTip(single) {
  const rows = SPLITS.map((split) => [split, singleFigures(single, split)])
    .filter(([, f]) => f !== null)
    .map(([split, f]) => [`error, ${SPLIT_NAMES[split]}`, percent(f.error)]);
  COSTS.forEach((column) => rows.push(['cost', cost(single.costs[column], column)]));
  return tip(make('b', {}, single.id), rows);
}
