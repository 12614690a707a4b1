// Puts the page together and keeps its charts in step with its width, colours and choices.

function drawCards() {
  const single = SINGLES[DATA.headline.single];
  const cards = [
    card('single', 'Best single model', make('p', { className: 'name' }, single.id), (split) => singleFigures(single, split)),
  ];
  const cheapest = MEMBERS[DATA.headline.cheapest];
  if (cheapest) {
    cards.push(card('cascade', 'Cheapest cascade at least as accurate', cascadeList(cheapest), (split) => figures(cheapest, split)));
  }
  const best = MEMBERS[DATA.headline.best];
  if (best && best !== cheapest) {
    cards.push(card('cascade', 'Most accurate cascade', cascadeList(best), (split) => figures(best, split)));
  }
  byId('cards').replaceChildren(...cards, make('p', { className: 'hint' }, `${volumesInWords()} ${HOW_CHOSEN}`));
}

const HOW_CHOSEN = `Cascades and model are chosen on split ${FRONT.split}${TESTED ? '; split test is looked at only afterwards' : ''}.`;

/** Hypervolumes of the front and of the single models, on the split that the page opens with first. */
function volumesInWords() {
  const on = (split) => {
    const of = split === 'test' ? FRONT.test : FRONT;
    return `${of.hypervolume.toFixed(3)} against ${of['single-models'].hypervolume.toFixed(3)} on split ${SPLIT_NAMES[split]}`;
  };
  return `Hypervolume of the front against that of the single models: ${SPLITS.map(on).join(', ')}.`;
}

function card(kind, title, name, figuresOn) {
  const list = make('dl');
  for (const split of SPLITS) {
    const f = figuresOn(split);
    if (f !== null) {
      const interval = f['error-interval'];
      list.append(
        make('dt', {}, SPLIT_NAMES[split]),
        make('dd', {}, make('b', {}, percent(f.error)), ' error', make('small', {}, interval ? `95 %: ${range(interval, (v) => v.toFixed(2))}` : '')),
        make('dd', {}, make('b', {}, costNumber(f.costs[COSTS[0]])), ` ${costUnit(COSTS[0])}`)
      );
    }
  }
  return make('article', { className: `card ${kind}` }, make('h3', {}, title), name, list);
}

/**
 * A chart in an element, drawn again when the page's width or colours change. The element is marked
 * once the chart is on its canvas, for who looks at the page from outside.
 */
function chartIn(element, option) {
  const chart = echarts.init(element, null, { devicePixelRatio: Math.max(2, window.devicePixelRatio || 1) });
  chart.on('finished', () => {
    // Also an empty chart finishes.
    element.dataset.drawn = String(chart.getZr().storage.getDisplayList().length > 0);
  });
  const redraw = () => {
    chart.resize();
    chart.setOption(option(element.clientWidth), { notMerge: true });
  };
  redraw();
  return { chart, redraw };
}

const charts = [];

function drawFrontChart() {
  const drawn = chartIn(byId('front-chart'), frontOption);
  charts.push(drawn);
  const change = (key) => (value) => {
    view[key] = value;
    drawn.redraw();
    describe();
  };
  const controls = byId('front-controls');
  if (SPLITS.length > 1) {
    controls.append(choice('Split', SPLITS.map((split) => [split, SPLIT_NAMES[split]]), view.split, change('split')));
  }
  if (COSTS.length > 1) {
    controls.append(choice('Cost', COSTS.map((column) => [column, costUnit(column)]), view.cost, change('cost')));
  }
  if (canBeLogarithmic()) {
    controls.append(choice('Cost axis', [['log', 'log'], ['linear', 'linear']], view.log ? 'log' : 'linear', (value) => change('log')(value === 'log')));
  }
  drawn.chart.on('click', (event) => event.data?.place !== undefined && memberTable.pick(event.data.place));
  describe();
  return drawn.chart;
}

function describe() {
  const zoom = matchMedia('(pointer: fine)').matches ? ' Ctrl and the wheel zoom; a click on a cascade finds its row.' : '';
  byId('front-hint').textContent = `Lower and further left is better.${zoom}`;
  const own = ownFront(view.split, view.cost);
  byId('front-alt').textContent =
    `Error over cost in ${costUnit(view.cost)} on split ${SPLIT_NAMES[view.split]}: ${MEMBERS.length} cascades and ${SINGLES.length} single models, ` +
    `${own.length} of them on the single models\u2019 own front. The tables below hold every figure.`;
}

let memberTable;

const MEMBERS_HINT =
  FRONT.mode === 'ensemble'
    ? 'Every model of an ensemble runs on every sample; their outputs are averaged.'
    : 'Models run from left to right and their outputs are averaged. A sample leaves with the average so far as its answer ' +
      'once that is surer than the threshold, the number between two models. The bar under a model is the share of samples ' +
      'that reach it, on the split searched.';

function drawMemberTable(frontChart) {
  byId('members-hint').textContent = MEMBERS_HINT;
  const lines = new Map();
  const { table, show } = sortableTable('Cascades of the front', memberColumns(), (line, member) => {
    lines.set(member.place, line);
    line.addEventListener('mouseenter', () => point(frontChart, 'highlight', member.place));
    line.addEventListener('mouseleave', () => point(frontChart, 'downplay', member.place));
  });
  const thinned = DATA.thinned.map((place) => MEMBERS[place]);
  const extra = new Set([DATA.headline.cheapest, DATA.headline.best]);
  const few = MEMBERS.filter((member) => extra.has(member.place) || DATA.thinned.includes(member.place));
  const select = (which) => {
    lines.clear();
    show(which === 'thinned' ? few : MEMBERS);
  };
  let controls = null;
  const start = MEMBERS.length > 40 && thinned.length < MEMBERS.length ? 'thinned' : 'all';
  if (few.length < MEMBERS.length) {
    controls = choice('Show', [['thinned', `thinned to 0.1 point (${few.length})`], ['all', `all (${MEMBERS.length})`]], start, select);
    byId('members-controls').append(controls);
  }
  byId('members-table').append(table);
  select(start);
  memberTable = {
    pick(place) {
      if (!lines.has(place)) {
        controls.querySelector('input[value=all]').click();
      }
      document.querySelectorAll('tr.picked').forEach((line) => line.classList.remove('picked'));
      lines.get(place).classList.add('picked');
      lines.get(place).scrollIntoView({ block: 'center' });
    },
  };
}

function point(chart, type, place) {
  const dataIndex = memberPoints().findIndex(({ member }) => member.place === place);
  chart.dispatchAction({ type, seriesId: 'cascades', dataIndex });
}

function drawSingleTable() {
  const { table, show } = sortableTable('Single models', singleColumns(), () => {});
  byId('singles-table').append(table);
  show(SINGLES);
}

function drawHistory() {
  if (DATA.history.length === 0) {
    byId('history').remove();
    return;
  }
  charts.push(chartIn(byId('history-chart'), historyOption));
  const last = DATA.history[DATA.history.length - 1];
  byId('history-alt').textContent =
    `After ${WHOLE.format(last.evaluations)} evaluations the front\u2019s hypervolume is ${volume(last.hypervolume)}; ` +
    `the single models\u2019 is ${volume(FRONT['single-models'].hypervolume)}.`;
}

function followThePage() {
  const redraw = () => charts.forEach((drawn) => drawn.redraw());
  let width = document.documentElement.clientWidth;
  new ResizeObserver(() => {
    if (document.documentElement.clientWidth !== width) {
      width = document.documentElement.clientWidth;
      redraw();
    }
  }).observe(document.documentElement);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  // Paper is white whatever the screen is.
  const print = (on) => () => {
    document.documentElement.toggleAttribute('data-print', on);
    redraw();
  };
  addEventListener('beforeprint', print(true));
  addEventListener('afterprint', print(false));
}

drawCards();
drawMemberTable(drawFrontChart());
drawSingleTable();
drawHistory();
drawRun();
drawVolumes();
followThePage();
document.documentElement.dataset.drawn = 'true';
