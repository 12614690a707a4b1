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
  return tip(tipStages(member), rows);
}

/** The stages from first to last: the threshold passed below, the model, the samples that reach it. */
function tipStages(member) {
  const shares = figures(member, view.split)['stage-share'];
  const body = make('tbody');
  member.models.forEach((model, stage) => {
    const gate = stage === 0 ? undefined : member.thresholds[stage - 1];
    body.append(
      make('tr', {},
        make('td', {}, gate === undefined ? '' : `${threshold(gate)}\u00a0\u203a`),
        make('th', { scope: 'row' }, model),
        make('td', {}, stage === 0 ? 'all samples' : share(shares[stage]))
      )
    );
  });
  return make('table', { className: 'tip-stages' }, body);
}

function singleTip(single) {
  const rows = SPLITS.map((split) => [split, singleFigures(single, split)])
    .filter(([, f]) => f !== null)
    .map(([split, f]) => [`error, ${SPLIT_NAMES[split]}`, percent(f.error)]);
  COSTS.forEach((column) => rows.push(['cost', cost(single.costs[column], column)]));
  return tip(make('b', {}, single.id), rows);
}
