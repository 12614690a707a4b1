// How the front's hypervolume grew with the evaluations spent.

const GROWTH = 'Hypervolume of the front';

function historyOption(width) {
  const rows = DATA.history;
  const last = rows[rows.length - 1].evaluations;
  const singles = FRONT['single-models'].hypervolume;
  const narrow = width < 560;
  const text = { color: colour('muted'), fontSize: 12 };
  const grid = { show: true, lineStyle: { color: colour('line') } };
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: narrow ? 50 : 60, right: 24, top: 40, bottom: 48 },
    legend: { top: 0, left: 0, itemGap: 16, itemWidth: 18, itemHeight: 9, textStyle: { ...text, color: colour('ink') }, inactiveColor: colour('line'), data: [{ name: GROWTH, icon: 'circle' }, { name: SINGLE_MODELS, icon: DASHES }] },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      backgroundColor: colour('paper'),
      borderColor: colour('line'),
      textStyle: { color: colour('ink'), fontSize: 13 },
      axisPointer: { lineStyle: { color: colour('muted') } },
      formatter: (points) => historyTip(rows[points.find((point) => point.seriesId === 'front')?.dataIndex]),
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: last,
      name: 'Evaluations',
      nameLocation: 'middle',
      nameGap: 30,
      nameTextStyle: text,
      axisLabel: { ...text, hideOverlap: true, formatter: (value) => COMPACT.format(value) },
      axisLine: { lineStyle: { color: colour('muted') } },
      splitLine: { show: false },
    },
    yAxis: { type: 'value', scale: true, axisLabel: { ...text, formatter: (value) => HUNDREDTHS.format(value) }, splitLine: grid, splitNumber: 4 },
    series: [
      {
        id: 'front',
        name: GROWTH,
        type: 'line',
        symbol: 'circle',
        symbolSize: 6,
        showSymbol: rows.length < 60,
        color: colour('cascade'),
        lineStyle: { width: 2 },
        data: rows.map((row) => [row.evaluations, row.hypervolume]),
      },
      {
        id: 'singles',
        name: SINGLE_MODELS,
        type: 'line',
        symbol: 'none',
        color: colour('single'),
        lineStyle: { width: 1.5, type: [5, 4] },
        data: [
          [0, singles],
          [last, singles],
        ],
      },
    ],
  };
}

function historyTip(row) {
  return row === undefined
    ? ''
    : tip(make('b', {}, `Epoch ${row.epoch}`), [
        ['evaluations', WHOLE.format(row.evaluations)],
        ['hypervolume', volume(row.hypervolume)],
        ['cascades in the front', WHOLE.format(row.frontSize)],
        ['seconds', THREE_DIGITS.format(row.seconds)],
      ]);
}
