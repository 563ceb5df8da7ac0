import type { Outline } from '../../../server/knowledge/markup/outline.ts';

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Headings and blocks of an outline in text order: `## Status`, `paragraph: Accepted.`, `item: [x] Done`. */
export const shapeOf = ({ headings, blocks, visible }: Outline): string[] =>
  [
    ...headings.map(({ start, level, text }) => ({ start, shown: `${'#'.repeat(level)} ${text}`.trimEnd() })),
    ...blocks.map(({ start, end, kind, ticked }) => {
      const box = ticked === undefined ? '' : ticked ? '[x] ' : '[ ] ';
      return { start, shown: `${kind}: ${box}${oneLine(visible.slice(start, end))}` };
    }),
  ]
    .sort((a, b) => a.start - b.start)
    .map(({ shown }) => shown);

/** Which table each row belongs to, as `table: cells`. */
export const rowsOf = ({ blocks, text }: Outline): string[] =>
  blocks.filter(({ kind }) => kind === 'row').map(({ table, start, end }) => `${table}: ${oneLine(text.slice(start, end))}`);
