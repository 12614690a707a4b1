// Tables that sort by a click, Enter or Space on a column's head.

/**
 * A table of rows; columns are {title, value, cell, text, given}: value to sort by, cell to show,
 * text or a number, and whether the table is sorted by it as it opens.
 */
function sortableTable(caption, columns, decorate) {
  const table = make('table', {}, make('caption', { className: 'sr' }, caption));
  const head = make('tr');
  const body = make('tbody');
  let rows = [];
  let sorting = { column: null, direction: 1 };

  const draw = () => {
    const { column, direction } = sorting;
    const sorted = column === null ? rows : [...rows].sort((a, b) => direction * compare(column.value(a), column.value(b)));
    body.replaceChildren(
      ...sorted.map((row) => {
        const line = make('tr', {}, ...columns.map((c) => cell(c, row)));
        decorate(line, row);
        return line;
      })
    );
  };

  for (const column of columns) {
    const button = make('button', { type: 'button' }, column.title);
    const th = make('th', { scope: 'col', className: column.text ? 'text' : 'number' }, button);
    if (column.given) {
      sorting = { column, direction: 1 };
      th.setAttribute('aria-sort', 'ascending');
    }
    button.addEventListener('click', () => {
      const again = sorting.column === column;
      sorting = { column, direction: again ? -sorting.direction : 1 };
      for (const other of head.children) {
        other.removeAttribute('aria-sort');
      }
      th.setAttribute('aria-sort', sorting.direction > 0 ? 'ascending' : 'descending');
      draw();
    });
    head.append(th);
  }
  table.append(make('thead', {}, head), body);
  return {
    table,
    show(shown) {
      rows = shown;
      draw();
    },
  };
}

function compare(a, b) {
  if (typeof a === 'string') {
    return a.localeCompare(b, 'en', { numeric: true });
  }
  return (a ?? Infinity) - (b ?? Infinity);
}

function cell(column, row) {
  const content = column.cell(row);
  const parts = Array.isArray(content) ? content : [content];
  return make('td', { className: column.text ? 'text' : 'number' }, ...parts);
}

/** A figure with its interval below it. */
function withInterval(figure, interval, write) {
  return interval ? [figure, make('small', {}, range(interval, write))] : [figure];
}

function memberColumns() {
  const columns = [
    { title: 'Cascade', text: true, value: (m) => m.models.length, cell: (m) => [cascadeList(m), ...badges(m)] },
  ];
  for (const split of ['search', ...(TESTED ? ['test'] : [])]) {
    const name = SPLIT_NAMES[split];
    columns.push({
      title: `Error, ${name}`,
      value: (m) => figures(m, split).error,
      cell: (m) => withInterval(percent(figures(m, split).error), figures(m, split)['error-interval'], (v) => v.toFixed(2)),
    });
    for (const column of COSTS) {
      columns.push({
        title: `${costUnit(column)}, ${name}`,
        given: split === 'search' && column === COSTS[0],
        value: (m) => figures(m, split).costs[column],
        cell: (m) =>
          withInterval(
            costNumber(figures(m, split).costs[column]),
            m.models.length > 1 && split === 'test' ? m.test['costs-intervals'][column] : null,
            costNumber
          ),
      });
    }
  }
  return columns;
}

/** Marks of the members that the headline speaks of. */
function badges(member) {
  const marks = [];
  if (member.place === DATA.headline.cheapest) {
    marks.push(make('span', { className: 'badge' }, 'matches the best single model'));
  }
  if (member.place === DATA.headline.best) {
    marks.push(make('span', { className: 'badge' }, 'most accurate'));
  }
  return marks;
}

function singleColumns() {
  const own = new Set(ownFront('search', COSTS[0]).map((point) => point.single));
  const columns = [
    {
      title: 'Model',
      text: true,
      value: (s) => s.id,
      cell: (s) => [
        make('span', { className: own.has(s) ? 'dot' : 'dot none', title: own.has(s) ? 'on the single models\u2019 own front' : '' }),
        make('span', { className: 'name' }, s.id),
        ...(SINGLES[DATA.headline.single] === s ? [make('span', { className: 'badge single' }, 'best single model')] : []),
      ],
    },
    { title: `Error, ${SPLIT_NAMES.search}`, value: (s) => s.error, cell: (s) => percent(s.error) },
  ];
  if (TESTED) {
    columns.push({ title: 'Error, test', value: (s) => s.testError, cell: (s) => (s.testError === null ? '\u2013' : percent(s.testError)) });
  }
  for (const column of COSTS) {
    columns.push({ title: costUnit(column), given: column === COSTS[0], value: (s) => s.costs[column], cell: (s) => costNumber(s.costs[column]) });
  }
  return columns;
}

/** Single models that no other one beats, ascending in cost, as points of a split. */
function ownFront(split, column) {
  const points = SINGLES.map((single) => ({ single, figures: singleFigures(single, split) }))
    .filter((point) => point.figures !== null)
    .map(({ single, figures: f }) => ({ single, cost: f.costs[column], error: f.error }))
    .sort((a, b) => a.cost - b.cost || a.error - b.error);
  let lowest = Infinity;
  return points.filter((point) => {
    const better = point.error < lowest;
    lowest = Math.min(lowest, point.error);
    return better;
  });
}
