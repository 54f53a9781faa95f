// el makes an element. Text always becomes a text node: nothing that comes from a
// transcript is ever parsed as HTML.
function el(tag, props, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) e.addEventListener(name.slice(2), value);
    else e.setAttribute(name, value === true ? '' : value);
  }
  e.append(...children.flat(3).filter(c => c !== null && c !== undefined && c !== false && c !== ''));
  return e;
}

// svg makes an element of a drawing. Its namespace is an address, which this page holds
// none of; the empty drawing in the page has it from the reader of HTML.
function svg(tag, props, ...children) {
  const e = document.createElementNS($('drawing').namespaceURI, tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (name.startsWith('on')) e.addEventListener(name.slice(2), value);
    else e.setAttribute(name, value);
  }
  e.append(...children.flat(2).filter(Boolean));
  return e;
}

const $ = id => document.getElementById(id);
const fill = (parent, ...children) => parent.replaceChildren(...children.flat(3).filter(Boolean));

// badge names a severity in words and in colour.
const badge = s => el('span', {class: 'badge ' + severities[s]}, severityName(s));

// show brings something into view and gives it the focus.
function show(e) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  e.focus({preventScroll: true});
  e.scrollIntoView({block: 'center', behavior: calm ? 'auto' : 'smooth'});
}
