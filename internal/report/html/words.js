// The words of the page that are not known when it is written.
const zh = document.documentElement.lang.startsWith('zh');
const say = (chinese, english) => zh ? chinese : english;

const severities = ['', 'info', 'warning', 'error'];
const severityName = s => say(['', '提示', '警告', '错误'], ['', 'info', 'warning', 'error'])[s];
const roleName = r => ({agent: say('坐席', 'agent'), customer: say('客户', 'customer'), other: say('其他', 'other')})[r] || say('不明', 'unknown');
const directionName = d => ({inbound: say('呼入', 'inbound'), outbound: say('外呼', 'outbound'), callback: say('回拨', 'callback')})[d] || d || '';
const number = n => n.toLocaleString('en-US');
const turnName = i => say(`第 ${i + 1} 轮`, `turn ${i + 1}`);

// amount is a number of calls, or of scripts.
const amount = n => zh ? `${number(n)} ${data.scripts ? '条' : '通'}` : `${number(n)} ${data.scripts ? 'script' : 'call'}${n === 1 ? '' : 's'}`;
