import type { Hit, Place } from '../model/answer.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Span } from '../model/span.ts';
import { type HeldDocument, hitHeadOf, type Knowledge } from '../retrieval/knowledge.ts';
import type { CataloguedRecord } from './catalogue.ts';
import { findCitations } from './citations.ts';
import { declaredEvidence } from './declared.ts';
import { neighbourEvidence } from './neighbours.ts';
import type { Register } from './register.ts';
import { scopedEvidence } from './scopes.ts';

/** A record and why it speaks to the place. */
export interface Reasoned {
  readonly document: HeldDocument;
  readonly evidence: readonly Evidence[];
}

/** A citation speaks for the lines around it: half of the 40 lines that records were judged against. */
const CITATION_REACH = 20;
/** A citation elsewhere in the file counts for the file, not for every line of it. */
const FAR_CITATION_WEIGHT = 0.3;
/** What a place needs to be told of unasked. */
const STRONG = 0.5;
/** A citation of two records at once says too little about either (docs/ranking.md: below 2 of 3). */
const LEAST_SHARE = 2 / 3;

const strength = ({ evidence }: Reasoned): number => evidence.reduce((most, { weight }) => Math.max(most, weight), 0);

function add(into: Map<string, Evidence[]>, id: string, evidence: Evidence): void {
  const known = into.get(id);
  if (known) known.push(evidence);
  else into.set(id, [evidence]);
}

/** Every record with structural evidence at a place, strongest first. */
export function structuralEvidence(register: Register, knowledge: Knowledge, place: Place, text: string): Reasoned[] {
  const found = new Map<string, Evidence[]>();
  const cite = (record: CataloguedRecord, citation: string, span: Span, share: number): void => {
    const distance = place.line === undefined ? 0 : Math.abs(span.start.line - place.line);
    const near = distance <= CITATION_REACH;
    const weight = near ? share / (1 + distance / (4 * CITATION_REACH)) : FAR_CITATION_WEIGHT * share;
    const doubt = share < LEAST_SHARE ? ', which may mean several records' : '';
    add(found, record.id, {
      kind: 'cited',
      weight: share < LEAST_SHARE ? Math.min(weight, FAR_CITATION_WEIGHT) : weight,
      citation,
      codeSpan: span,
      explanation: `cited on line ${span.start.line + 1} as "${citation}"${doubt}`,
    });
  };
  for (const { text: citation, span, targets } of findCitations(text, register.catalogue, place.path, register.home)) {
    for (const { record } of targets) cite(record, citation, span, 1 / targets.length);
  }
  for (const [id, scope] of register.scopes) {
    const scoped = scopedEvidence(scope, place.path, register.tree);
    if (scoped) add(found, id, scoped);
    const neighbour = neighbourEvidence(id, place.path);
    if (neighbour) add(found, id, neighbour);
  }
  for (const id of register.links.byRecord.keys()) {
    const declared = declaredEvidence(register.links, id, place, text);
    if (declared) add(found, id, declared);
  }
  return [...found]
    .flatMap(([id, evidence]): Reasoned[] => {
      const document = knowledge.get(id);
      if (!document || document.head.path === place.path) return [];
      return [{ document, evidence: evidence.sort((a, b) => b.weight - a.weight).slice(0, 5) }];
    })
    .sort((a, b) => strength(b) - strength(a) || (a.document.head.id < b.document.head.id ? -1 : 1));
}

/** True for a record that may be shown as in force: accepted, without a status, or with one that nothing understands. */
export function inForce(document: HeldDocument, register: Register): boolean {
  const status = document.head.status?.value;
  return (
    (register.successors.get(document.head.id)?.length ?? 0) === 0 &&
    (status === undefined || status === 'accepted' || status === 'unknown')
  );
}

/**
 * Parts what has structural evidence into the records that govern and the rest. A record that was replaced hands its evidence to
 * the one in force; a proposed, rejected or replaced record never governs.
 *
 * @param denied ids of the records that people said do not govern here: they never do, and hand nothing on
 */
export function govern(
  register: Register,
  knowledge: Knowledge,
  reasoned: readonly Reasoned[],
  unasked: boolean,
  denied: ReadonlySet<string> = new Set(),
): { governing: Reasoned[]; rest: Reasoned[] } {
  const governing = new Map<string, Reasoned>();
  const rest: Reasoned[] = [];
  const take = (item: Reasoned): void => {
    const weight = strength(item);
    const neighbourOnly = item.evidence.every((evidence) => evidence.kind === 'neighbour');
    if (weight >= STRONG || (!unasked && (neighbourOnly || item.evidence.some((evidence) => evidence.kind === 'cited')))) {
      const known = governing.get(item.document.head.id);
      governing.set(
        item.document.head.id,
        known ? { document: known.document, evidence: [...known.evidence, ...item.evidence].sort((a, b) => b.weight - a.weight) } : item,
      );
    } else rest.push(item);
  };
  for (const item of reasoned) {
    const isDenied = denied.has(item.document.head.id);
    if (!isDenied && inForce(item.document, register)) {
      take(item);
      continue;
    }
    rest.push(item);
    if (isDenied) continue;
    const heir = (register.successors.get(item.document.head.id) ?? [])
      .map((id) => knowledge.get(id))
      .find((document) => document && inForce(document, register) && !denied.has(document.head.id));
    if (!heir) continue;
    const title = item.document.head.title;
    take({
      document: heir,
      evidence: item.evidence.map((evidence) => ({ ...evidence, explanation: `replaces "${title}", which is ${evidence.explanation}` })),
    });
  }
  const order = (a: Reasoned, b: Reasoned): number => strength(b) - strength(a) || (a.document.head.id < b.document.head.id ? -1 : 1);
  return { governing: [...governing.values()].sort(order), rest: rest.filter((item) => !governing.has(item.document.head.id)) };
}

const DECISION_HEADING = /\b(?:decision|outcome|resolution|proposal|we (?:will|decided))\b/i;

/** A hit for a reasoned record: its snippet is what the record decides, verbatim. */
export function hitOf({ document, evidence }: Reasoned, register: Register): Hit {
  const { head, passages } = document;
  const decision = passages.find((passage) => DECISION_HEADING.test(passage.heading.split(' > ').at(-1) ?? '')) ?? passages[0];
  const sentence = decision ? firstSentence(decision.text) : { text: '', line: 0, character: 0 };
  const from = decision?.span.start ?? { line: 0, character: 0 };
  const start = {
    line: from.line + sentence.line,
    character: sentence.line === 0 ? from.character + sentence.character : sentence.character,
  };
  const lines = sentence.text.split('\n');
  const lastLine = lines.at(-1) ?? '';
  const end = { line: start.line + lines.length - 1, character: lines.length === 1 ? start.character + lastLine.length : lastLine.length };
  return {
    ...hitHeadOf(head),
    score: Number(strength({ document, evidence }).toFixed(4)),
    snippet: sentence.text,
    highlights: [],
    span: { start, end },
    evidence,
    supersededBy: register.successors.get(head.id) ?? [],
  };
}

const LONGEST_SENTENCE = 300;

/** The first sentence that is prose: no heading, list mark, table or markup alone. Verbatim. */
function firstSentence(text: string): { text: string; line: number; character: number } {
  const lines = text.split('\n');
  for (let line = 0; line < lines.length; line++) {
    const raw = lines[line] ?? '';
    const character = raw.length - raw.replace(/^[\s>*+-]+/, '').length;
    if (!/[\p{L}]{2,}.*\s.*[\p{L}]{2,}/u.test(raw) || /^\s*(?:#|\||<!--|```|!\[|:\w+:|\.\. )/.test(raw)) continue;
    const paragraph = [raw.slice(character)];
    for (
      let next = line + 1;
      next < lines.length && (lines[next] ?? '').trim() !== '' && !/^\s*(?:[#|>*+-]|\d+\.|```)/.test(lines[next] ?? '');
      next++
    )
      paragraph.push(lines[next] ?? '');
    const whole = paragraph.join('\n').slice(0, 2 * LONGEST_SENTENCE);
    const stop = /[.!?](?=\s|$)/.exec(whole.length > 20 ? whole.slice(20) : '');
    const sentence = stop ? whole.slice(0, 20 + stop.index + 1) : whole;
    return { text: sentence.slice(0, LONGEST_SENTENCE).trimEnd(), line, character };
  }
  return { text: text.trim().slice(0, LONGEST_SENTENCE), line: 0, character: 0 };
}
