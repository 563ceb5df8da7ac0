import { type AnswerSpan, LONGEST_SPAN_LINES, MOST_SPANS } from '../model/ask.ts';
import { hitHeadOf } from '../retrieval/document-index.ts';
import type { Features } from './features.ts';
import type { Candidate } from './stretches.ts';

/** Some lines with their features and score. */
export interface Scored {
  readonly candidate: Candidate;
  readonly features: Features;
  readonly score: number;
}

/** Lines that were chosen, with the neighbours that belong to them. */
export interface Chosen {
  readonly candidate: Candidate;
  /** In the order of the document. */
  readonly lines: readonly Candidate[];
  readonly score: number;
}

/** How far below the best lines others may be, and how many are usual. Measured in docs/answers.md. */
const MARGIN = 1.5;
const USUAL_SPANS = 3;
/** Neighbours of the same section are added up to that many lines: an item is read with its list, a sentence with its paragraph. */
const LINES_WITH_NEIGHBOURS = 8;

const isSameSection = (a: Candidate, b: Candidate): boolean =>
  a.head.id === b.head.id && a.headings.length === b.headings.length && a.headings.every((heading, i) => heading === b.headings[i]);

/** Whether at most one empty line is between the end of one and the start of the other. */
const meets = (endLine: number, startLine: number): boolean => startLine > endLine && startLine - endLine <= 2;

/** Adds the neighbours before and after, nearest first, as long as the whole stays short. */
function withNeighbours(candidate: Candidate, section: readonly Candidate[]): readonly Candidate[] {
  const lines = [candidate];
  for (let grown = true; grown; ) {
    grown = false;
    const first = lines[0] as Candidate;
    const last = lines.at(-1) as Candidate;
    const before = section.findLast((one) => meets(one.endLine, first.startLine));
    if (before && last.endLine - before.startLine < LINES_WITH_NEIGHBOURS) {
      lines.unshift(before);
      grown = true;
    }
    const start = lines[0] as Candidate;
    const after = section.find((one) => meets(last.endLine, one.startLine));
    if (after && after.endLine - start.startLine < LINES_WITH_NEIGHBOURS) {
      lines.push(after);
      grown = true;
    }
  }
  return lines;
}

/** Chooses the lines of an answer: the best, and those that are hardly worse, each with its neighbours. */
export function choose(scored: readonly Scored[], limit = MOST_SPANS): readonly Chosen[] {
  const [first] = scored;
  if (!first) return [];
  return scored
    .filter(({ score }) => score >= first.score - MARGIN)
    .slice(0, Math.min(limit, USUAL_SPANS))
    .map(({ candidate, score }) => {
      const section = scored
        .map((one) => one.candidate)
        .filter((one) => isSameSection(one, candidate))
        .sort((a, b) => a.startLine - b.startLine);
      return { candidate, score, lines: withNeighbours(candidate, section) };
    });
}

/** The spans of chosen lines: those of one document that meet are one, in reading order, the best document first. */
export function spansOf(chosen: readonly Chosen[]): AnswerSpan[] {
  const order = [...new Set(chosen.map(({ candidate }) => candidate.head.id))];
  const lines = [...new Set(chosen.flatMap((one) => one.lines))].sort(
    (a, b) => order.indexOf(a.head.id) - order.indexOf(b.head.id) || a.startLine - b.startLine,
  );
  const merged: Candidate[] = [];
  for (const candidate of lines) {
    const last = merged.at(-1);
    const joins = last && last.head.id === candidate.head.id && meets(last.endLine, candidate.startLine);
    if (joins && candidate.endLine - last.startLine < LONGEST_SPAN_LINES) {
      const gap = '\n'.repeat(candidate.startLine - last.endLine);
      merged[merged.length - 1] = { ...last, text: `${last.text}${gap}${candidate.text}`, endLine: candidate.endLine };
    } else merged.push(candidate);
  }
  return merged.map(({ head, text, startLine, endLine }, i) => {
    const { kind, path, sha, title, number, status, date } = hitHeadOf(head);
    return {
      id: `s${i + 1}`,
      text,
      documentId: head.id,
      kind,
      ...(path === undefined ? {} : { path }),
      ...(sha === '' ? {} : { sha }),
      startLine,
      endLine,
      title,
      ...(number === undefined ? {} : { number }),
      ...(status === undefined ? {} : { status }),
      ...(date === undefined ? {} : { date }),
    };
  });
}
