// The time line of a call: who speaks when, together or not at all, and where findings are.

const longSilence = 3000; // milliseconds: shorter pauses are a breath between turns

// timeLine draws a call whose turns have times; others have no line.
function timeLine(detail) {
  const speech = detail.turns.map((t, turn) => t.span && {turn, role: t.role, from: t.span[0], to: t.span[1], guessed: t.span[2]}).filter(Boolean).sort((a, b) => a.from - b.from || a.turn - b.turn);
  const length = Math.max(0, ...speech.map(s => s.to));
  if (speech.length < 2 || !length) return null;
  const {silences, overlaps} = between(speech);
  const at = ms => (100 * ms / length).toFixed(3) + '%';
  return el('figure', {class: 'clock', 'aria-label': say('时间线', 'Time line')}, caption(speech, silences, overlaps),
    svg('svg', {role: 'img', 'aria-label': described(silences, overlaps)}, bars(speech, at, length), marks(silences, overlaps, at, length), flags(detail, speech, at, length), axis(length, at)));
}

// between lists the silences, and the times at which two sides speak at once.
function between(speech) {
  const silences = [], overlaps = [];
  let last = speech[0];
  for (const s of speech.slice(1)) {
    if (s.from - last.to >= longSilence) silences.push({from: last.to, to: s.from, turn: s.turn});
    else if (s.from < last.to && s.role !== last.role) overlaps.push({from: s.from, to: Math.min(s.to, last.to), turn: s.turn});
    if (s.to > last.to) last = s;
  }
  return {silences, overlaps};
}

const total = list => list.reduce((sum, s) => sum + s.to - s.from, 0);
const secondsName = ms => say(`${Math.round(ms / 1000)} 秒`, `${Math.round(ms / 1000)} s`);
const clockName = ms => { const s = Math.floor(ms / 1000), two = n => String(n).padStart(2, '0'); return (s >= 3600 ? Math.floor(s / 3600) + ':' : '') + two(Math.floor(s / 60) % 60) + ':' + two(s % 60); };

// caption is the key, with the sums.
function caption(speech, silences, overlaps) {
  const key = (kind, name, list) => list.length ? el('span', {class: 'key ' + kind}, name + ' ' + secondsName(total(list))) : null;
  const roles = [...new Set(speech.map(s => s.role))];
  return el('figcaption', {}, ['agent', 'customer', 'other', 'unknown'].filter(r => roles.includes(r)).map(r => key(r, roleName(r), speech.filter(s => s.role === r))),
    key('overlap', say('同时说', 'both at once'), overlaps), key('silence', say('静默', 'silence'), silences),
    speech.some(s => s.guessed) ? el('span', {}, say('浅色：结束的时间是估计的', 'pale: the end is guessed')) : null);
}

// described tells in words what the drawing shows beyond the turns below it.
function described(silences, overlaps) {
  const list = (name, all) => all.length ? [name + all.map(s => `${clockName(s.from)} ${secondsName(s.to - s.from)}`).join(say('、', ', '))] : [];
  return [say('通话的时间线', 'time line of the call'), ...list(say('静默：', 'silence: '), silences), ...list(say('同时说：', 'both at once: '), overlaps)].join(say('；', '; '));
}

const clockRows = {agent: 2, customer: 22};

// bars are the turns, the agent's above the customer's; a click leads to the words.
const bars = (speech, at, length) => [2, 22].map(y => svg('line', {class: 'base', x1: 0, x2: '100%', y1: y + 8, y2: y + 8})).concat(speech.map(s => svg('rect', {
  class: s.role + (s.guessed ? ' guessed' : ''), x: at(s.from), y: clockRows[s.role] ?? 12, height: 16, rx: 1, width: at(Math.max(s.to - s.from, length / 500)), onclick: () => show($('turn' + s.turn))},
  svg('title', {}, `${clockName(s.from)} ${roleName(s.role)} ${turnName(s.turn)}`))));

// marks are the silences with their length, and what is said at once.
function marks(silences, overlaps, at, length) {
  return [silences.map(s => [svg('line', {class: 'silence', x1: at(s.from), x2: at(s.to), y1: 48, y2: 48}),
    (s.to - s.from) * 12 > length ? svg('text', {x: at((s.from + s.to) / 2), y: 62, 'text-anchor': 'middle'}, secondsName(s.to - s.from)) : null]),
    overlaps.map(s => svg('rect', {class: 'overlap', x: at(s.from), y: 44, height: 8, width: at(Math.max(s.to - s.from, length / 500))}, svg('title', {}, `${clockName(s.from)} ${say('同时说', 'both at once')} ${secondsName(s.to - s.from)}`)))].flat(2);
}

// flags are the numbers of the findings at their turns; those close to one another take turns on two rows.
function flags(detail, speech, at, length) {
  const from = new Map(speech.map(s => [s.turn, s.from]));
  const ends = [-Infinity, -Infinity];
  return numbered(detail).filter(n => from.has(turnOf(n))).map(n => {
    const ms = from.get(turnOf(n)), row = ends[0] <= ms || ends[0] <= ends[1] ? 0 : 1;
    ends[row] = Math.max(ms, ends[row]) + length / 40;
    const rule = data.rules[n.rule];
    return svg('text', {class: 'flag ' + (n.by ? '' : severities[rule.severity]), x: at(Math.min(ends[row] - length / 40, length * .98)), y: 66 + 12 * row, onclick: () => show($('note' + n.number))}, '▲' + n.number, svg('title', {}, rule.title));
  });
}

// axis has five times, the last at the end.
const axis = (length, at) => [0, 1, 2, 3, 4].map(i => svg('text', {x: at(length * i / 4), y: 93, 'text-anchor': ['start', 'middle', 'middle', 'middle', 'end'][i]}, clockName(length * i / 4)));
