import type { AnswerSpan, AskAnswer, ReplacedRecord, Verdict } from '../model/ask.ts';
import { LONGEST_SPAN_LINES, MOST_SPANS } from '../model/ask.ts';
import type { DocumentHead } from '../model/document.ts';
import { decisionSentence } from '../register/decision-sentence.ts';
import { isInForce } from '../register/in-force.ts';
import type { Register } from '../register/register.ts';
import { type DocumentIndex, hitHeadOf } from '../retrieval/document-index.ts';
import { type SearchSpace, search } from '../retrieval/search.ts';
import { CANDIDATE_COLUMNS } from '../store/row.ts';
import { type Features, type FoundDocument, featuresOf, scoreOf } from './features.ts';
import { type Question, questionOf } from './question.ts';
import { type Candidate, candidatesOf, candidatesOfCommit } from './stretches.ts';

/** What an answer is made from. */
export interface AnswerSpace extends SearchSpace {
  readonly register: Pick<Register, 'successors'>;
  /** Turns texts into vectors of length 1. */
  readonly embed: (texts: readonly string[], purpose: 'query' | 'passage') => Promise<readonly Float32Array[]>;
  /** Text of a file of the repository, for formats whose passages are not verbatim; `undefined` where it cannot be read. */
  readonly read: (path: string) => Promise<string | undefined>;
}

/** What is found for a question; the engine adds what it knows of the index. */
export type Answered = Pick<AskAnswer, 'verdict' | 'spans' | 'replaced' | 'notes'>;

/** Documents whose lines are read. */
const DOCUMENTS_READ = 8;
const SEARCHED = 24;
/** Lines that are embedded, of all documents together. */
const MOST_CANDIDATES = 1_200;

/** Some lines with their features and score. */
export interface Scored {
  readonly candidate: Candidate;
  readonly features: Features;
  readonly score: number;
}

/** Everything that was found for a question, best first. */
export interface Found {
  readonly question: Question;
  readonly scored: readonly Scored[];
  readonly replaced: readonly ReplacedRecord[];
}

const retired = (head: DocumentHead, successors: Register['successors']): boolean =>
  head.kind === 'decision' &&
  (head.status?.value === 'rejected' ||
    head.status?.value === 'deprecated' ||
    head.status?.value === 'superseded' ||
    (successors.get(head.id)?.length ?? 0) > 0);

/** A record that is no longer in force, and what replaced it. */
function replacedRecord(head: DocumentHead, documentIndex: DocumentIndex, successors: Register['successors']): ReplacedRecord {
  const named = (one: DocumentHead) => {
    const { title, number } = hitHeadOf(one);
    return { title, ...(number === undefined ? {} : { number }), path: one.path ?? one.id };
  };
  const by = (successors.get(head.id) ?? []).flatMap((id) => documentIndex.get(id)?.head ?? []);
  const since = by[0]?.date;
  return {
    ...named(head),
    status: by.length > 0 ? 'superseded' : (head.status?.value ?? 'superseded'),
    by: by.map((one) => ({ ...named(one), ...(one.date ? { date: one.date } : {}) })),
    ...(since ? { since } : {}),
  };
}

/** Finds the lines that may answer a question, best first, and the records about it that are no longer in force. */
export async function findLines(space: AnswerSpace, written: string, signal?: AbortSignal): Promise<Found> {
  const question = questionOf(written);
  const none: Found = { question, scored: [], replaced: [] };
  if (question.words.size === 0) return none;
  const { documentIndex, register } = space;
  const { successors } = register;
  const [vector] = await space.embed([question.text], 'query');
  if (!vector) return none;
  const { hits } = await search(space, { text: question.text, words: question.words, vector }, {}, SEARCHED);
  signal?.throwIfAborted();
  const best = [...hits].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const replaced = new Map<string, ReplacedRecord>();
  const found = new Map<string, FoundDocument>();
  const candidates: Candidate[] = [];
  const take = (id: string, score: number): void => {
    const document = documentIndex.get(id);
    if (!document || found.has(id) || found.size >= DOCUMENTS_READ) return;
    if (retired(document.head, successors)) {
      replaced.set(id, replacedRecord(document.head, documentIndex, successors));
      for (const next of successors.get(id) ?? []) {
        const successor = documentIndex.get(next);
        if (successor && isInForce(successor.head, successors)) take(next, score);
      }
      return;
    }
    const { span, text } = decisionSentence(document);
    found.set(id, {
      id,
      score,
      rank: found.size,
      ...(document.head.kind === 'decision' && text !== ''
        ? { decision: { startLine: span.start.line + 1, endLine: span.end.line + 1 } }
        : {}),
    });
    candidates.push(...candidatesOf(document));
  };
  const commits = best.filter(({ kind }) => kind === 'commit').map(({ id }) => id);
  const messages = new Map(
    (await space.store.rowsOf(commits.slice(0, DOCUMENTS_READ), CANDIDATE_COLUMNS)).map((row) => [row.documentId, row]),
  );
  for (const hit of best) {
    if (found.size >= DOCUMENTS_READ) break;
    const row = messages.get(hit.id);
    if (hit.kind !== 'commit') take(hit.id, hit.score);
    else if (row) {
      found.set(hit.id, { id: hit.id, score: hit.score, rank: found.size });
      const head: DocumentHead = {
        id: hit.id,
        kind: 'commit',
        sha: row.sha,
        title: row.title,
        ...(row.date ? { date: row.date } : {}),
        format: 'commit',
        links: [],
        findings: [],
      };
      candidates.push(...candidatesOfCommit(head, row.text));
    }
  }
  signal?.throwIfAborted();
  const read = candidates.slice(0, MOST_CANDIDATES);
  const vectors = await space.embed(
    read.map(({ head, headings, text }) => [head.title, headings.at(-1) ?? '', text].join('\n')),
    'passage',
  );
  const features = featuresOf(question, read, found, vectors, vector, (word) => documentIndex.lexical.idf(word));
  const scored = read
    .map((candidate, i) => ({ candidate, features: features[i] as Features, score: scoreOf(features[i] as Features), at: i }))
    .sort((a, b) => b.score - a.score || a.at - b.at);
  return { question, scored, replaced: [...replaced.values()] };
}

/** How far below the best lines others may be. */
const MARGIN = 0.6;
const USUAL_SPANS = 3;

/** Chooses the spans of an answer. */
export function choose({ scored }: Found, limit = MOST_SPANS): readonly Scored[] {
  const [first] = scored;
  if (!first) return [];
  const most = Math.min(limit, USUAL_SPANS);
  return scored.filter(({ score }) => score >= first.score - MARGIN).slice(0, most);
}

/** Makes spans of chosen lines: near ones of one document are one, in reading order. */
export function spansOf(chosen: readonly Scored[]): AnswerSpan[] {
  const order = [...new Set(chosen.map(({ candidate }) => candidate.head.id))];
  const sorted = chosen
    .map(({ candidate }) => candidate)
    .sort((a, b) => order.indexOf(a.head.id) - order.indexOf(b.head.id) || a.startLine - b.startLine);
  const merged: Candidate[] = [];
  for (const candidate of sorted) {
    const last = merged.at(-1);
    const isNext = last && last.head.id === candidate.head.id && candidate.startLine === last.endLine + 1;
    if (isNext && candidate.endLine - last.startLine < LONGEST_SPAN_LINES) {
      merged[merged.length - 1] = { ...last, text: `${last.text}\n${candidate.text}`, endLine: candidate.endLine };
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

/** Answers a question with lines of the documents that carry the answer, without any model. */
export async function answerQuestion(space: AnswerSpace, written: string, limit?: number, signal?: AbortSignal): Promise<Answered> {
  const found = await findLines(space, written, signal);
  const chosen = choose(found, limit);
  const spans = spansOf(chosen);
  const verdict: Verdict = spans.length === 0 ? 'not-recorded' : 'supported';
  return { verdict, spans, replaced: found.replaced, notes: [] };
}
