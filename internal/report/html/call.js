// One call, annotated.

// drawCall shows a call; in the meantime another may have been asked for.
async function drawCall(row, state) {
  const detail = await detailOf(row);
  if (current !== state) return;
  const head = el('h2', {id: 'callhead', tabindex: '-1'}, el('bdi', {}, row.name));
  const body = detail ? [timeLine(detail), el('div', {class: 'columns2'}, conversation(row, detail), aside(row, detail))] : [absent(row)];
  fill($('call'), callNav(row), el('header', {class: 'callhead'}, el('div', {}, head, facts(row, detail)), scoreBox(row)), body);
  $('call').hidden = false;
  document.title = row.name + ' · ' + title;
  head.focus({preventScroll: true});
}

// callNav leads back to the list and to the calls before and after.
function callNav(row) {
  if (!shown.length) shown = chosen(back);
  const at = shown.indexOf(row);
  const to = (r, label, key) => r ? el('a', {href: callHash(r), 'data-key': key, 'aria-keyshortcuts': key}, label) : el('span', {class: 'off'}, label);
  return el('nav', {class: 'callnav', 'aria-label': say('前后', 'Neighbours')},
    el('a', {href: hashOf(back), class: 'back', 'aria-keyshortcuts': 'Escape'}, say('← 返回', '← back')), el('span', {class: 'grow'}),
    at >= 0 && el('span', {class: 'small'}, `${number(at + 1)} / ${number(shown.length)}`), to(at >= 0 && shown[at - 1], say(data.scripts ? '上一条' : '上一通', 'previous'), '['), to(at >= 0 && shown[at + 1], say(data.scripts ? '下一条' : '下一通', 'next'), ']'));
}

// facts are what is known of a call besides what was said.
function facts(row, detail) {
  const list = data.scripts ? [row.scene] : [row.who.name && say('坐席 ', 'agent ') + row.who.name, row.who.team, row.started, directionName(row.direction), ...(detail && detail.facts || [])];
  return [el('p', {class: 'facts'}, list.filter(Boolean).map(f => el('span', {}, f))), el('p', {class: 'facts small'}, el('bdi', {}, placeOf(row)))];
}

function scoreBox(row) {
  if (row.score === undefined) return data.scripts ? null : el('p', {class: 'score'}, el('small', {}, say('没有得分', 'no score')));
  return el('p', {class: 'score'}, el('b', {}, String(row.score)), el('small', {}, say(' 分', ' points')), row.grade >= 0 && el('span', {class: 'grade'}, data.grades[row.grade]));
}

// absent stands for a call whose words are not in the page.
function absent(row) {
  const rules = [...new Set(row.rules || [])];
  const times = r => row.rules.filter(other => other === r).length;
  return [el('p', {class: 'note'}, say('为了打得开、发得出，这一通的对话没有收进本页。请在原始文件中查看，或者只用这一部分输入另做一份报告：', 'To keep this page small, what was said in this call is not in it. See the source, or make a report of that input alone: ') + placeOf(row)),
    el('ul', {class: 'plainlist'}, rules.map(r => el('li', {}, badge(data.rules[r].severity), ' ', data.rules[r].title, times(r) > 1 ? ` × ${times(r)}` : '', el('small', {class: 'advice'}, data.rules[r].label, data.rules[r].advice))))];
}

// conversation is the turns, each with what is to be said of it below.
function conversation(row, detail) {
  const notes = numbered(detail);
  const at = i => notes.filter(n => turnOf(n) === i);
  const due = i => notes.filter(n => n.due === i && n.turn >= 0 && n.turn !== i);
  const turns = detail.turns.map((turn, i) => {
    const own = at(i);
    const late = due(i);
    const pointers = late.length ? el('p', {class: 'due'}, say('这里该有回应：', 'A reply was due here: '), late.map(n => jump('note' + n.number, `${data.rules[n.rule].title}${say('（问题 ', ' (finding ')}${n.number}${say('）', ')')}`))) : null;
    return el('li', {id: 'turn' + i, tabindex: '-1', class: `turn ${turn.role}` + (own.length || pointers ? '' : ' innocent')},
      el('div', {class: 'who'}, el('span', {class: 'role'}, data.scripts ? say('说法', 'wording') + (detail.turns.length > 1 ? ' ' + (i + 1) : '') : roleName(turn.role)),
        turn.at ? el('span', {class: 'time'}, turn.at) : null, data.scripts ? null : el('span', {class: 'no'}, el('span', {class: 'hide'}, say('第', 'turn ')), String(i + 1), el('span', {class: 'hide'}, say('轮', '')))),
      el('p', {class: 'said'}, marked(turn.text, own.filter(n => n.turn === i))),
      pointers, own.map(n => note(n, detail)));
  });
  const whole = at(-1);
  const only = el('label', {class: 'only'}, el('input', {type: 'checkbox', onchange: e => list.classList.toggle('folded', e.target.checked)}), say('只看有问题的', 'only turns with findings'));
  const list = el('ol', {class: 'turns'}, turns);
  return el('section', {class: 'talk', 'aria-labelledby': 'talkhead'},
    el('div', {class: 'talkhead'}, el('h3', {id: 'talkhead'}, data.scripts ? say('话术', 'Script') : say('对话', 'Conversation')), notes.length && detail.turns.length > 1 ? only : null), list,
    whole.length ? [el('h4', {}, data.scripts ? say('整条', 'The whole script') : say('整通', 'The whole call')), whole.map(n => note(n, detail))] : null);
}

// numbered are the findings, accepted or not, numbered as they stand in the
// call: what is missing at a turn before what is said in it, and what the whole
// call lacks at the end.
function numbered(detail) {
  const at = f => turnOf(f) < 0 ? Infinity : turnOf(f);
  return [...detail.findings, ...(detail.accepted || [])]
    .sort((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)) || (a.turn < 0 ? -1 : a.start) - (b.turn < 0 ? -1 : b.start))
    .map((f, i) => ({...f, number: i + 1}));
}

// turnOf is the turn that a finding is shown at: its own, or where what is missing was due.
const turnOf = n => n.turn >= 0 ? n.turn : n.due ?? -1;

// marked is a text with what was found in it. Positions count code points, as
// findings do, not the 16-bit units of JavaScript.
function marked(text, notes) {
  const letters = Array.from(text);
  const edges = [...new Set([0, letters.length, ...notes.flatMap(n => [n.start, n.end])])].filter(e => e <= letters.length).sort((a, b) => a - b);
  const parts = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const piece = letters.slice(edges[i], edges[i + 1]).join('');
    const over = notes.filter(n => n.start <= edges[i] && n.end >= edges[i + 1]);
    const live = over.filter(n => !n.by);
    const worst = Math.max(0, ...live.map(n => data.rules[n.rule].severity));
    parts.push(over.length ? el('mark', {class: severities[worst] || 'accepted', title: over.map(n => data.rules[n.rule].title).join(say('、', ', '))}, piece) : piece);
    for (const n of notes.filter(n => n.end === edges[i + 1])) parts.push(mark(n));
  }
  return parts;
}

// mark is the number of a finding, behind its words.
const mark = n => el('button', {type: 'button', class: 'mark ' + (n.by ? 'accepted' : severities[data.rules[n.rule].severity]),
  'aria-label': `${say('问题', 'finding')} ${n.number}${say('，', ', ')}${severityName(data.rules[n.rule].severity)}${say('：', ': ')}${data.rules[n.rule].title}`, onclick: () => show($('note' + n.number))}, String(n.number));

const jump = (id, text) => el('button', {type: 'button', class: 'jump', onclick: () => show($(id))}, text);

// note says of a finding what is wrong, why, and what to say instead.
function note(n, detail) {
  const rule = data.rules[n.rule];
  const missing = n.turn < 0 && n.due !== undefined;
  return el('div', {class: 'remark ' + (n.by ? 'accepted' : severities[rule.severity]), id: 'note' + n.number, tabindex: '-1', role: 'note', 'aria-label': `${say('问题', 'finding')} ${n.number}`},
    el('p', {class: 'what'}, el('span', {class: 'num', 'aria-hidden': 'true'}, String(n.number)), badge(rule.severity), el('b', {}, rule.title), el('code', {}, rule.id), missing ? el('span', {class: 'small'}, say('该在这里说', 'due here')) : null,
      n.place ? el('span', {class: 'small'}, n.place) : null),
    n.by ? el('p', {class: 'by'}, (n.by === 'waiver' ? say('已豁免，不计入', 'waived, not counted') : say('在基线中，不计入', 'in the baseline, not counted')) + (n.reason ? say('：', ': ') + n.reason : '')) : null,
    el('p', {class: 'why'}, rule.quotes && n.turn >= 0 ? rule.why : [n.gist, n.gist.endsWith(rule.why) ? '' : say('', ' ') + rule.why]),
    n.fix ? el('p', {class: 'advice'}, say('改为：', 'write: '), n.fix) : rule.advice ? el('p', {class: 'advice'}, el('span', {}, rule.label), rule.advice) : null,
    related(n, detail), otherCalls(n));
}

// otherCalls are links to the calls that show what was found in this one.
function otherCalls(n) {
  if (!n.calls) return null;
  return el('p', {class: 'related'}, say('相关通话：', 'other calls: '), n.calls.map(id => {
    const rows = byID.get(id);
    return [rows ? el('a', {href: callHash(rows[0])}, id) : id, ' '];
  }));
}

// related are the other places that belong to a finding.
function related(n, detail) {
  if (!n.related || !n.related.length) return null;
  return el('p', {class: 'related'}, say('相关：', 'related: '), n.related.map(([turn, start, end]) => {
    const words = Array.from(detail.turns[turn].text).slice(start, end);
    return jump('turn' + turn, `${data.scripts ? say('说法 ', 'wording ') + (turn + 1) : turnName(turn)} ${say('“', '“')}${words.slice(0, 14).join('')}${words.length > 14 ? '…' : ''}”`);
  }));
}

// aside is the score, the list of findings, the tags, and what was not judged.
function aside(row, detail) {
  return el('aside', {'aria-label': say('结论', 'Verdict')}, costs(row, detail), contents(detail), tagList(detail), unjudged(detail));
}

function costs(row, detail) {
  if (!detail.formula) return null;
  const rows = (detail.costs || []).filter(c => c.total || c.fatal || c.count).map(c => el('tr', {},
    el('th', {scope: 'row'}, data.rules[c.rule].title), el('td', {class: 'n'}, c.counted === c.count ? `${c.count}×${c.points}` : `${c.counted}×${c.points} / ${c.count}`),
    el('td', {class: 'n'}, c.fatal ? say('一票否决', 'fatal') : '−' + c.total)));
  const sum = (detail.costs || []).some(c => c.total) && !detail.costs.some(c => c.fatal);
  return el('section', {}, el('h3', {}, say('得分怎么来的', 'How the score came about')),
    el('p', {class: 'formula'}, detail.formula, el('span', {class: 'nowrap'}, sum ? ' = ' : say('，得分 ', ', score '), el('b', {}, String(row.score)))),
    detail.remarks ? el('p', {class: 'small'}, detail.remarks) : null, rows.length ? el('table', {class: 'costs'}, el('tbody', {}, rows)) : null);
}

function contents(detail) {
  const notes = numbered(detail);
  if (!notes.length) return el('section', {}, el('h3', {}, say('问题', 'Findings')), el('p', {}, (detail.unjudged || []).length ? say('能评估的规则没有发现问题。', 'Nothing found by the rules that were judged.') : say('没有发现问题。', 'Nothing found.')));
  return el('section', {}, el('h3', {}, say(`问题 ${detail.findings.length} 处`, `Findings: ${detail.findings.length}`) + (detail.accepted ? say(`，另有已接受 ${detail.accepted.length} 处`, `, accepted: ${detail.accepted.length}`) : '')),
    el('ol', {class: 'contents'}, notes.map(n => el('li', {class: n.by ? 'accepted' : severities[data.rules[n.rule].severity]},
      el('button', {type: 'button', class: 'jump', onclick: () => show($('note' + n.number))}, el('span', {class: 'num'}, String(n.number)), el('span', {class: 'hide'}, severityName(data.rules[n.rule].severity) + ' '), data.rules[n.rule].title)))));
}

function tagList(detail) {
  if (!detail.tagged) return null;
  const kinds = new Map();
  for (const [tag, turn] of detail.tagged) {
    const t = data.tags[tag];
    if (!kinds.has(t.title)) kinds.set(t.title, []);
    kinds.get(t.title).push(turn >= 0 ? jump('turn' + turn, `${t.name}${say('（', ' (')}${turnName(turn)}${say('）', ')')}`) : el('span', {}, t.name));
  }
  return el('section', {}, el('h3', {}, say('标签', 'Tags')), el('dl', {class: 'tags'}, [...kinds].map(([title, values]) => el('div', {}, el('dt', {}, title), el('dd', {}, values)))));
}

function unjudged(detail) {
  if (!detail.unjudged) return null;
  return el('section', {}, el('h3', {}, say('未能评估', 'Not evaluated')), detail.unjudged.map(u => el('details', {},
    el('summary', {}, say(`${u.reason}（${u.rules.length} 条规则）`, `${u.reason} (${u.rules.length} rules)`)), el('p', {class: 'small'}, u.rules.join(say('、', ', '))))));
}
