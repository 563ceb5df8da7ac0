import type { Document } from '../model/document.ts';
import { type Finding, findingOf, type RuleInfo } from '../model/finding.ts';
import { lineIndex } from '../text/lines.ts';
import { isSafePattern, patternProblem } from './discovery/globs.ts';
import { MOST_HEADINGS } from './markup/outline.ts';
import { MOST_PASSAGES, splitPassages } from './passages.ts';
import type { Source } from './source.ts';
import { TOO_LARGE, TOO_MANY_PARTS } from './specs/source.ts';

/** UTF-16 units of prose that are read: ten times the longest record that we have met. Specifications, which tools write, may be as long as files may. */
export const LONGEST_PROSE = 2_000_000;
/** Patterns in the front matter of a record that are matched. */
export const MOST_RECORD_PATTERNS = 100;
/** A text shorter than that has no more passages than are indexed. */
const SHORT = 10_000;

const withFinding = (document: Document, rule: RuleInfo, message: string, at = 0): Document => {
  const span = { start: { line: at, character: 0 }, end: { line: at, character: 0 } };
  const finding: Finding = findingOf(rule, { message, span });
  return { ...document, findings: [...document.findings, finding] };
};

/** A reader of prose that takes the first 2,000,000 characters, up to a line break, and says so. */
export const boundedProse =
  (read: (source: Source) => Document) =>
  (source: Source): Document => {
    if (source.text.length <= LONGEST_PROSE) return withPatterns(withHeadings(read(source)));
    const lineEnd = source.text.lastIndexOf('\n', LONGEST_PROSE) + 1;
    // One endless line is cut where it is.
    const end = lineEnd > LONGEST_PROSE / 2 ? lineEnd : LONGEST_PROSE;
    const text = source.text.slice(0, end);
    const message = 'This file has more than 2,000,000 characters, and what follows here is not indexed. Split it into several files.';
    return withFinding(withPatterns(withHeadings(read({ ...source, text }))), TOO_LARGE, message, lineIndex(text).count - 1);
  };

const withHeadings = (document: Document): Document => {
  const last = document.sections.filter(({ level }) => level > 0)[MOST_HEADINGS];
  if (last === undefined) return document;
  const message = 'This file has more than 5,000 headings. Those from here on are read as text. Split it into several files.';
  return withFinding(document, TOO_MANY_PARTS, message, last.span.start.line);
};

const withPatterns = (document: Document): Document => {
  const patterns = document.links.filter(({ kind }) => kind === 'applies-to');
  const unfit = patterns.find(({ target }) => patternProblem(target) !== undefined);
  const said =
    unfit === undefined
      ? document
      : withFinding(
          document,
          TOO_MANY_PARTS,
          `A pattern of this record ${patternProblem(unfit.target)}, so it matches nothing that it means. Write several patterns.`,
          unfit.span.start.line,
        );
  const first = patterns.filter(({ target }) => isSafePattern(target))[MOST_RECORD_PATTERNS];
  if (first === undefined) return said;
  const message = 'This record has more than 100 patterns. Those from here on do not count. Name folders instead of their files.';
  return withFinding(said, TOO_MANY_PARTS, message, first.span.start.line);
};

/** Says of a document whether some of its text is too much to be searched. */
export const withPassageFinding = (document: Document, text: string): Document => {
  if (text.length < SHORT) return document;
  const first = splitPassages(document, MOST_PASSAGES + 1)[MOST_PASSAGES];
  if (first === undefined) return document;
  const message = 'This file has more than 5,000 passages. The search does not know what follows here. Split it into several files.';
  return withFinding(document, TOO_MANY_PARTS, message, first.span.start.line);
};
