import type { Hit, IndexReport, IndexStatus } from '../../server/model/answer.ts';
import type { Authoring, RecordSummary } from '../../server/model/authoring.ts';
import type { Engine } from '../../server/model/engine.ts';
import type { Evidence, EvidenceKind } from '../../server/model/evidence.ts';

/** A decision in an answer. */
export const hitWith = (own: Partial<Hit> = {}): Hit => ({
  id: own.path ?? 'docs/adr/0001-use-ropes.md',
  kind: 'decision',
  path: 'docs/adr/0001-use-ropes.md',
  sha: '0123456789abcdef0123456789abcdef01234567',
  title: 'Use ropes',
  score: 0.5,
  snippet: 'We use ropes.',
  highlights: [],
  span: { start: { line: 8, character: 0 }, end: { line: 8, character: 13 } },
  evidence: [evidenceOf('cited')],
  supersededBy: [],
  ...own,
});

export const EVIDENCE_KINDS: readonly EvidenceKind[] = [
  'cited',
  'scoped',
  'declared',
  'neighbour',
  'changed-together',
  'explained-by',
  'similar',
  'matched',
];

/** Evidence of a kind, complete enough for faces. */
export const evidenceOf = (kind: EvidenceKind, own: Partial<Evidence> = {}): Evidence => {
  const base = { weight: 0.5, explanation: `because of ${kind}` };
  const made: Readonly<Record<EvidenceKind, Evidence>> = {
    cited: { ...base, kind: 'cited', citation: 'ADR-0001' },
    scoped: { ...base, kind: 'scoped', names: 'relay', form: 'symbol' },
    declared: { ...base, kind: 'declared' },
    neighbour: { ...base, kind: 'neighbour', folder: 'services/orders' },
    'changed-together': { ...base, kind: 'changed-together', sha: 'b'.repeat(40) },
    'explained-by': { ...base, kind: 'explained-by', sha: 'c'.repeat(40) },
    similar: { ...base, kind: 'similar' },
    matched: { ...base, kind: 'matched', words: ['ropes'] },
  };
  return Object.assign(made[kind], own);
};

/** A decision in a list. */
export const recordWith = (own: Partial<RecordSummary> = {}): RecordSummary => ({
  id: own.path ?? 'docs/adr/0001-use-ropes.md',
  path: 'docs/adr/0001-use-ropes.md',
  title: 'Use ropes',
  number: '1',
  status: 'accepted',
  statusText: 'Accepted',
  date: '2024-03-01',
  supersededBy: [],
  ...own,
});

export const REPORT: IndexReport = { added: 1, updated: 2, removed: 3, unchanged: 4, milliseconds: 1234, cancelled: false };
export const CURRENT = { sha: 'a'.repeat(40), behind: 0 };

export const statusWith = (own: Partial<IndexStatus> = {}): IndexStatus => ({
  state: 'ready',
  root: '/shop',
  folder: '/cache/shop',
  position: CURRENT,
  counts: { decision: 1, specification: 0, guide: 2, commit: 3, test: 0 },
  passages: 12,
  model: 'static',
  git: true,
  notices: [],
  ...own,
});

const unexpected = (name: string) => async () => {
  throw new Error(`The test did not expect a call of ${name}.`);
};

/** The twin of an engine for tests of faces: it answers with what the test gives it, and everything else is a current, empty index. */
export const fakeEngine = ({
  authoring,
  ...own
}: Partial<Omit<Engine, 'authoring'>> & { authoring?: Partial<Authoring> } = {}): Engine => ({
  root: '/shop',
  index: async () => REPORT,
  changed: async () => REPORT,
  search: async () => ({ hits: [], index: CURRENT }),
  ask: async ({ question }) => ({
    question,
    verdict: 'not-recorded',
    spans: [],
    replaced: [],
    searched: { records: 0, specifications: 0, guides: 0, commits: 0 },
    index: CURRENT,
    notes: [],
  }),
  why: async () => ({ governing: [], probable: [], related: [], index: CURRENT }),
  history: async () => ({ commits: [], notices: [] }),
  inspect: async () => ({ governing: [], probable: [], index: CURRENT }),
  citations: async () => [],
  lineLinks: async () => [],
  symbols: async () => [],
  findings: async () => undefined,
  allFindings: async () => [],
  change: async () => ({ decisions: [], findings: [], files: 0, notices: [], index: CURRENT }),
  review: async () => ({ pairs: [], left: 0, files: 0, notices: [], index: CURRENT }),
  allowIdentifier: unexpected('allowIdentifier'),
  beforeEdit: {
    decisions: async () => ({ governing: [], probable: [], ready: true }),
    stops: async () => [],
    answer: unexpected('beforeEdit.answer'),
  },
  selectTests: unexpected('selectTests'),
  testRuns: {
    outcomes: async () => [],
    record: unexpected('testRuns.record'),
    shadow: unexpected('testRuns.shadow'),
    report: unexpected('testRuns.report'),
    link: unexpected('testRuns.link'),
  },
  testCommands: unexpected('testCommands'),
  publishing: { place: async () => undefined, publish: unexpected('publish'), pull: unexpected('pull') },
  changedSymbols: async () => [],
  defaultBranch: async () => undefined,
  identifiers: async () => ({ files: [], allowed: [], looked: 0, notices: [] }),
  reach: async () => undefined,
  document: async () => undefined,
  record: async () => undefined,
  documents: async () => [],
  status: async () => statusWith(),
  untaken: async () => ({ folders: [], lines: [] }),
  doctor: async () => [],
  dispose: async () => undefined,
  ...own,
  authoring: {
    list: async () => [],
    find: async () => [],
    graph: async () => ({ nodes: [], edges: [] }),
    history: unexpected('history'),
    citation: unexpected('citation'),
    mine: async () => ({ topics: [], read: 0, more: 0, notices: [] }),
    newDecision: unexpected('newDecision'),
    kindred: async () => [],
    supersede: unexpected('supersede'),
    linkCode: unexpected('linkCode'),
    feedback: unexpected('feedback'),
    feedbackAll: unexpected('feedbackAll'),
    patch: unexpected('patch'),
    apply: unexpected('apply'),
    ...authoring,
  },
});

/** A span in one line. */
export const spanAt = (line: number, from = 0, to = from) => ({ start: { line, character: from }, end: { line, character: to } });
