import { join, relative } from 'node:path';
import type { Hit } from '../model/answer.ts';
import type { DocumentKind, StatusValue } from '../model/document.ts';
import { numberedTitle } from '../model/title.ts';
import { groupBy } from '../text/group-by.ts';
import { plainMarkdown } from '../text/plain-markdown.ts';
import { printable, type Terminal } from './terminal.ts';

const MOST_REASONS = 3;

/** A value as `--json` prints it. */
export const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Colors of statuses on a terminal. */
export const STATUS_COLOURS: Readonly<Record<StatusValue, Parameters<Terminal['paint']>[0]>> = {
  accepted: 'green',
  proposed: 'yellow',
  rejected: 'red',
  deprecated: 'red',
  superseded: 'red',
  unknown: 'gray',
};

/** Path of a file relative to the current folder, unless the absolute one is shorter. Terminals make both clickable. */
export const shownPath = (root: string, path: string, { folder }: Terminal): string => {
  const absolute = join(root, path);
  const near = relative(folder, absolute);
  return near.length < absolute.length ? near : absolute;
};

/** Specifications and commits are no Markdown, whatever they look like. */
const isMarkdown = ({ kind }: Hit): boolean => kind === 'decision' || kind === 'guide';

const highlighted = (hit: Hit, { paint }: Terminal): string => {
  const marked = { text: hit.snippet, highlights: hit.highlights };
  const { text: snippet, highlights } = isMarkdown(hit) ? plainMarkdown(marked) : marked;
  let text = '';
  let from = 0;
  for (const { start, end } of highlights) {
    text += printable(snippet.slice(from, start)) + paint(['bold', 'yellow'], printable(snippet.slice(start, end)));
    from = end;
  }
  return (text + printable(snippet.slice(from))).trim();
};

const KIND_NAMES: Readonly<Record<DocumentKind, string>> = {
  decision: 'Decisions',
  specification: 'Specifications',
  guide: 'Guides',
  test: 'Tests',
  commit: 'Commits',
};

/** Hits of a search under the names of their kinds, numbered through. */
export const renderGroups = (hits: readonly Hit[], root: string, terminal: Terminal): string => {
  const groups = [...groupBy(hits, ({ kind }) => kind)];
  if (groups.length < 2) return renderHits(hits, root, terminal);
  let before = 0;
  return groups
    .map(([kind, found]) => {
      const text = `${terminal.paint('bold', KIND_NAMES[kind])}\n\n${renderHits(found, root, terminal, before)}`;
      before += found.length;
      return text;
    })
    .join('\n\n');
};

/** Hits as text: number, status, title and date, a clickable location, the snippet, and the strongest reasons. */
export const renderHits = (hits: readonly Hit[], root: string, terminal: Terminal, before = 0): string => {
  const { paint } = terminal;
  const width = String(before + hits.length).length;
  const indent = ' '.repeat(width + 2);
  return hits
    .map((hit, place) => {
      const badge = hit.status === undefined ? [] : [paint(STATUS_COLOURS[hit.status], `[${hit.status}]`)];
      const day = hit.date === undefined ? [] : [printable(hit.date).slice(0, 10)];
      const facts = [hit.kind, ...day, ...(hit.wholeFile ? ['for the whole file'] : [])].join(', ');
      // The status comes first: without colors it is all that sets a superseded decision apart.
      const head = [
        `${String(before + place + 1).padStart(width)}.`,
        ...badge,
        paint('bold', printable(numberedTitle(hit))),
        paint('gray', facts),
      ].join(' ');
      const where =
        hit.path === undefined
          ? `commit ${hit.sha.slice(0, 12)}`
          : `${printable(shownPath(root, hit.path, terminal))}:${hit.span.start.line + 1}`;
      const reasons = hit.evidence.slice(0, MOST_REASONS).map(({ explanation }) => printable(explanation));
      const copies = hit.copies === undefined ? [] : [`and ${hit.copies} more with the same text`];
      const successors = hit.supersededBy.length === 0 ? [] : [`superseded by ${hit.supersededBy.map(printable).join(', ')}`];
      const snippet = highlighted(hit, terminal);
      return [
        head,
        indent + paint('cyan', where),
        ...(snippet === '' ? [] : [indent + snippet]),
        ...[...successors, ...reasons, ...copies].map((reason) => indent + paint('gray', `- ${reason}`)),
      ].join('\n');
    })
    .join('\n\n');
};

/** A warning that the answer comes from an outdated index; empty if it is current. */
export const behindLine = (behind: number): string =>
  behind === 0 ? '' : `lintel: the index is ${behind} ${behind === 1 ? 'change' : 'changes'} behind the repository.\n`;
