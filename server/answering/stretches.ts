import type { Document, DocumentHead } from '../model/document.ts';
import { plainHeading, sectionsOf } from '../register/record-sections.ts';
import { type Stretch, sentencesOf } from '../register/sentences.ts';
import { isUnfilled } from '../register/unfilled.ts';
import type { IndexedDocument } from '../retrieval/document-index.ts';

/** What the section of a stretch is for. */
export type Role = 'decision' | 'context' | 'consequences' | 'alternatives' | 'metadata' | 'other';

/** Whole lines of a document that may be cited: a paragraph, a list item, a row of a table, or some sentences of a long paragraph. */
export interface Lines {
  readonly text: string;
  /** First and last line, from 1. */
  readonly startLine: number;
  readonly endLine: number;
}

/** Lines of a document, with what is around them. */
export interface Candidate extends Lines {
  readonly head: DocumentHead;
  /** Headings from the top, without markup. */
  readonly headings: readonly string[];
  readonly role: Role;
  /** Whether it says nothing by itself: a heading, an introduction of a list, a label. */
  readonly bare: boolean;
}

/** Paragraphs of more lines are split by sentences. */
const LONG_PARAGRAPH = 6;
const LINES_OF_A_PART = 4;
const LONGEST_CODE = 12;

const LIST_ITEM = /^\s*(?:[-+*•]|\d{1,3}[.)]|\(?[a-z\d]\)|#\.)\s+\S/;
const TABLE_ROW = /^\s*\|/;
const FENCE = /^\s*(?:`{3,}|~{3,})/;
const RULE = /^\s*(?:[-=*_~^"'`+#|:\s]{3,})\s*$/;
const COMMENT = /^\s*<!--.*-->\s*$/;
const HEADING = /^\s*(?:#{1,6}\s|={1,6}\s)/;

interface Block {
  readonly first: number;
  readonly last: number;
  readonly kind: 'paragraph' | 'item' | 'row' | 'code';
}

/** Blocks of a text by its lines, zero-based. */
function blocksOf(lines: readonly string[]): Block[] {
  const out: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (FENCE.test(line)) {
      let end = at + 1;
      while (end < lines.length && !FENCE.test(lines[end] ?? '')) end += 1;
      const last = Math.min(end, lines.length - 1);
      if (last - at + 1 <= LONGEST_CODE) out.push({ first: at, last, kind: 'code' });
      at = end + 1;
      continue;
    }
    if (line.trim() === '' || RULE.test(line) || COMMENT.test(line)) {
      at += 1;
      continue;
    }
    if (TABLE_ROW.test(line)) {
      out.push({ first: at, last: at, kind: 'row' });
      at += 1;
      continue;
    }
    const kind = LIST_ITEM.test(line) ? 'item' : 'paragraph';
    let end = at + 1;
    while (end < lines.length) {
      const next = lines[end] ?? '';
      if (next.trim() === '' || LIST_ITEM.test(next) || FENCE.test(next) || TABLE_ROW.test(next) || HEADING.test(next) || RULE.test(next))
        break;
      end += 1;
    }
    out.push({ first: at, last: end - 1, kind });
    at = end;
  }
  return out;
}

/** Splits a long paragraph into groups of sentences of at most four lines each. */
function partsOf(lines: readonly string[], { first, last }: Block): readonly { readonly first: number; readonly last: number }[] {
  if (last - first + 1 <= LONG_PARAGRAPH) return [{ first, last }];
  const text = lines.slice(first, last + 1).join('\n');
  const lineOf = (offset: number): number => first + (text.slice(0, offset).match(/\n/g)?.length ?? 0);
  const out: { first: number; last: number }[] = [];
  for (const { start, end } of sentencesOf(text, { start: 0, end: text.length } satisfies Stretch)) {
    const from = lineOf(start);
    const to = lineOf(end);
    const open = out.at(-1);
    if (open && to - open.first + 1 <= LINES_OF_A_PART) open.last = Math.max(open.last, to);
    else out.push({ first: from, last: to });
  }
  return out.flatMap((part) => {
    const pieces: { first: number; last: number }[] = [];
    // A sentence that never ends is cut by lines.
    for (let from = part.first; from <= part.last; from += LONGEST_CODE) {
      pieces.push({ first: from, last: Math.min(part.last, from + LONGEST_CODE - 1) });
    }
    return pieces;
  });
}

const ALTERNATIVES =
  /\b(?:alternatives?|options?|rejected|considered|pros|cons|why not|comparison|trade-?offs?|advantages|disadvantages)\b/i;
const DECISION =
  /\b(?:decisions?|decided|outcome|resolution|solution|chosen|proposal|proposed|recommendation|approach|design|specification|implementation|policy|rules?)\b/i;
const CONTEXT =
  /\b(?:context|background|problem|motivation|introduction|summary|abstract|overview|drivers?|goals?|why|rationale|reason(?:s|ing)?)\b/i;
const CONSEQUENCES = /\b(?:consequences?|implications?|impact|results?|positive|negative|neutral|benefits?|drawbacks?|risks?)\b/i;
const METADATA =
  /^(?:status|change ?log|changes|history|revision history|authors?|stakeholders?|contributors?|deciders?|approvers?|date|dates|tags|references?|links|see also|more information|table of contents|contents|related.*)$/i;

/** What a section is for, by its headings; the deepest that says something decides. */
export function roleOf(headings: readonly string[]): Role {
  for (const heading of headings
    .slice(1)
    .reverse()
    .concat(headings.length === 1 ? headings : [])) {
    if (METADATA.test(heading)) return 'metadata';
    if (/\bdecision drivers?\b/i.test(heading)) return 'context';
    if (/\bdecision outcome|chosen option\b/i.test(heading)) return 'decision';
    if (ALTERNATIVES.test(heading)) return 'alternatives';
    if (CONSEQUENCES.test(heading)) return 'consequences';
    if (DECISION.test(heading)) return 'decision';
    if (CONTEXT.test(heading)) return 'context';
  }
  return 'other';
}

const isBare = (text: string): boolean => {
  const words = text.match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return (
    words.length < 4 ||
    HEADING.test(text) ||
    isUnfilled(text) ||
    (/:\s*$/.test(text) && words.length < 12) ||
    /^[\s>*_-]*(?:status|date|deciders?|authors?|owner)\b.{0,3}:/i.test(text)
  );
};

function linesIn(text: string, startLine: number): Lines[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  return blocksOf(lines)
    .flatMap((block) => partsOf(lines, block))
    .map(({ first, last }) => ({
      text: lines.slice(first, last + 1).join('\n'),
      startLine: startLine + first,
      endLine: startLine + last,
    }));
}

/** The lines of a record or guide that can be cited. */
export function candidatesOf(document: IndexedDocument): Candidate[] {
  const { head, passages } = document;
  if (head.kind === 'specification' || head.kind === 'test') {
    return passages.map(({ text, span, headingPath }) => ({
      head,
      text,
      headings: headingPath.map(plainHeading),
      role: 'other' as const,
      startLine: span.start.line + 1,
      endLine: Math.max(span.start.line, span.end.line - (span.end.character === 0 ? 1 : 0)) + 1,
      bare: false,
    }));
  }
  return sectionsOf(document).flatMap(({ path, text, start }) => {
    const role = roleOf(path);
    return linesIn(text, start.line + 1).map((lines) => ({ ...lines, head, headings: path, role, bare: isBare(lines.text) }));
  });
}

/** Lines about who took part in a commit, or which robot wrote it. */
const TRAILER = /^(?:[A-Z][\w-]*-by|cc|change-id|git-svn-id|refs?|closes?|fixes):\s/i;

/** The lines of a commit's message that can be cited. */
export function candidatesOfCommit(head: Document | DocumentHead, message: string): Candidate[] {
  return linesIn(message, 1)
    .filter(({ text }) => !TRAILER.test(text.trim()))
    .map((lines) => ({ ...lines, head, headings: [], role: 'other' as const, bare: false }));
}
