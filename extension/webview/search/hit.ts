import type { WireHit } from '../../../protocol/index.ts';
import type { ViewStrings } from './messages.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Path data by kind, for a 16 x 16 view box: a beam on two posts, a page, an open book, a commit on its line. */
const ICONS: Readonly<Record<string, string>> = {
  decision: 'M1 3h14v3h-2v8h-3V6H6v8H3V6H1z',
  specification: 'M3 1h6.5L13 4.5V15H3zm1 1v12h8V5H9V2zm2 6h4v1H6zm0 2.5h4v1H6z',
  guide: 'M1 2h5.5L8 3l1.5-1H15v11H9.3L8 14l-1.3-1H1zm1 1v9h5l.5.3V3.8L6.2 3zm12 0H9.8l-1.3.8v8.5L9 12h5z',
  commit: 'M0 7.5h4.1a4 4 0 0 1 7.8 0H16v1h-4.1a4 4 0 0 1-7.8 0H0zM8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
};

const icon = (kind: string): SVGSVGElement => {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[kind] ?? ICONS.guide ?? '');
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
};

const span = (className: string, text: string): HTMLSpanElement => {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
};

/** The snippet without blank lines, with its highlights as `mark`. Ignores highlights outside the text. */
const highlighted = (text: string, highlights: WireHit['highlights']): (string | HTMLElement)[] => {
  const parts: (string | HTMLElement)[] = [];
  const plain = (start: number, end?: number): string => text.slice(start, end).replace(/\s*\n\s*/g, '\n');
  let offset = 0;
  for (const { start, end } of [...highlights].sort((a, b) => a.start - b.start)) {
    if (start < offset || end <= start || end > text.length) continue;
    const mark = document.createElement('mark');
    mark.textContent = text.slice(start, end);
    parts.push(plain(offset, start), mark);
    offset = end;
  }
  return [...parts, plain(offset)];
};

/** Formats a date such as "2024-05-11", or a timestamp, for the locale. Anything else is returned unchanged. */
const formatDate = (date: string): string => {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return date;
  // Formatted in UTC: a date without a time would otherwise be one day early west of Greenwich.
  const zone = /^\d{4}-\d{2}-\d{2}$/.test(date) ? { timeZone: 'UTC' } : {};
  return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', ...zone }).format(time);
};

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * One result. The title is a button, so that Enter and screen readers work without extra code: its text is its name, and the rest of the row is its
 * description. A click anywhere in the row does the same.
 */
export const renderHit = (
  hit: WireHit,
  index: number,
  strings: ViewStrings,
  open: (hit: WireHit, beside: boolean) => void,
): HTMLLIElement => {
  const row = document.createElement('li');
  row.className = 'hit';
  row.dataset.vscodeContext = JSON.stringify({ webviewSection: 'hit', hitKind: hit.kind, hit, preventDefaultContextMenuItems: true });

  const name = document.createElement('button');
  name.type = 'button';
  name.id = `name-${index}`;
  name.className = 'open';
  name.setAttribute('aria-describedby', `facts-${index} text-${index} why-${index}`);
  name.append(icon(hit.kind), span('hidden', `${strings.kind[hit.kind] ?? hit.kind}: `), span('title', hit.title));

  const facts = span('facts', '');
  facts.id = `facts-${index}`;
  if (hit.status !== undefined) facts.append(span(`status ${hit.status}`, strings.status[hit.status] ?? hit.status), ' ');
  if (hit.date !== undefined) facts.append(span('date', formatDate(hit.date)), ' ');
  const place = span('path', hit.kind === 'commit' || hit.path === undefined ? hit.sha.slice(0, 9) : hit.path);
  if (hit.path !== undefined) place.title = hit.path;
  facts.append(place);

  const text = span('snippet', '');
  text.id = `text-${index}`;
  text.append(...highlighted(hit.snippet, hit.highlights));

  const why = span('why', hit.evidence[0]?.explanation ?? '');
  why.id = `why-${index}`;

  row.append(name, facts, text, why);
  if (hit.supersededBy.length > 0) {
    row.append(span('successor', strings.supersededBy.replace('{0}', hit.supersededBy.map(fileName).join(', '))));
  }
  row.addEventListener('click', (event) => {
    // Selecting text to copy it should not open the result.
    if (getSelection()?.isCollapsed !== false) open(hit, event.ctrlKey || event.metaKey);
  });
  return row;
};
