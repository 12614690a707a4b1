// What was run, and the hypervolumes it came to.

function drawRun() {
  const point = (values) => values.map((value, i) => (i === 0 ? percent(value) : cost(value, COSTS[i - 1]))).join(', ');
  const facts = [
    ['Pool', `${FRONT.pool}, ${SINGLES.length} models`],
    ['Algorithm', `${FRONT.algorithm}, variant ${FRONT.variant}`],
    ['Mode', FRONT.mode],
    ['Objectives', FRONT.objectives.join(', ')],
    ['Evaluations', WHOLE.format(FRONT.evaluations)],
    ['Islands', String(FRONT.islands)],
    ['Seed', String(FRONT.seed)],
    ['Cascades in the front', String(MEMBERS.length)],
    [`Reference point, ${FRONT.split}`, point(FRONT['reference-point'])],
  ];
  if (TESTED) {
    facts.push(['Reference point, test', point(FRONT.test['reference-point'])]);
  }
  if (DATA.history.length > 0) {
    facts.push(['Search time', `${THREE_DIGITS.format(DATA.history[DATA.history.length - 1].seconds)} s`]);
  }
  byId('run').replaceChildren(...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
}

function drawVolumes() {
  const rows = [[FRONT.split, FRONT], ...(TESTED ? [['test', FRONT.test]] : [])];
  const kinds = [['hypervolume', 'linear'], ['hypervolume-log', 'log cost']];
  const heads = ['Hypervolume', 'Front', 'Single models'];
  const table = make('table', {}, make('thead', {}, make('tr', {}, ...heads.map((h, i) => make('th', { scope: 'col', className: i ? 'number' : 'text' }, h)))));
  const body = make('tbody');
  for (const [split, of] of rows) {
    for (const [key, kind] of kinds) {
      if (of[key] !== undefined) {
        body.append(
          make('tr', {}, make('th', { scope: 'row', className: 'text' }, `${split}, ${kind}`),
            make('td', { className: 'number' }, volume(of[key])),
            make('td', { className: 'number' }, volume(of['single-models'][key])))
        );
      }
    }
  }
  table.append(body);
  byId('volumes').append(table);
}
