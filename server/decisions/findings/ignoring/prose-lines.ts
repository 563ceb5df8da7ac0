import type { LineIndex } from '../../../text/lines.ts';

const PROSE = /\.(?:md|markdown|mdx|rst|rest|adoc|asciidoc)$/i;
const FENCE = /^[\s>*+\d.)-]*(`{3,}|~{3,})/;

/** Whether a file is text with markup: comments in it are about the next paragraph. */
export const isProse = (path: string): boolean => PROSE.test(path);

/** The line that closes the front matter; 0 if there is none. */
export function frontMatterEnd(text: string, lines: LineIndex): number {
  const at = (line: number): string => text.slice(lines.start(line), lines.end(line));
  if (at(0).trim() !== '---') return 0;
  for (let line = 1; line < Math.min(lines.count, 500); line++) if (/^(?:---|\.\.\.)\s*$/.test(at(line))) return line;
  return 0;
}

const fences = new WeakMap<LineIndex, readonly boolean[]>();

/** Whether a line of Markdown is inside a fenced block of code. */
export function isFenced(text: string, lines: LineIndex, line: number): boolean {
  let known = fences.get(lines);
  if (known === undefined) {
    let open: string | undefined;
    known = Array.from({ length: lines.count }, (_, at) => {
      const mark = FENCE.exec(text.slice(lines.start(at), Math.min(lines.end(at), lines.start(at) + 400)))?.[1];
      const inside = open !== undefined;
      if (mark !== undefined && open === undefined) open = mark;
      else if (mark !== undefined && open !== undefined && mark.startsWith(open)) open = undefined;
      return inside;
    });
    fences.set(lines, known);
  }
  return known[line] ?? false;
}

/** Whether a span of code is open at the end of the beginning of a line. */
export const isInCodeSpan = (before: string): boolean => [...before.matchAll(/`+/g)].length % 2 === 1;
