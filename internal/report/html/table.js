// The list of calls: filters, search, order and pages.
const pageSize = 200;
const filterNames = ['severity', 'rule', 'agent', 'team', 'tag', 'grade', 'score', 'day', 'hour'];

// search holds the calls in which the words looked for were said.
const search = {words: '', hits: new Set(), busy: false, ticket: 0};

// tests tell for each filter whether a row passes.
const tests = {
  severity: (row, v) => v === 'none' ? row.clean === true : row.counts[severities.indexOf(v)] > 0,
  rule: (row, v) => row.ids.has(v),
  agent: (row, v) => row.who.key === v,
  team: (row, v) => row.who.team === v,
  tag: (row, v) => (row.tags || []).some(t => tagKey(data.tags[t]) === v),
  grade: (row, v) => data.grades[row.grade] === v,
  score: (row, v) => { const [from, to] = v.split('-').map(Number); return row.score >= from && row.score <= to; },
  day: (row, v) => (row.started || '').startsWith(v),
  hour: (row, v) => row.started !== undefined && row.started.length > 10 && Number(row.started.slice(11, 13)) === Number(v),
};

const tagKey = t => t.id + '=' + t.value;

// columns say what the list shows; one without anything to show is left out.
function columns() {
  const text = (name, label, value) => ({name, label, value, cell: row => value(row), text: true});
  const count = s => ({name: severities[s], label: severityName(s), value: row => -row.counts[s], number: true,
    cell: row => el('span', {class: row.counts[s] ? 'count ' + severities[s] : 'zero'}, String(row.counts[s]))});
  const all = [
    {name: 'id', label: data.scripts ? say('话术', 'script') : say('通话', 'call'), value: row => row.name, text: true},
    data.scripts && text('scene', say('场景', 'scene'), row => row.scene || ''),
    data.scripts && text('source', say('位置', 'place'), row => placeOf(row)),
    text('started', say('时间', 'time'), row => row.started || ''),
    text('agent', say('坐席', 'agent'), row => row.who.name),
    text('team', say('班组', 'team'), row => row.who.team || ''),
    text('direction', say('方向', 'direction'), row => directionName(row.direction)),
    {name: 'score', label: say('得分', 'score'), value: row => row.score ?? null, number: true, cell: scoreCell},
    count(3), count(2), count(1),
    {name: 'worst', label: say('主要问题', 'main findings'), cell: worstCell},
  ];
  return all.filter(c => c && (c.name === 'id' || c.name === 'worst' || c.number && c.name !== 'score' ||
    data.rows.some(row => c.value(row) !== '' && c.value(row) !== null)));
}

const placeOf = row => row.source + (row.cell ? ' ' + row.cell : row.line ? ':' + row.line : '');

function scoreCell(row) {
  if (row.score === undefined) return el('span', {class: 'zero'}, '–');
  return [el('b', {}, String(row.score)), row.grade >= 0 ? el('span', {class: 'grade'}, data.grades[row.grade]) : null];
}

// worstCell names the gravest rules that a call breaks.
function worstCell(row) {
  const rules = [...new Set(row.rules || [])].sort((a, b) => data.rules[b].severity - data.rules[a].severity);
  if (!rules.length) return el('span', {class: 'zero'}, row.clean ? say('没有问题', 'none') : say('未能评估', 'not evaluated'));
  const more = rules.length > 2 ? say(` 等 ${rules.length} 项`, ` and ${rules.length - 2} more`) : '';
  return rules.slice(0, 2).map(r => data.rules[r].title).join(say('；', '; ')) + more;
}

// chosen are the rows that pass all filters, in the order asked for.
function chosen(state) {
  let rows = data.rows;
  for (const name of filterNames) if (state[name]) rows = rows.filter(row => tests[name](row, state[name]));
  if (state.q) {
    const words = state.q.toLowerCase();
    rows = rows.filter(row => row.words.includes(words) || search.words === words && search.hits.has(row.number));
  }
  return inOrder(rows, state);
}

// inOrder sorts rows; where nothing is asked for, those with the lowest score come first.
function inOrder(rows, state) {
  const [name, down] = order(state);
  const column = columns().find(c => c.name === name && c.value);
  if (!column) return rows;
  const collator = new Intl.Collator(zh ? 'zh-CN' : 'en', {numeric: true});
  const known = v => v !== null && v !== '';
  return rows.map(row => [column.value(row), row]).sort(([a, x], [b, y]) => {
    if (known(a) !== known(b)) return known(a) ? -1 : 1;
    const by = typeof a === 'number' ? a - b : collator.compare(a, b);
    return (down ? -by : by) || y.counts[3] - x.counts[3] || y.counts[2] - x.counts[2] || y.counts[1] - x.counts[1] || x.number - y.number;
  }).map(([, row]) => row);
}

// order is the column and whether it goes down.
function order(state) {
  const fallback = data.rows.some(row => row.score !== undefined) ? 'score' : 'error';
  const name = state.sort || fallback;
  return [name.replace(/^-/, ''), name.startsWith('-')];
}

// drawFilters makes the form once.
function drawFilters() {
  const unique = (list, key) => [...new Map(list.map(v => [key(v), v])).values()].filter(v => key(v));
  const byTitle = new Intl.Collator(zh ? 'zh-CN' : 'en', {numeric: true}).compare;
  const choices = {
    severity: [...[3, 2, 1].map(s => [severities[s], say('有', 'with ') + severityName(s)]), ['none', say('没有问题', 'nothing found')]],
    rule: unique(data.rules, r => r.id).sort((a, b) => byTitle(a.title, b.title)).map(r => [r.id, `${r.title}　${r.id}`]),
    agent: unique(data.agents, a => a.key).sort((a, b) => byTitle(a.name, b.name)).map(a => [a.key, a.name]),
    team: unique(data.agents, a => a.team).sort((a, b) => byTitle(a.team, b.team)).map(a => [a.team, a.team]),
    tag: data.tags.map(t => [tagKey(t), `${t.title}：${t.name}`]).sort((a, b) => byTitle(a[1], b[1])),
    grade: data.grades.map(g => [g, g]).sort((a, b) => byTitle(a[0], b[0])),
  };
  const labels = filterLabels();
  const selects = Object.keys(choices).filter(name => choices[name].length).map(name => el('label', {}, el('span', {}, labels[name]),
    el('select', {name, onchange: e => go({...current, [name]: e.target.value, page: ''})}, el('option', {value: ''}, say('全部', 'all')),
      choices[name].map(([value, text]) => el('option', {value}, text)))));
  const box = el('input', {type: 'search', name: 'q', autocomplete: 'off', spellcheck: 'false',
    placeholder: data.scripts ? say('编号、场景或说的话', 'id, scene or words') : say('编号、坐席或说过的话', 'id, agent or what was said'), 'aria-keyshortcuts': '/'});
  let timer = 0;
  const later = e => {
    if (e.isComposing) return; // the letters of an input method are not words yet
    clearTimeout(timer);
    timer = setTimeout(() => go({...current, q: box.value.trim(), page: ''}, true), 250);
  };
  box.addEventListener('input', later);
  box.addEventListener('compositionend', later);
  const orders = columns().filter(c => c.value).flatMap(c => ['', '-'].map(sign => [sign + c.name, c.label + (sign === '' === !severities.includes(c.name) ? ' ↑' : ' ↓')]));
  const sorter = el('label', {class: 'sorter'}, el('span', {}, say('排序', 'order')), el('select', {name: 'sort', onchange: e => go({...current, sort: e.target.value, page: ''})},
    el('option', {value: ''}, say('默认', 'default')), orders.map(([value, text]) => el('option', {value}, text)))); // for phones, where the list has no head
  fill($('filters'), el('label', {class: 'words'}, el('span', {}, say('搜索', 'search')), box), selects, sorter);
  $('filters').addEventListener('submit', e => e.preventDefault());
}

const filterLabels = () => ({severity: say('级别', 'severity'), rule: say('规则', 'rule'), agent: say('坐席', 'agent'), team: say('班组', 'team'),
  tag: say('标签', 'tag'), grade: say('等级', 'grade'), score: say('得分', 'score'), day: say('日期', 'date'), hour: say('时段', 'hour')});

let shown = []; // the rows of the list, on all pages

function drawTable(state) {
  startSearch(state);
  shown = chosen(state);
  const focused = document.activeElement;
  const pages = Math.max(1, Math.ceil(shown.length / pageSize));
  const page = Math.min(pages, Math.max(1, Number(state.page) || 1));
  for (const field of $('filters').elements) {
    if (field !== document.activeElement) field.value = state[field.name] || '';
  }
  fill($('chips'), chips(state));
  $('found').textContent = foundText(page);
  fill($('list'), shown.length ? drawList(state, shown.slice((page - 1) * pageSize, page * pageSize)) : el('p', {class: 'empty'}, nothingText(state)));
  drawPager(state, page, pages);
  if (!focused.isConnected) ($('list').querySelector(`[data-sort="${focused.dataset.sort}"]`) || $('callshead')).focus({preventScroll: true});
}

function foundText(page) {
  const from = (page - 1) * pageSize;
  let text = shown.length === data.rows.length ? say('共 ', '') + amount(shown.length) : say(`符合条件 ${amount(shown.length)}，共 ${amount(data.rows.length)}`, `${amount(shown.length)} of ${number(data.rows.length)}`);
  if (shown.length > pageSize) text += say(`，显示第 ${number(from + 1)}–${number(Math.min(from + pageSize, shown.length))}`, `, showing ${number(from + 1)}–${number(Math.min(from + pageSize, shown.length))}`);
  const left = data.rows.filter(row => !row.block).length;
  if (current.q && search.busy) text += say('，正在搜索说过的话……', ', searching what was said …');
  else if (current.q && left) text += say(`；有 ${amount(left)}的对话没有收进本页，没有搜到`, `; what was said in ${amount(left)} is not in this page and was not searched`);
  return text + say('。', '.');
}

const nothingText = state => state.q && search.busy ? say('正在搜索……', 'Searching …') : say('没有符合条件的。去掉一些条件再试。', 'Nothing matches. Remove some of the conditions.');

// chips are the filters in force, each with a way to remove it.
function chips(state) {
  const labels = filterLabels();
  const names = {rule: v => (data.rules.find(r => r.id === v) || {title: v}).title, agent: v => (data.agents.find(a => a.key === v) || {name: v}).name,
    tag: v => { const t = data.tags.find(t => tagKey(t) === v); return t ? `${t.title}：${t.name}` : v; },
    severity: v => v === 'none' ? say('没有问题', 'nothing found') : severityName(severities.indexOf(v)), hour: v => say(`${v} 时`, `${v}:00`)};
  const on = filterNames.filter(name => state[name]);
  const list = on.map(name => {
    const value = (names[name] || String)(state[name]);
    return el('button', {type: 'button', class: 'chip', 'aria-label': say(`去掉条件：${labels[name]} ${value}`, `Remove filter ${labels[name]} ${value}`),
      onclick: () => go({...current, [name]: '', page: ''})}, `${labels[name]}：`, el('b', {}, value), el('span', {'aria-hidden': 'true'}, ' ×'));
  });
  if (on.length > 1 || on.length && state.q) list.push(el('button', {type: 'button', class: 'chip plain', onclick: () => go({view: 'calls', sort: current.sort})}, say('全部去掉', 'Clear all')));
  return list;
}

function drawList(state, rows) {
  const [sorted, down] = order(state);
  const list = columns();
  const head = list.map(c => {
    const on = c.name === sorted;
    // Of numbers of findings, which sort as their negatives, the highest come first.
    const direction = on ? (down !== severities.includes(c.name) ? 'descending' : 'ascending') : c.value ? 'none' : undefined;
    const next = on && !down ? '-' + c.name : c.name;
    return el('th', {scope: 'col', class: c.number && 'n', 'aria-sort': direction},
      c.value ? el('button', {type: 'button', 'data-sort': c.name, onclick: () => go({...current, sort: next, page: ''})}, c.label) : c.label);
  });
  const body = rows.map(row => el('tr', {onclick: e => { if (!e.target.closest('a') && !String(getSelection())) location.hash = callHash(row); }},
    list.map(c => c.name === 'id'
      ? el('th', {scope: 'row'}, el('a', {href: callHash(row), 'data-row': row.number}, row.name))
      : el('td', {class: (c.number ? 'n ' : '') + 'c-' + c.name, 'data-label': c.label}, c.cell(row)))));
  return el('table', {class: 'list'}, el('caption', {class: 'hide'}, data.scripts ? say('话术列表', 'Scripts') : say('通话列表', 'Calls')),
    el('thead', {}, el('tr', {}, head)), el('tbody', {}, body));
}

function drawPager(state, page, pages) {
  const link = (to, label, rel) => to < 1 || to > pages ? el('span', {class: 'off'}, label) : el('a', {href: hashOf({...state, page: to === 1 ? '' : String(to)}), rel}, label);
  fill($('pager'), pages > 1 && [link(page - 1, say('← 上一页', '← previous'), 'prev'), el('span', {}, say(`第 ${page} / ${pages} 页`, `page ${page} of ${pages}`)), link(page + 1, say('下一页 →', 'next →'), 'next')]);
}

// startSearch looks through what was said, once for the same words.
function startSearch(state) {
  const words = (state.q || '').toLowerCase();
  if (words === search.words) return;
  const ticket = ++search.ticket;
  Object.assign(search, {words, hits: new Set(), busy: words !== '' && data.details > 0});
  if (!search.busy) return;
  let drawn = performance.now();
  searchSaid(words, () => ticket !== search.ticket, (hits, last) => {
    hits.forEach(place => search.hits.add(place));
    search.busy = !last;
    if (current.view === 'calls' && (last || hits.length && performance.now() - drawn > 400)) {
      drawn = performance.now();
      drawTable(current);
    }
  }).catch(trouble);
}
