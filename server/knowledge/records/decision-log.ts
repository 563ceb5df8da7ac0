import type { Document, Section } from '../../model/document.ts';
import type { Position, Span } from '../../model/span.ts';
import { lineIndex } from '../../text/lines.ts';
import type { Heading, Outline } from '../markup/outline.ts';
import { readProse } from '../markup/prose.ts';
import { slugOf } from '../record-name.ts';
import type { Source } from '../source.ts';
import { readRecord } from './record.ts';

/** Limit on the records of one log. */
const MOST_RECORDS = 500;

const LOG_NAME =
  /^(?:\d{1,2}[-_. ]*)?(?:(?:architect(?:ure|ural)|design|technical|tech|project)[-_ ])?(?:decisions?|adrs?)(?:[-_ ](?:logs?|records?|register))?$/;
/** `ADR-1: Use queues`, `AD 3 - x`, `Decision 4: x`, `D-001 x`. A bare `1.` is a number only beside a status: guides number their sections. */
const NUMBERED = /^\[?(?:M?ADR|ADL|AD|DDR|DR|DEC|D|Decision)[-_ #]{0,2}0*(\d{1,5})\]?(?=[\s:.)–—-]|$)/i;
const COUNTED = /^\[?#?0*(\d{1,5})\]?[.:)\s–—-]/;
const STATUS_LINE = /^[ \t]{0,8}(?:[-*|:+>][ \t]*)?[*_]{0,3}status[*_]{0,3}[ \t]*[:|=]|^[ \t]{0,3}(?:[#=]{2,6}[ \t]+)?status[ \t]*$/im;

/** Whether a file is named like a log of decisions. @param stem without extension, lower case */
export const isLogName = (stem: string): boolean => LOG_NAME.test(stem);

/** Whether the start of such a file has a section that is numbered like a record. */
export const hasLogSections = (beginning: string): boolean =>
  /^(?:#{2,4}|={2,5})[ \t]+\[?(?:M?ADR|ADL|AD|DDR|DR|DEC|D|Decision)[-_ #]{0,2}\d{1,5}\b/im.test(beginning);

interface Entry {
  readonly heading: Heading;
  readonly end: number;
  readonly number?: string;
}

/** The sections of a log that are records: numbered, or with a status. Those of one level only, the highest that has any. */
function entriesOf({ headings, text }: Outline): readonly Entry[] {
  for (const level of [...new Set(headings.map((heading) => heading.level))].sort((a, b) => a - b)) {
    const entries: Entry[] = [];
    headings.forEach((heading, index) => {
      if (heading.level !== level || entries.length >= MOST_RECORDS) return;
      let next = index + 1;
      while (next < headings.length && (headings[next]?.level ?? 0) > level) next++;
      const end = headings[next]?.start ?? text.length;
      // A title above everything is the log; a link in a heading leads to the record in a file of its own.
      if ((index === 0 && level === 1 && next >= headings.length) || text.slice(heading.textStart, heading.textEnd).includes('](')) return;
      const named = NUMBERED.exec(heading.text)?.[1];
      const own = text.slice(heading.end, Math.min(headings[index + 1]?.start ?? end, end, heading.end + 4_000));
      const children = headings.slice(index + 1, Math.min(next, index + 50));
      const hasStatus = STATUS_LINE.test(own) || children.some((child) => child.level === level + 1 && /^status$/i.test(child.text));
      const number = named ?? (hasStatus ? COUNTED.exec(heading.text)?.[1] : undefined);
      if (named === undefined && !hasStatus) return;
      entries.push({ heading, end, ...(number === undefined ? {} : { number: String(Number(number)) }) });
    });
    if (entries.length > 0) return entries;
  }
  return [];
}

const below = <T extends Section | { readonly span: Span }>(part: T, lines: number): T => ({ ...part, span: lower(part.span, lines) });
const lower = ({ start, end }: Span, lines: number): Span => {
  const move = ({ line, character }: Position): Position => ({ line: line + lines, character });
  return { start: move(start), end: move(end) };
};

/**
 * The records in a log of decisions, one for each section that is numbered or has a status. Their ids are the path with the anchor of the section,
 * `docs/decisions.md#adr-1-use-queues`; their places are those in the file. Takes time in proportion to the text.
 */
export function readLogRecords(source: Source): readonly Document[] {
  const { outline } = readProse(source);
  const index = lineIndex(source.text);
  const seen = new Set<string>();
  return entriesOf(outline).flatMap(({ heading, end, number }): Document[] => {
    const anchor = slugOf(heading.text).slice(0, 120);
    if (anchor === '' || seen.has(anchor)) return [];
    seen.add(anchor);
    const written = source.text.slice(heading.start, end);
    // The heading becomes the title of a document of its own; spaces keep every offset.
    const text = written.replace(/^(?:#{2,4}|={2,6})(?=[ \t])/, (marks) =>
      marks.startsWith('#') ? '#'.padStart(marks.length) : '='.padEnd(marks.length),
    );
    const record = readRecord({ ...source, text });
    const first = index.lineAt(heading.start);
    const { number: _ofFile, titleSpan, status, ...rest } = record;
    return [
      {
        ...rest,
        id: `${source.path}#${anchor}`,
        slug: slugOf(record.title) || anchor,
        ...(number === undefined ? {} : { number }),
        ...(titleSpan ? { titleSpan: lower(titleSpan, first) } : {}),
        ...(status ? { status: { ...status, span: lower(status.span, first) } } : {}),
        sections: record.sections.map((section) => below(section, first)),
        links: record.links.filter(({ path }) => path !== source.path).map((link) => below(link, first)),
        findings: [],
      },
    ];
  });
}
