// The front against all single models: error over cost, one split at a time.

const CASCADES = 'Cascades';
const INTERVAL = '95 % interval of the error';
const SINGLE_MODELS = 'Single models';
const OWN_FRONT = 'Single models\u2019 own front';

const DASHES = 'path://M0 4h7v2H0zM11 4h7v2h-7z';

/** What the chart shows now. */
const view = { split: SPLITS[0], cost: COSTS[0], log: DATA.logCostAxis };

function allCosts() {
  const costs = [];
  for (const member of MEMBERS) {
    costs.push(figures(member, view.split).costs[view.cost]);
  }
  SINGLES.forEach((single) => costs.push(single.costs[view.cost]));
  return costs;
}

function canBeLogarithmic() {
  return allCosts().every((value) => value > 0);
}

/** A logarithmic axis ends near its data, not at the next power of ten, where a decade is shown. */
function costExtent(log) {
  const costs = allCosts();
  const least = Math.min(...costs);
  const most = Math.max(...costs);
  if (!log) {
    return { min: 0, max: undefined, end: most * 1.04 };
  }
  const margin = Math.pow(most / least, 0.04);
  return most / least > 12 ? { min: least / margin, max: most * margin, end: most * margin } : { end: most };
}

/** Staircase of a front: every cost up to the end of the axis buys the error of the step. */
function steps(points, end) {
  const path = points.map((point) => [point.cost, point.error]);
  return path.length ? [...path, [Math.max(end, path[path.length - 1][0]), path[path.length - 1][1]]] : path;
}

function memberPoints() {
  return MEMBERS.map((member) => {
    const { error, costs } = figures(member, view.split);
    return { member, cost: costs[view.cost], error };
  }).sort((a, b) => a.cost - b.cost);
}

function frontOption(width) {
  const log = view.log && canBeLogarithmic();
  const extent = costExtent(log);
  const members = memberPoints();
  const narrow = width < 560;
  const text = { color: colour('muted'), fontSize: 12 };
  const grid = { show: true, lineStyle: { color: colour('line') } };
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: narrow ? 44 : 56, right: narrow ? 14 : 24, top: narrow ? 76 : 54, bottom: 48 },
    legend: {
      top: 0,
      left: 0,
      itemGap: 16,
      itemWidth: 18,
      itemHeight: 9,
      textStyle: { ...text, color: colour('ink') },
      inactiveColor: colour('line'),
      data: [
        { name: CASCADES, icon: 'circle' },
        ...(view.split === 'test' ? [{ name: INTERVAL, icon: 'path://M8 0h2v9h-2z' }] : []),
        { name: SINGLE_MODELS, icon: 'diamond' },
        { name: OWN_FRONT, icon: DASHES },
      ],
    },
    tooltip: {
      trigger: 'item',
      confine: true,
      appendToBody: false,
      transitionDuration: 0,
      backgroundColor: colour('paper'),
      borderColor: colour('line'),
      textStyle: { color: colour('ink'), fontSize: 13 },
      formatter: (point) => point.data.tip?.() ?? '',
    },
    xAxis: {
      type: log ? 'log' : 'value',
      min: extent.min,
      max: extent.max,
      name: `Cost of a sample, ${costUnit(view.cost)}${log ? ' (log scale)' : ''}`,
      nameLocation: 'middle',
      nameGap: 30,
      nameTextStyle: text,
      axisLabel: { ...text, hideOverlap: true, showMinLabel: !extent.min, showMaxLabel: !extent.max, formatter: axisNumber },
      axisLine: { lineStyle: { color: colour('muted') } },
      splitLine: grid,
    },
    yAxis: {
      type: 'value',
      scale: true,
      name: narrow ? 'Error, %' : `Error on ${SPLIT_NAMES[view.split]}, %`,
      nameLocation: 'end',
      nameTextStyle: { ...text, align: 'left', padding: [0, 0, 0, narrow ? -30 : -44] },
      nameGap: 12,
      axisLabel: text,
      splitLine: grid,
    },
    dataZoom: matchMedia('(pointer: fine)').matches
      ? ['x', 'y'].map((axis) => ({
          type: 'inside',
          [`${axis}AxisIndex`]: 0,
          filterMode: 'none',
          zoomOnMouseWheel: 'ctrl',
          moveOnMouseWheel: false,
        }))
      : [],
    series: [
      ...(view.split === 'test' ? [intervals(members)] : []),
      singleScatter(),
      ownFrontLine(extent),
      cascadeLine(members, extent),
      cascadeScatter(members),
      ...highlights(narrow),
    ],
  };
}

function axisNumber(value) {
  return value >= 1e6 ? COMPACT.format(value) : THREE_DIGITS.format(value);
}

/** A thin upright line a member, with gaps between: far cheaper to draw than a shape each. */
function intervals(members) {
  return {
    id: 'intervals',
    name: INTERVAL,
    type: 'line',
    silent: true,
    symbol: 'none',
    color: colour('cascade'),
    lineStyle: { color: colour('cascade'), width: members.length > 300 ? 1 : 2, opacity: 0.35 },
    data: members.flatMap(({ member, cost: x }) => {
      const [low, high] = member.test['error-interval'];
      return [[x, low], [x, high], [x, null]];
    }),
  };
}

function singleScatter() {
  return {
    id: 'singles',
    name: SINGLE_MODELS,
    type: 'scatter',
    symbol: 'diamond',
    symbolSize: 10,
    color: colour('single'),
    itemStyle: { color: colour('paper'), borderColor: colour('single'), borderWidth: 1.6 },
    emphasis: { scale: 1.5, itemStyle: { color: colour('single') } },
    data: SINGLES.filter((single) => singleFigures(single, view.split) !== null).map((single) => ({
      value: [single.costs[view.cost], singleFigures(single, view.split).error],
      tip: () => singleTip(single),
    })),
  };
}

function ownFrontLine(extent) {
  return {
    id: 'own-front',
    name: OWN_FRONT,
    type: 'line',
    step: 'end',
    silent: true,
    symbol: 'none',
    color: colour('single'),
    lineStyle: { color: colour('single'), width: 1.5, type: [5, 4] },
    data: steps(ownFront(view.split, view.cost), extent.end),
  };
}

/** A staircase where the front is one: on the split searched, with a single cost. */
function cascadeLine(members, extent) {
  const stairs = view.split === 'search' && COSTS.length === 1;
  return {
    id: 'cascade-line',
    name: CASCADES,
    type: 'line',
    step: stairs ? 'end' : false,
    silent: true,
    symbol: 'none',
    color: colour('cascade'),
    lineStyle: { color: colour('cascade'), width: COSTS.length === 1 ? 1.75 : 0 },
    data: stairs ? steps(members, extent.end) : members.map((point) => [point.cost, point.error]),
  };
}

function cascadeScatter(members) {
  return {
    id: 'cascades',
    name: CASCADES,
    type: 'scatter',
    symbolSize: members.length > 300 ? 5 : 7,
    color: colour('cascade'),
    itemStyle: { color: colour('cascade'), borderColor: colour('paper'), borderWidth: 0.75, opacity: 1 },
    emphasis: { scale: 1.8 },
    data: members.map((point) => ({
      value: [point.cost, point.error],
      place: point.member.place,
      tip: () => memberTip(point.member),
    })),
  };
}

/** The headline in the picture: from the best single model to the cascade that does the same. */
function highlights(narrow) {
  const single = SINGLES[DATA.headline.single];
  const from = singleFigures(single, view.split);
  const cheapest = MEMBERS[DATA.headline.cheapest];
  if (from === null || cheapest === undefined) {
    return [];
  }
  const to = figures(cheapest, view.split);
  const ratio = from.costs[view.cost] / to.costs[view.cost];
  const mark = (figuresOf, symbol, size, fill, tip, label) => ({
    value: [figuresOf.costs[view.cost], figuresOf.error],
    symbol,
    symbolSize: size,
    itemStyle: { color: fill, borderColor: colour('ink'), borderWidth: 1.5 },
    label: { show: !narrow, fontSize: 12, color: colour('ink'), backgroundColor: colour('paper'), padding: [1, 4], borderRadius: 3, ...label },
    tip,
  });
  return [
    {
      id: 'highlights',
      type: 'scatter',
      z: 5,
      data: [
        mark(from, 'diamond', 14, colour('single'), () => singleTip(single), { position: 'top', distance: 8, formatter: 'best single model' }),
        mark(to, 'circle', 11, colour('cascade'), () => memberTip(cheapest), { position: 'bottom', distance: 10, fontWeight: 'bold', formatter: ratio > 1.05 ? `${ratio.toFixed(ratio < 10 ? 1 : 0)}\u00d7 cheaper` : '' }),
      ],
      markLine: {
        silent: true,
        symbol: ['none', 'arrow'],
        symbolSize: 9,
        symbolOffset: [0, [0, 7]],
        label: { show: false },
        lineStyle: { color: colour('ink'), width: 1.25, type: 'solid' },
        data: ratio > 1.3 ? [[{ coord: [from.costs[view.cost], from.error] }, { coord: [to.costs[view.cost], to.error] }]] : [],
      },
    },
  ];
}

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
