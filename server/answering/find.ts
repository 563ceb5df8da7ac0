import { reasonOf } from '../history/reasons/reason.ts';
import type { ReplacedRecord } from '../model/ask.ts';
import type { DocumentHead, DocumentKind } from '../model/document.ts';
import { decisionSentence } from '../register/decision-sentence.ts';
import { isInForce } from '../register/in-force.ts';
import type { Register } from '../register/register.ts';
import { type DocumentIndex, hitHeadOf } from '../retrieval/document-index.ts';
import { type SearchSpace, search } from '../retrieval/search.ts';
import type { StoreRow } from '../store/row.ts';
import type { Scored } from './choose.ts';
import { type Features, type FoundDocument, featuresOf, scoreOf } from './features.ts';
import { type Held, heldIn, NOTHING_HELD } from './held.ts';
import { type Embed, kinshipOf, writtenWords } from './kinship.ts';
import { type Decided, overtakenOf } from './overtaken.ts';
import { type Question, questionOf } from './question.ts';
import { type Candidate, candidatesOf, candidatesOfCommit } from './stretches.ts';

/** What an answer is made from. */
export interface AnswerSpace extends SearchSpace {
  readonly register: Pick<Register, 'successors'>;
  /** Turns texts into vectors of length 1. */
  readonly embed: Embed;
  /** Text of a file of the repository, for formats whose passages are not verbatim; `undefined` where it cannot be read. */
  readonly read: (path: string) => Promise<string | undefined>;
}

/** The searches whose documents are read, because the scores of one kind say little about those of another. */
const SEARCHES: readonly { readonly kinds: readonly DocumentKind[]; readonly most: number }[] = [
  { kinds: ['decision'], most: 8 },
  { kinds: ['guide', 'specification'], most: 4 },
  { kinds: ['commit'], most: 6 },
];
/** What a record loses whose subject a later one took up again and reversed. */
const OVERTAKEN = 3;
/** Lines that are embedded, of all documents together. */
const MOST_CANDIDATES = 1_200;

/** Everything that was found for a question, best first. */
export interface Found {
  readonly question: Question;
  readonly scored: readonly Scored[];
  readonly replaced: readonly ReplacedRecord[];
  /** How much of the question some lines hold, with their title and headings. */
  readonly heldBy: (texts: readonly string[]) => Held;
  /** Whether a word, as it is indexed, stands in a document or a commit. */
  readonly isKnown: (word: string) => boolean;
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

const commitHead = ({ documentId, sha, title, date }: Pick<StoreRow, 'documentId' | 'sha' | 'title' | 'date'>): DocumentHead => ({
  id: documentId,
  kind: 'commit',
  sha,
  title,
  ...(date === '' ? {} : { date }),
  format: 'commit',
  links: [],
  findings: [],
});

/** Finds the lines that may answer a question, best first, and the records about it that are no longer in force. */
export async function findLines(space: AnswerSpace, written: string, signal?: AbortSignal): Promise<Found> {
  const question = questionOf(written);
  const none: Found = { question, scored: [], replaced: [], heldBy: () => NOTHING_HELD, isKnown: () => true };
  if (question.words.size === 0) return none;
  const { documentIndex, register } = space;
  const { successors } = register;
  const [vector] = await space.embed([question.text], 'query');
  if (!vector) return none;
  const asked = { text: question.text, words: question.words, vector };
  const replaced = new Map<string, ReplacedRecord>();
  const found = new Map<string, FoundDocument>();
  const decided: Decided[] = [];
  const candidates: Candidate[] = [];
  const take = (id: string, score: number, rank: number): void => {
    const document = documentIndex.get(id);
    if (!document || found.has(id)) return;
    if (retired(document.head, successors)) {
      replaced.set(id, replacedRecord(document.head, documentIndex, successors));
      for (const next of successors.get(id) ?? []) {
        const successor = documentIndex.get(next);
        if (successor && isInForce(successor.head, successors)) take(next, score, rank);
      }
      return;
    }
    const { span, text } = decisionSentence(document);
    const decides = document.head.kind === 'decision' && text !== '';
    if (decides) decided.push({ head: document.head, sentence: text });
    found.set(id, { id, score, rank, ...(decides ? { decision: { startLine: span.start.line + 1, endLine: span.end.line + 1 } } : {}) });
    candidates.push(...candidatesOf(document));
  };
  for (const { kinds, most } of SEARCHES) {
    const areCommits = kinds.includes('commit');
    const { hits } = await search(space, asked, { kinds }, most);
    signal?.throwIfAborted();
    const best = [...hits].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, most);
    if (!areCommits) {
      for (const [rank, hit] of best.entries()) take(hit.id, hit.score, rank);
      continue;
    }
    const rows = await space.store.rowsOf(
      best.map(({ id }) => id),
      ['documentId', 'sha', 'title', 'date', 'text'],
    );
    const messages = new Map(rows.map((row) => [row.documentId, row]));
    for (const [rank, { id, score }] of best.entries()) {
      const row = messages.get(id);
      if (!row) continue;
      const reason = reasonOf(row.text);
      const lineOf = (offset: number): number => row.text.slice(0, offset).split('\n').length;
      const lines = reason && { startLine: lineOf(reason.start), endLine: lineOf(reason.end) };
      found.set(id, { id, score, rank, ...(lines ? { reason: lines } : {}) });
      candidates.push(...candidatesOfCommit(commitHead(row), row.text));
    }
  }
  signal?.throwIfAborted();
  const read = candidates.slice(0, MOST_CANDIDATES);
  const vectors = await space.embed(
    read.map(({ head, headings, text }) => [head.title, headings.at(-1) ?? '', text].join('\n')),
    'passage',
  );
  const words = new Map<string, string>();
  for (const { head, headings, text } of read)
    for (const [word, form] of writtenWords([head.title, headings.at(-1) ?? '', text].join('\n')))
      if (!words.has(word)) words.set(word, form);
  const asks = writtenWords(question.text);
  const kinship = await kinshipOf(asks, words, space.embed, documentIndex);
  const weightOf = (word: string): number => documentIndex.lexical.idf(word);
  const features = featuresOf(question, read, found, vectors, vector, weightOf, kinship);
  const heldBy = (texts: readonly string[]): Held => heldIn(question, asks, texts, weightOf, kinship);
  const isKnown = (word: string): boolean => documentIndex.lexical.has(word) || space.facts.frequency(word) > 0;
  const overtaken = overtakenOf(decided);
  const scored = read
    .map((candidate, at) => {
      const own = features[at] as Features;
      return { candidate, features: own, score: scoreOf(own) - (overtaken.has(candidate.head.id) ? OVERTAKEN : 0), at };
    })
    .sort((a, b) => b.score - a.score || a.at - b.at);
  return { question, scored, replaced: [...replaced.values()], heldBy, isKnown };
}
