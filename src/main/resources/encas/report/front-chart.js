// The front against all single models: error over cost, one split at a time.

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
  const least = costs.reduce((a, b) => Math.min(a, b));
  const most = costs.reduce((a, b) => Math.max(a, b));
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
