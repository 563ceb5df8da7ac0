import type { Section } from '../../model/document.ts';
import type { LineIndex } from '../../text/lines.ts';

/** A heading in the source. Offsets are UTF-16 units from the start of the text. */
export interface Heading {
  /** From 1. */
  readonly level: number;
  /** Without markup. */
  readonly text: string;
  /** The whole heading, with marks and underlines. */
  readonly start: number;
  readonly end: number;
  /** The words alone. */
  readonly textStart: number;
  readonly textEnd: number;
}

/** A unit of running text: a paragraph, list item, table row or quotation. Never code or a comment. */
export interface Block {
  readonly kind: 'paragraph' | 'item' | 'row' | 'quote';
  readonly start: number;
  readonly end: number;
  /** Index of the heading above it; -1 before the first. */
  readonly heading: number;
  /** For rows: rows with the same number form one table. */
  readonly table?: number;
  /** For rows of a markup whose cells the reader knows: where they are. Otherwise marks in the text separate them. */
  readonly cells?: readonly { readonly start: number; readonly end: number }[];
  /** For task list items: whether the box is ticked. */
  readonly ticked?: boolean;
}

/** The structure of a prose document in any markup, from which status, date and links are read. */
export interface Outline {
  readonly format: 'markdown' | 'rst' | 'asciidoc';
  readonly text: string;
  /** The text with code, comments and the marks of block quotations replaced by spaces; same length, same lines. */
  readonly visible: string;
  readonly lines: LineIndex;
  /** Offset at which the body starts, after the front matter. */
  readonly bodyStart: number;
  readonly headings: readonly Heading[];
  readonly blocks: readonly Block[];
  /** Link targets by name: `[name]: target` and `.. _name: target`. Names in lower case. */
  readonly definitions: ReadonlyMap<string, string>;
}

/** Headings of a file that are read as headings. The longest records have some hundred. */
export const MOST_HEADINGS = 5_000;
/** Blocks of a file that are looked at for a status, a date and links; the text of all others is in its section. */
export const MOST_BLOCKS = 100_000;

/** Collects headings and blocks while a reader walks the lines. */
export interface OutlineBuilder {
  readonly headings: Heading[];
  readonly blocks: Block[];
  /** The block being collected. */
  readonly open: () => Block | undefined;
  /** Begins a block, closing the one before. */
  begin(kind: Block['kind'], start: number, end: number, extra?: Pick<Block, 'table' | 'ticked' | 'cells'>): void;
  /** Extends the open block to `end`. */
  extend(end: number): void;
  /** Drops the open block. */
  discard(): void;
  close(): void;
  /** Adds a heading. After the 5,000th they are text of the last section. */
  heading(heading: Heading): void;
}

export function outlineBuilder(): OutlineBuilder {
  const headings: Heading[] = [];
  const blocks: Block[] = [];
  let open: Block | undefined;
  const close = (): void => {
    if (open !== undefined && blocks.length < MOST_BLOCKS) blocks.push(open);
    open = undefined;
  };
  return {
    headings,
    blocks,
    open: () => open,
    begin(kind, start, end, extra = {}) {
      close();
      open = { kind, start, end, heading: headings.length - 1, ...extra };
    },
    extend(end) {
      if (open !== undefined) open = { ...open, end };
    },
    discard() {
      open = undefined;
    },
    close,
    heading(heading) {
      close();
      // One too many, which shows that there were more.
      if (headings.length <= MOST_HEADINGS) headings.push(heading);
    },
  };
}

/**
 * Sections of an outline: the text before the first heading, if there is any, then one per heading. A section's text starts with its first line
 * that is not blank and ends where its span ends, so that offsets in it can be converted to positions.
 */
export function sectionsOf(outline: Outline): readonly Section[] {
  const { headings, lines, text, bodyStart } = outline;
  const sections: Section[] = [];
  const add = (heading: Heading | undefined, path: readonly string[], from: number, to: number): void => {
    let first = lines.lineAt(from);
    if (lines.start(first) < from) first++;
    while (first < lines.count && lines.start(first) < to && text.slice(lines.start(first), lines.end(first)).trim() === '') first++;
    const start = Math.min(lines.start(first), to);
    const body = start < from || first >= lines.count ? '' : text.slice(start, to).trimEnd();
    if (heading === undefined && body === '') return;
    const end = body === '' ? (heading?.end ?? from) : start + body.length;
    sections.push({
      heading: heading?.text ?? '',
      level: heading?.level ?? 0,
      headingPath: path,
      text: body,
      span: lines.span(heading?.start ?? start, end),
    });
  };
  add(undefined, [], bodyStart, headings[0]?.start ?? text.length);
  const path: Heading[] = [];
  headings.forEach((heading, index) => {
    while ((path.at(-1)?.level ?? 0) >= heading.level) path.pop();
    path.push(heading);
    add(
      heading,
      path.map((above) => above.text),
      heading.end,
      headings[index + 1]?.start ?? text.length,
    );
  });
  return sections;
}
