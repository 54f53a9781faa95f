// The state of the page is in its address: #calls=&rule=… is a list, #call=ID a
// call. So every view can be shared, and the browser's back button works.
const title = document.title;
let current = {view: 'overview'};
let back = {view: 'calls'}; // the list that a call was opened from
let scrolled = 0;

function stateOf(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  if (given.has('call')) return {view: 'call', call: idIn(hash, given.get('call')), nth: Number(given.get('n')) || 1};
  if (!given.has('calls')) return {view: 'overview'};
  const state = {view: 'calls'};
  for (const name of [...filterNames, 'q', 'sort', 'page']) state[name] = given.get(name) || '';
  return state;
}

// idIn is the id in an address. One written by hand may have a + that is no space.
function idIn(hash, id) {
  const plus = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B')).get('call');
  return !byID.has(id) && byID.has(plus) ? plus : id;
}

function hashOf(state) {
  const out = new URLSearchParams({calls: ''});
  for (const name of [...filterNames, 'q', 'sort', 'page']) if (state[name]) out.set(name, state[name]);
  return '#' + out;
}

// callHash names a call by its id, and by its number among those of the same id.
function callHash(row) {
  const out = new URLSearchParams({call: row.id});
  const nth = byID.get(row.id).indexOf(row) + 1;
  if (nth > 1) out.set('n', String(nth));
  return '#' + out;
}

const byID = new Map();

// go changes the list; quietly, so that every letter typed is no step back.
function go(state, quietly) {
  const hash = hashOf(state);
  if (!quietly) {
    location.hash = hash;
    return;
  }
  history.replaceState(null, '', hash);
  render();
}

function render() {
  const before = current;
  current = stateOf(location.hash);
  if (before.view === 'calls' && current.view === 'call') scrolled = scrollY;
  for (const view of ['overview', 'calls', 'call']) $(view).hidden = view !== current.view;
  for (const a of document.querySelectorAll('header nav a')) {
    if (a.dataset.view === current.view) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  }
  document.title = title;
  ({overview: renderOverview, calls: renderCalls, call: renderCall})[current.view](before);
}

function renderOverview(before) {
  if (before.view !== 'overview') arrive('verdict');
}

function renderCalls(before) {
  back = current;
  drawTable(current);
  if (before.view === 'overview') arrive('callshead');
  if (before.view === 'call') {
    const row = rowOf(before);
    const link = row && document.querySelector(`#list a[data-row="${row.number}"]`);
    scrollTo(0, scrolled);
    if (link) link.focus({preventScroll: scrolled > 0});
  }
}

const rowOf = state => (byID.get(state.call) || [])[state.nth - 1];

function renderCall() {
  const row = rowOf(current);
  scrollTo(0, 0);
  if (row) {
    drawCall(row, current).catch(trouble);
    return;
  }
  fill($('call'), el('h2', {id: 'callhead', tabindex: '-1'}, say('没有找到', 'Not found')),
    el('p', {}, say(`本报告里没有编号为 ${current.call} 的。`, `This report has nothing with the id ${current.call}.`)), el('p', {}, el('a', {href: hashOf(back)}, say('← 返回列表', '← back to the list'))));
  $('callhead').focus();
}

// arrive begins a view at its top, for eyes and for screen readers.
function arrive(id) {
  scrollTo(0, 0);
  $(id).focus({preventScroll: true});
}

// step moves the focus among the rows of the list, or the findings of a call.
function step(by) {
  const where = current.view === 'calls' ? '#list a[data-row]' : '#call .remark';
  const list = [...document.querySelectorAll(where)];
  const at = list.indexOf(document.activeElement.closest(where));
  const next = list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  if (!next) return;
  next.focus({preventScroll: true});
  next.scrollIntoView({block: 'nearest'});
}

function onKey(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  const typing = e.target.closest('input, select, textarea');
  if (typing && e.key === 'Escape') typing.blur();
  if (typing || !keys[e.key]) return;
  if (keys[e.key]() !== false) e.preventDefault();
}

const keys = {
  j: () => step(1), k: () => step(-1), ArrowDown: () => current.view === 'calls' && step(1), ArrowUp: () => current.view === 'calls' && step(-1),
  '/': () => { if (current.view !== 'calls') location.hash = hashOf(back); setTimeout(() => $('filters').elements.q.focus()); },
  Escape: () => current.view === 'call' && (location.hash = hashOf(back)),
  '[': () => follow('['), ']': () => follow(']'),
};

function follow(key) {
  const link = document.querySelector(`#call a[data-key="${key}"]`);
  if (link) location.hash = link.hash;
}

// unfold hides the rest of long tables behind a button.
function unfold(rest) {
  rest.hidden = true;
  const more = el('button', {type: 'button', class: 'unfold', onclick: () => { rest.hidden = false; more.remove(); }}, say(`其余 ${rest.rows.length} 行`, `${rest.rows.length} more`));
  rest.closest('section').append(more);
}

// Paper cannot be unfolded: while the page is printed all is open.
const folded = () => [...document.querySelectorAll('tbody.rest[hidden], details:not([open])')];
const setOpen = (part, open) => { if (part.tagName === 'DETAILS') part.open = open; else part.hidden = !open; };
let unfolded = [];
addEventListener('beforeprint', () => { unfolded = unfolded.concat(folded()); for (const part of unfolded) setOpen(part, true); });
addEventListener('afterprint', () => { for (const part of unfolded) setOpen(part, false); unfolded = []; });

// trouble tells people, not only the console, what went wrong.
function trouble(error) {
  $('trouble').hidden = false;
  $('trouble').textContent = say('这个浏览器打不开列表和批注，概览仍可看。请用较新的 Chrome、Edge、Firefox 或 Safari。（', 'This browser cannot open the list and the annotated calls; the overview can be read. Please use a newer Chrome, Edge, Firefox or Safari. (') + error + say('）', ')');
}

async function start() {
  document.querySelectorAll('tbody.rest').forEach(unfold);
  document.querySelector('.skip').addEventListener('click', e => { e.preventDefault(); $('main').focus(); });
  await readData();
  for (const row of data.rows) {
    if (!byID.has(row.id)) byID.set(row.id, []);
    byID.get(row.id).push(row);
  }
  drawFilters();
  addEventListener('hashchange', render);
  document.addEventListener('keydown', onKey);
  render();
  document.documentElement.dataset.ready = '';
}

start().catch(trouble);
