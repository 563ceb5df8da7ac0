import { numberedTitle, type WireHit } from '../../../protocol/index.ts';
import type { ViewStrings } from './messages.ts';

const SVG = 'http://www.w3.org/2000/svg';

const RING = 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1a6 6 0 1 0 0 12A6 6 0 0 0 8 2z';
const CLOCK = `${RING}M7.5 4h1v4l2.7 2.7-.7.7-3-3z`;

/**
 * Path data for a 16 x 16 view box: a pair of scales, a page, an open book, a commit on its line, a flask; for decisions that are not in force, a clock, a
 * barred circle and a question mark. The same signs as in Why This Code, whose rows use the icons of the editor.
 */
const ICONS: Readonly<Record<string, string>> = {
  decision:
    'M7.5 1h1v2H14v1h-.7l2.2 5.2a2.6 2.6 0 0 1-5 0L12.3 4H8.5v9H11v1H5v-1h2.5V4H3.7l2 5.2a2.6 2.6 0 0 1-5 0L2.7 4H2V3h5.5zM13 5.3 11.6 9h2.8zM3.1 5.3 1.8 9h2.8z',
  superseded: CLOCK,
  deprecated: CLOCK,
  rejected: `${RING}M3.5 4.2l.7-.7 8.3 8.3-.7.7z`,
  proposed: `${RING}M7.5 11h1v1h-1zM5.8 6.2a2.2 2.2 0 1 1 3.2 2c-.4.2-.5.4-.5.8v.8h-1V9c0-.8.4-1.3 1-1.6a1.2 1.2 0 1 0-1.7-1.2z`,
  specification: 'M3 1h6.5L13 4.5V15H3zm1 1v12h8V5H9V2zm2 6h4v1H6zm0 2.5h4v1H6z',
  guide: 'M1 2h5.5L8 3l1.5-1H15v11H9.3L8 14l-1.3-1H1zm1 1v9h5l.5.3V3.8L6.2 3zm12 0H9.8l-1.3.8v8.5L9 12h5z',
  commit: 'M0 7.5h4.1a4 4 0 0 1 7.8 0H16v1h-4.1a4 4 0 0 1-7.8 0H0zM8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  test: 'M5 1h6v1h-1v4.3l3.8 7.1a1.1 1.1 0 0 1-1 1.6H3.2a1.1 1.1 0 0 1-1-1.6L6 6.3V2H5zm2 1v4.5L5.4 9.5h5.2L9 6.5V2zm-2.1 8.5-1.8 3.4.1.1h9.6l.1-.1-1.8-3.4z',
};

/** The sign of a kind and, for a decision, of its status. */
export const icon = ({ kind, status }: { readonly kind: string; readonly status?: string | undefined }): SVGSVGElement => {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', (kind === 'decision' ? ICONS[status ?? ''] : undefined) ?? ICONS[kind] ?? ICONS.guide ?? '');
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
};

/** A piece of text of a class. */
export const span = (className: string, text: string): HTMLSpanElement => {
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

/** The day, as hovers, lists and the records themselves write it: `2024-05-11`. Anything that is no date is shown as written. */
const dayOf = (date: string): string => (/^\d{4}-\d{2}-\d{2}/.test(date) ? date.slice(0, 10) : date);

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What is in force needs no word for it: the sign says that it is a decision. */
const isUsual = ({ kind, status }: WireHit): boolean => kind !== 'decision' || status === 'accepted';

/** The end of the first line: a status that is not the usual one, and the day. */
const asideOf = (hit: WireHit, strings: ViewStrings): HTMLSpanElement => {
  const aside = span('aside', '');
  if (hit.status !== undefined && !(hit.kind === 'decision' && isUsual(hit))) {
    aside.append(span(`status ${hit.status}`, strings.status[hit.status] ?? hit.status), ' ');
  }
  if (hit.copies !== undefined) {
    aside.append(span('copies', hit.copies === 1 ? strings.copy : strings.copies.replace('{0}', String(hit.copies))), ' ');
  }
  if (hit.date !== undefined) aside.append(span('date', dayOf(hit.date)));
  return aside;
};

/**
 * One result in two lines: its title, and the passage that was found. Where it is and why it was found is shown with the row that has the focus, and in
 * the tooltip. The title is a button, so that Enter and screen readers work without extra code: its text is its name, and the rest of the row is its
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

  const title = numberedTitle(hit);
  const name = document.createElement('button');
  name.type = 'button';
  name.id = `name-${index}`;
  name.className = 'open';
  name.setAttribute('aria-describedby', `facts-${index} text-${index} why-${index}`);
  name.append(icon(hit), span('hidden', `${strings.kind[hit.kind] ?? hit.kind}: `), span('title', title));
  const head = span('line', '');
  head.append(name, asideOf(hit, strings));

  const text = span('snippet', '');
  text.id = `text-${index}`;
  text.append(...highlighted(hit.snippet, hit.highlights));

  const status = hit.status === undefined ? '' : (strings.status[hit.status] ?? hit.status);
  const place = hit.kind === 'commit' || hit.path === undefined ? hit.sha.slice(0, 9) : hit.path;
  const facts = span('facts', '');
  facts.id = `facts-${index}`;
  if (status !== '') facts.append(span('state', status), ' · ');
  if (hit.date !== undefined) facts.append(span('day', dayOf(hit.date)), ' · ');
  facts.append(span('path', place));

  const why = span('why', hit.evidence[0]?.explanation.replaceAll('`', '') ?? '');
  why.id = `why-${index}`;

  const successor =
    hit.supersededBy.length === 0
      ? []
      : [span('successor', strings.supersededBy.replace('{0}', hit.supersededBy.map(fileName).join(', ')))];
  row.append(head, text, ...successor, facts, why);
  row.title = [title, facts.textContent ?? '', ...successor.map(({ textContent }) => textContent ?? ''), why.textContent ?? '']
    .filter((line) => line !== '')
    .join('\n');
  row.addEventListener('click', (event) => {
    // Selecting text to copy it should not open the result.
    if (getSelection()?.isCollapsed !== false) open(hit, event.ctrlKey || event.metaKey);
  });
  return row;
};

/** The heading above results of one kind, or records of one status. */
export const renderHeading = (name: string, count: number): HTMLLIElement => {
  const row = document.createElement('li');
  row.className = 'group';
  const heading = document.createElement('h2');
  heading.append(name, ' ', span('count', String(count)));
  row.append(heading);
  return row;
};
