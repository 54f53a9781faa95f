// The data of the page: blocks of JSON lines, gzip in base64. Only the table is
// unpacked when the page opens; what was said waits until somebody asks for it.
const data = {scripts: false, rules: [], agents: [], grades: [], tags: [], rows: [], details: 0};

async function unpack(id) {
  const packed = atob(document.getElementById(id).textContent);
  const bytes = Uint8Array.from(packed, c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const text = await new Response(stream).text();
  return text.split('\n').slice(0, -1);
}

async function readData() {
  const lists = JSON.parse((await unpack('lists0'))[0]);
  for (const name of ['rules', 'agents', 'grades', 'tags']) data[name] = lists[name] || [];
  data.scripts = lists.scripts;
  data.details = lists.details;
  const ids = Array.from({length: lists.rows}, (_, i) => 'rows' + i);
  for (const lines of await Promise.all(ids.map(unpack))) {
    for (const line of lines) data.rows.push(newRow(JSON.parse(line), data.rows.length));
  }
}

// newRow adds to a row what the table sorts and filters by.
function newRow(row, number) {
  row.number = number;
  row.who = row.agent < 0 ? {key: '', name: '', team: ''} : data.agents[row.agent];
  row.counts = [0, 0, 0, 0];
  row.ids = new Set();
  for (const rule of row.rules || []) {
    row.counts[data.rules[rule].severity]++;
    row.ids.add(data.rules[rule].id);
  }
  row.name = row.id || row.scene || row.source;
  row.words = [row.id, row.scene, row.who.name, row.who.team, row.source].join('\n').toLowerCase();
  return row;
}

// The lines of one block of details are kept: the next call is often in it too.
const kept = {block: 0, lines: []};

async function blockLines(block) {
  if (kept.block !== block) {
    kept.lines = await unpack('calls' + (block - 1));
    kept.block = block;
  }
  return kept.lines;
}

// detailOf is what was said in a call, or null where the page does not hold it.
async function detailOf(row) {
  if (!row.block) return null;
  const start = `{"row":${row.number},`;
  const line = (await blockLines(row.block)).find(l => l.startsWith(start));
  return JSON.parse(line);
}

// searchSaid looks for words in what was said and hands the calls that have them
// to found, block by block. It ends early when stopped says so.
async function searchSaid(words, stopped, found) {
  for (let block = 1; block <= data.details && !stopped(); block++) {
    const hits = [];
    for (const line of await unpack('calls' + (block - 1))) {
      if (!line.toLowerCase().includes(JSON.stringify(words).slice(1, -1))) continue; // quicker than parsing all
      const detail = JSON.parse(line);
      if (detail.turns.some(t => t.text.toLowerCase().includes(words))) hits.push(detail.row);
    }
    if (!stopped()) found(hits, block === data.details);
  }
}
