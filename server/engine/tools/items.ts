import type { Hit } from '../../model/answer.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import type { RecordReach } from '../../model/reach.ts';
import { numberedTitle } from '../../model/title.ts';
import { plainMarkdown } from '../../text/plain-markdown.ts';
import { clip } from './clip.ts';

const LONGEST_TITLE = 200;
const LONGEST_REASON = 200;
const LONGEST_MESSAGE = 500;
const MOST_REASONS = 3;
const MOST_SUCCESSORS = 5;
/** Characters of a sha: enough for git to know the commit, and a third of the tokens of the whole. */
const SHA_LENGTH = 12;

/** A sha as answers write it. */
export const shortSha = (sha: string): string => sha.slice(0, SHA_LENGTH);

/** The id of a document as answers write it, and as the tool `decisions` reads it. */
export const shortId = (id: string): string => (id.startsWith('commit:') ? `commit:${shortSha(id.slice('commit:'.length))}` : id);

const reasonsOf = (evidence: readonly Evidence[]): readonly string[] =>
  evidence.slice(0, MOST_REASONS).map(({ explanation }) => clip(explanation, LONGEST_REASON));

/** Specifications and commits are no Markdown, whatever they look like. */
const textOf = ({ kind, snippet }: Hit): string =>
  (kind === 'decision' || kind === 'guide' ? plainMarkdown({ text: snippet, highlights: [] }).text : snippet).replace(/\s+/g, ' ').trim();

/** What a record is worth today. A record without a status is in force; where one is, its words say it. */
const standing = ({ kind, status, supersededBy }: Pick<Hit, 'kind' | 'status' | 'supersededBy'>): object => ({
  ...(kind === 'decision' || status !== undefined ? { status: status ?? 'none' } : {}),
  ...(supersededBy.length === 0 ? {} : { superseded_by: supersededBy.slice(0, MOST_SUCCESSORS) }),
});

/** A hit as agents get it: what it is, what it says, why it is there, and where to read on. */
export const agentHit = (hit: Hit): object => ({
  id: shortId(hit.id),
  kind: hit.kind,
  title: clip(numberedTitle(hit), LONGEST_TITLE),
  ...standing(hit),
  ...(hit.date === undefined ? {} : { date: hit.date.slice(0, 10) }),
  sha: shortSha(hit.sha),
  ...(hit.path === undefined ? {} : { line: hit.span.start.line + 1 }),
  text: textOf(hit),
  why: reasonsOf(hit.evidence),
  ...(hit.copies === undefined ? {} : { copies: hit.copies }),
});

/** A finding with its place; `fix` says what the first of its fixes does. */
export const agentFinding = (path: string, { rule, severity, message, span, fixes }: Finding): object => {
  const [fix] = fixes ?? [];
  return {
    path,
    line: span.start.line + 1,
    severity,
    rule,
    message: clip(message, LONGEST_MESSAGE),
    ...(fix ? { fix: clip(fix.title, 120) } : {}),
  };
};

/** The code and the documents that refer to a record, one place an entry. */
export const agentReach = ({ cited, named, linked, citedBy, together }: RecordReach): readonly object[] => [
  ...linked.map(({ path, symbol, lines }) => ({
    as: 'linked',
    path,
    ...(symbol === undefined ? {} : { symbol }),
    ...(lines === undefined ? {} : { line: lines.first + 1 }),
  })),
  ...cited.map(({ path, span }) => ({ as: 'cites it', path, line: span.start.line + 1 })),
  ...named.map(({ path }) => ({ as: 'named by it', path })),
  ...citedBy.map(({ path, span, status }) => ({
    as: 'document citing it',
    path,
    line: span.start.line + 1,
    ...(status ? { status } : {}),
  })),
  ...together.map(({ path, commits, sha }) => ({ as: 'changed together', path, commits, sha: shortSha(sha) })),
];
