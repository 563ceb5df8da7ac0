import type { Hit, Place } from '../model/answer.ts';
import type { Commit } from '../model/commit.ts';
import type { Knowledge } from '../retrieval/knowledge.ts';
import { type Query, rankRecords } from '../retrieval/rank-records.ts';
import { deniedAt } from './declared.ts';
import { govern, hitOf, structuralEvidence } from './governing.ts';
import type { Register } from './register.ts';

/** Lines of code around the place that stand for it when texts are compared: as records were judged against. */
const WINDOW_LINES = 40;
const MOST_SIMILAR_DECISIONS = 3;
const MOST_SIMILAR_SPECIFICATIONS = 2;
/** Similarity below this says nothing: most pairs of texts of one repository reach it. */
const LEAST_SIMILARITY = 0.2;

/** The lines around a place, and its path: what is compared with records. */
export function windowOf(place: Place, text: string): string {
  const lines = text.split('\n');
  const first = Math.max(0, (place.line ?? 0) - WINDOW_LINES / 2);
  return `${place.path}\n${lines.slice(first, first + WINDOW_LINES).join('\n')}`;
}

export interface WhyAnswerParts {
  readonly governing: readonly Hit[];
  readonly related: readonly Hit[];
}

/** The governing decisions of a place and what else has structural evidence there. A few milliseconds; no git, no store. */
export function governingParts(register: Register, knowledge: Knowledge, place: Place, text: string): WhyAnswerParts {
  const reasoned = structuralEvidence(register, knowledge, place, text);
  const { governing, rest } = govern(register, knowledge, reasoned, place.unasked ?? false, deniedAt(register.links, place, text));
  return { governing: governing.map((item) => hitOf(item, register)), related: rest.map((item) => hitOf(item, register)) };
}

/** Decisions and specifications whose text is like the code, labelled as similar; `known` are left out. */
export function similarHits(register: Register, knowledge: Knowledge, query: Query, known: ReadonlySet<string>): Hit[] {
  const scores = knowledge.lexical.scores(query.words);
  const out: Hit[] = [];
  for (const [kind, most] of [
    ['decision', MOST_SIMILAR_DECISIONS],
    ['specification', MOST_SIMILAR_SPECIFICATIONS],
  ] as const) {
    const ranked = rankRecords(knowledge, query, knowledge.documents([kind]), scores);
    const near = ranked.filter((item) => item.similarity >= LEAST_SIMILARITY && !known.has(item.document.head.id));
    for (const { document, similarity } of near.slice(0, most)) {
      const weight = Number(Math.min(1, similarity).toFixed(4));
      const evidence = { kind: 'similar', weight, explanation: `similar in meaning (${weight.toFixed(2)}), no other evidence` } as const;
      out.push(hitOf({ document, evidence: [evidence] }, register));
    }
  }
  return out;
}

/** The commits that changed the file, newest first. */
export function commitHits(commits: readonly Commit[], path: string): Hit[] {
  return commits.map((commit, rank) => {
    const weight = Number((0.5 / (1 + rank)).toFixed(4));
    const zero = { line: 0, character: 0 };
    const others = Math.max(0, commit.paths.length - 1);
    const also = others === 0 ? '' : ` with ${others} other ${others === 1 ? 'file' : 'files'}`;
    return {
      id: `commit:${commit.sha}`,
      kind: 'commit',
      sha: commit.sha,
      title: commit.subject,
      ...(commit.date ? { date: commit.date } : {}),
      score: weight,
      snippet: commit.body.trim().slice(0, 240),
      highlights: [],
      span: { start: zero, end: { line: 0, character: commit.subject.length } },
      evidence: [{ kind: 'changed-together', weight, sha: commit.sha, explanation: `changed \`${path.split('/').at(-1)}\`${also}` }],
      supersededBy: [],
    };
  });
}
