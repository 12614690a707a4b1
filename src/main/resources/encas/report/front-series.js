// What the chart of the front is made of: points, staircases, intervals and the headline.

const CASCADES = 'Cascades';
const INTERVAL = '95 % interval of the error';
const SINGLE_MODELS = 'Single models';
const OWN_FRONT = 'Single models\u2019 own front';

const DASHES = 'path://M0 4h7v2H0zM11 4h7v2h-7z';

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
    progressive: 0,
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
  // Off that split it goes up and down: a guide to the eye among few, a blot among many.
  const drawn = stairs || (COSTS.length === 1 && members.length <= 300);
  return {
    id: 'cascade-line',
    name: CASCADES,
    type: 'line',
    step: stairs ? 'end' : false,
    silent: true,
    symbol: 'none',
    color: colour('cascade'),
    lineStyle: { color: colour('cascade'), width: drawn ? 1.75 : 0 },
    data: stairs ? steps(members, extent.end) : members.map((point) => [point.cost, point.error]),
  };
}

function cascadeScatter(members) {
  return {
    id: 'cascades',
    name: CASCADES,
    type: 'scatter',
    // At once: drawing by and by waits for a clock, which a browser without a window may stop.
    progressive: 0,
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
  // A halo keeps a label legible over marks that it must not hide.
  const halo = { color: colour('ink'), fontSize: 12, textBorderColor: colour('paper'), textBorderWidth: 4 };
  const mark = (of, symbol, size, fill, tip, label) => ({
    value: [of.costs[view.cost], of.error],
    symbol,
    symbolSize: size,
    itemStyle: { color: fill, borderColor: colour('ink'), borderWidth: 1.5 },
    label: { ...halo, show: !narrow && label !== '', position: 'top', distance: 9, formatter: label },
    tip,
  });
  return [
    {
      id: 'highlights',
      type: 'scatter',
      z: 5,
      data: [
        mark(from, 'diamond', 14, colour('single'), () => singleTip(single), 'best single model'),
        mark(to, 'circle', 11, colour('cascade'), () => memberTip(cheapest), ''),
      ],
      markLine: {
        silent: true,
        symbol: ['none', 'arrow'],
        symbolSize: 9,
        symbolOffset: [0, [0, 7]],
        label: { ...halo, show: true, position: 'insideMiddleTop', distance: 5, fontWeight: 'bold', formatter: `${times(ratio)}\u00d7 cheaper` },
        lineStyle: { color: colour('ink'), width: 1.25, type: 'solid' },
        data: ratio > 1.3 ? [[{ coord: [from.costs[view.cost], from.error] }, { coord: [to.costs[view.cost], to.error] }]] : [],
      },
    },
  ];
}
