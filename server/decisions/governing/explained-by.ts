import { withoutTrailers } from '../../history/reasons/prose.ts';
import { commitReason } from '../../history/reasons/reason.ts';
import type { Hit } from '../../model/answer.ts';
import { SNIPPET_LENGTH } from '../../model/answer.ts';
import { commitId } from '../../model/commit.ts';
import type { Evidence, ExplainedByEvidence } from '../../model/evidence.ts';
import { type Span, TEXT_START } from '../../model/span.ts';
import { positionAfter } from '../../text/positions.ts';

/** What a commit contributes to the explanation of lines. */
export interface ExplainingCommit {
  readonly sha: string;
  readonly subject: string;
  /** Message below the subject, verbatim. */
  readonly body: string;
  /** Author date; empty where it has none. */
  readonly date: string;
  /** Number of changed files; 200 for more. */
  readonly files: number;
  readonly merge: boolean;
  /** Ids of the records that its message cites. */
  readonly cited: readonly string[];
  /** Ids of the records that it changed. */
  readonly changed: readonly string[];
}

/** A commit and the lines in scope that it was the last to change. */
export interface ExplainedLines {
  readonly commit: ExplainingCommit;
  /** Zero-based, rising. */
  readonly lines: readonly number[];
}

/** What the commits of the lines in scope say. */
export interface Explanation {
  /** Of the commits, largest first. */
  readonly hits: readonly Hit[];
  /** Evidence for the records that the commits cite or changed, by record id, ordered by id. */
  readonly records: ReadonlyMap<string, readonly ExplainedByEvidence[]>;
}

const MOST_HITS = 5;
const MOST_RANGES = 3;
/** Distance from the cursor, in lines, at which a line counts half. */
const HALF_DISTANCE = 5;
/** Larger commits reformat, move or import: they explain little. */
const MASS_FILES = 80;
const MASS_COUNTS = 0.1;
/** The commits that a merge brought explain more than the merge itself. */
const MERGE_COUNTS = 0.5;
/** A commit of this few files is about one thing. */
const FEW_FILES = 8;
/** Both are too little to govern alone: for commits of at most 8 files, 36 % of the records were judged to govern (docs/ranking.md). */
const CITED_WEIGHT = 0.45;
const CHANGED_WEIGHT = 0.35;

/** `12`, `12-18`, `12-18, 21 and 30`. One-based, for people. */
export function linesInWords(lines: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && line <= last.to + 1) last.to = line;
    else ranges.push({ from: line, to: line });
  }
  const words = ranges.slice(0, MOST_RANGES).map(({ from, to }) => (from === to ? `${from + 1}` : `${from + 1}-${to + 1}`));
  const all = ranges.length > MOST_RANGES ? [...words, 'more'] : words;
  const last = all.pop() ?? '';
  return `${lines.length === 1 ? 'line' : 'lines'} ${all.length === 0 ? last : `${all.join(', ')} and ${last}`}`;
}

const nearnessOf = (line: number, cursor: number): number => 1 / (1 + Math.abs(line - cursor) / HALF_DISTANCE);

const spanOf = (lines: readonly number[]): Span => ({
  start: { line: lines[0] ?? 0, character: 0 },
  end: { line: (lines.at(-1) ?? 0) + 1, character: 0 },
});

/** In the text of a commit, the body follows the subject and an empty line. */
const BODY_START = { line: 2, character: 0 };

/** The beginning of the message's body, with its place in the commit's text; nothing when there is only a subject. */
function snippetOf({ subject, body: whole }: ExplainingCommit): { text: string; span: Span } {
  const body = withoutTrailers(whole);
  const indent = body.length - body.trimStart().length;
  const text = body.slice(indent, indent + SNIPPET_LENGTH).trimEnd();
  if (text === '') return { text: '', span: { start: TEXT_START, end: { line: 0, character: subject.length } } };
  const start = positionAfter(BODY_START, body.slice(0, indent));
  return { text, span: { start, end: positionAfter(start, text) } };
}

function hitOf({ commit, lines }: ExplainedLines, score: number): Hit {
  const { sha, subject, date, files } = commit;
  const weight = Number(Math.min(1, score).toFixed(4));
  const reason = files > MASS_FILES || commit.merge ? undefined : commitReason(commit);
  const snippet = reason ? { text: reason.sentence, span: reason.span } : snippetOf(commit);
  const mass = files > MASS_FILES ? `, with ${files >= 200 ? '200 files or more' : `${files} files`}` : '';
  const explanation = `last changed ${linesInWords(lines)}${mass}`;
  const evidence: Evidence = { kind: 'explained-by', weight, sha, codeSpan: spanOf(lines), explanation };
  return {
    id: commitId(sha),
    kind: 'commit',
    sha,
    title: subject === '' ? '(no message)' : subject,
    ...(date === '' ? {} : { date }),
    score: weight,
    snippet: snippet.text,
    highlights: [],
    span: snippet.span,
    evidence: [evidence],
    supersededBy: [],
    ...(reason ? { reason: reason.sentence } : {}),
  };
}

/**
 * Ranks the commits of the lines in scope by how many of the lines they explain and how near those are to the cursor; mass changes and merges
 * count little. Collects evidence for the records that these commits cite or changed.
 * @param cursor zero-based line
 * @param isProposed whether a record is still proposed, by its id: then people are told that it was built. Default: none is
 */
export function explainLines(
  explained: readonly ExplainedLines[],
  cursor: number,
  isProposed: (id: string) => boolean = () => false,
): Explanation {
  const nearnessSum = ({ lines }: ExplainedLines): number => lines.reduce((sum, line) => sum + nearnessOf(line, cursor), 0);
  const all = explained.reduce((sum, item) => sum + nearnessSum(item), 0) || 1;
  const ranked = explained
    .map((item) => {
      const { files, merge } = item.commit;
      const counts = (files > MASS_FILES ? MASS_COUNTS : 1) * (merge ? MERGE_COUNTS : 1);
      return { item, score: (counts * nearnessSum(item)) / all };
    })
    .sort((a, b) => b.score - a.score || (a.item.commit.sha < b.item.commit.sha ? -1 : 1));
  const records = new Map<string, ExplainedByEvidence[]>();
  for (const { item } of ranked) {
    const { commit, lines } = item;
    if (commit.files > MASS_FILES) continue;
    const nearest = Math.max(...lines.map((line) => nearnessOf(line, cursor)));
    const strength = (nearest * (commit.merge ? MERGE_COUNTS : 1)) / Math.max(1, commit.files / FEW_FILES);
    const short = commit.sha.slice(0, 7);
    const addEvidence = (id: string, most: number, explanation: string): void => {
      const weight = Number((most * strength).toFixed(4));
      const evidence = { kind: 'explained-by', weight, sha: commit.sha, codeSpan: spanOf(lines), explanation } as const;
      records.set(id, [...(records.get(id) ?? []), evidence]);
    };
    for (const id of commit.cited) addEvidence(id, CITED_WEIGHT, `cited by commit ${short}, which last changed ${linesInWords(lines)}`);
    for (const id of commit.changed)
      if (!commit.cited.includes(id))
        addEvidence(
          id,
          CHANGED_WEIGHT,
          `${isProposed(id) ? 'proposed, but built' : 'written together'} with ${linesInWords(lines)} in commit ${short}`,
        );
  }
  const ordered = [...records].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    hits: ranked.slice(0, MOST_HITS).map(({ item, score }) => hitOf(item, score)),
    records: new Map(ordered.map(([id, evidence]) => [id, evidence.sort((a, b) => b.weight - a.weight)])),
  };
}
