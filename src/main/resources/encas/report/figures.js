// The data of the page, how figures are written, and how elements are made: text always as text.

const DATA = JSON.parse(document.getElementById('data').textContent);
const FRONT = DATA.front;
const MEMBERS = FRONT.members.map((member, place) => ({ ...member, place }));
const SINGLES = DATA.singles;
const COSTS = FRONT.objectives.slice(1);
const TESTED = FRONT.test !== undefined;
const SPLITS = TESTED ? ['test', 'search'] : ['search'];
const SPLIT_NAMES = { search: FRONT.split, test: 'test' };

const THREE_DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const EXACTLY_THREE = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
const HUNDREDTHS = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 4 });
const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

const percent = (value) => `${value.toFixed(2)}\u00a0%`;
const share = (value) => `${value > 0 && value < 0.0995 ? (100 * value).toFixed(1) : Math.round(100 * value)}\u00a0%`;
const costNumber = (value) => (Math.abs(value) < 1e7 ? EXACTLY_THREE : COMPACT).format(value);
const costUnit = (column) => (column === 'mflops' ? 'MFLOPs' : column);
const cost = (value, column) => `${costNumber(value)}\u00a0${costUnit(column)}`;
const times = (ratio) => ratio.toFixed(ratio < 10 ? 1 : 0);
const threshold = (value) => value.toFixed(2);
const range = ([low, high], write) => `${write(low)}\u2013${write(high)}`;
const volume = (value) => (value === undefined || value === null ? '\u2013' : value.toFixed(4));

/** Figures of a member on a split; a single model's have the same shape. */
function figures(member, split) {
  return split === 'test' ? member.test : member;
}

function singleFigures(single, split) {
  const error = split === 'test' ? single.testError : single.error;
  return error === null ? null : { error, costs: single.costs };
}

/** An element with properties and children; strings become text nodes, never markup. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'className' || name === 'textContent' || name === 'title') {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A cascade as a list of its models, each over a bar of the share of samples that reaches it. */
function cascadeList(member, split = 'search') {
  const shares = figures(member, split)['stage-share'];
  const list = make('ol', { className: 'stages' });
  if (member.models.length === 0) {
    list.append(make('li', {}, 'no model: answers nothing'));
  }
  member.models.forEach((model, stage) => {
    const item = make('li');
    if (stage > 0) {
      const gate = member.thresholds[stage - 1];
      item.append(
        gate === undefined
          ? make('span', { className: 'gate' }, '+')
          : make('span', { className: 'gate', title: `passed on where the average is not surer than ${threshold(gate)}` }, `${threshold(gate)}\u00a0\u203a`)
      );
    }
    const bar = make('span', { className: 'reach', title: `${share(shares[stage])} of the samples reach ${model}` }, make('i'));
    bar.firstChild.style.width = `${100 * shares[stage]}%`;
    item.append(make('span', { className: 'model' }, make('span', {}, model), bar));
    list.append(item);
  });
  return list;
}

/** A row of radio buttons that look like one switch; calls back with the value chosen. */
function choice(label, options, chosen, onChoice) {
  const name = `choice-${label.replace(/\W/g, '-')}`;
  const set = make('fieldset', { className: 'choice' }, make('legend', {}, label));
  for (const [value, text] of options) {
    const input = make('input', { type: 'radio', name, value });
    input.checked = value === chosen;
    input.addEventListener('change', () => onChoice(value));
    set.append(make('label', {}, input, make('span', {}, text)));
  }
  return set;
}

/** A colour of the style sheet as it is now: light, dark or in print. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const byId = (id) => document.getElementById(id);
