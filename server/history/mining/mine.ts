import { type Repository, readLog, readMessages } from '../../git/index.ts';
import type { Commit } from '../../model/commit.ts';
import type { DecidingKind, MinedCommit, MinedTopic, Mining, MiningRequest } from '../../model/mining.ts';
import { TEXT_START } from '../../model/span.ts';
import { positionAfter } from '../../text/positions.ts';
import { commitReason, messageOf } from '../reasons/reason.ts';
import { type DecidingSentence, decidingSentence, mayDecide } from './deciding.ts';
import { groupByTopic, topicWords } from './topics.ts';

/** A commit of fewer files decides for itself. */
const LEAST_FILES = 5;
/** Of which so many are no documents. */
const LEAST_CODE = 2;
const PATHS_SHOWN = 5;
const DEFAULT_TOPICS = 30;
/** Commits whose files are counted: those of the newest messages that decide. */
const MOST_CANDIDATES = 5_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** How much each way of deciding says for a record. */
const WEIGHTS: Readonly<Record<DecidingKind, number>> = { decided: 2.5, rule: 2, dropped: 2, replaced: 1.5, adopted: 1.5 };
const REASON_WEIGHT = 1.5;
/** A fix decides less often for others than what it says. */
const FIX = /^fix\b/i;
const FIX_PENALTY = 1;
/** What is decided about tests alone rarely concerns anybody else. */
const TEST = /(?:^|[/_.-])(?:tests?|specs?|testing|testsuite|features)(?:[/_.-]|$)/i;
const TESTS_PENALTY = 1.5;
/** What a build, a dependency or a platform is declared in: a decision that changes it concerns everybody. */
const MANIFEST =
  /(?:^|\/)(?:package\.json|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|Gemfile|requirements[\w-]*\.txt|pyproject\.toml|setup\.(?:py|cfg)|composer\.json|CMakeLists\.txt|configure\.ac|meson\.build|Makefile|Dockerfile|[\w.-]+\.(?:cabal|csproj|gemspec))$|^\.github\/workflows\//;
const DOCUMENT = /\.(?:md|rst|txt|adoc|po|pot|html)$/i;

interface Candidate {
  readonly commit: Commit;
  readonly deciding: DecidingSentence;
}

interface Proposal {
  readonly mined: MinedCommit;
  readonly words: ReadonlyMap<string, string>;
  readonly weight: number;
}

export interface MiningOptions {
  /** Whether a path is that of a record: a commit that wrote one is recorded already. */
  readonly isRecord?: (path: string) => boolean;
  readonly signal?: AbortSignal;
}

async function candidatesOf(
  repository: Repository,
  { since }: MiningRequest,
  signal: AbortSignal | undefined,
): Promise<{ readonly candidates: readonly Candidate[]; readonly read: number }> {
  const isDay = since !== undefined && DAY.test(since);
  const range = since === undefined || isDay ? {} : { from: since };
  const candidates: Candidate[] = [];
  let read = 0;
  for await (const commits of readMessages(repository, { ...range, ...(signal ? { signal } : {}) })) {
    for (const commit of commits) {
      if (isDay && commit.date.slice(0, 10) < since) continue;
      read++;
      if (candidates.length >= MOST_CANDIDATES || !mayDecide(commit)) continue;
      const deciding = decidingSentence(messageOf(commit));
      if (deciding) candidates.push({ commit, deciding });
    }
    signal?.throwIfAborted();
  }
  return { candidates, read };
}

function proposalOf({ commit, deciding }: Candidate): Proposal | undefined {
  const { sha, subject, date, author, paths } = commit;
  const code = paths.filter(({ path }) => !DOCUMENT.test(path));
  if (paths.length < LEAST_FILES || code.length < LEAST_CODE) return undefined;
  const message = messageOf(commit);
  const at = (offset: number) => positionAfter(TEXT_START, message.slice(0, offset));
  const { sentence, kind, about } = deciding;
  const why = commitReason(commit)?.sentence;
  const reason = why === sentence.text ? undefined : why;
  const names = paths.map(({ path }) => path).sort();
  const breadth = Math.min(2, Math.log10(paths.length));
  const folders = new Set(names.map((path) => path.split('/').slice(0, 2).join('/'))).size;
  const weight =
    WEIGHTS[kind] +
    (why === undefined ? 0 : REASON_WEIGHT) +
    breadth +
    (names.some((path) => MANIFEST.test(path)) ? 1 : 0) +
    (sentence.isSubject ? 0.5 : 0) +
    (folders > 3 ? 0.5 : 0) -
    (FIX.test(subject) ? FIX_PENALTY : 0) -
    (code.every(({ path }) => TEST.test(path)) ? TESTS_PENALTY : 0);
  const span = { start: at(sentence.start), end: at(sentence.end) };
  const mined: MinedCommit = {
    sha,
    subject,
    date,
    author,
    kind,
    sentence: sentence.text,
    span,
    ...(reason === undefined ? {} : { reason }),
    files: paths.length,
    paths: names.slice(0, PATHS_SHOWN),
  };
  return { mined, words: topicWords(about), weight };
}

const heaviest = (proposals: readonly Proposal[]): number => Math.max(...proposals.map(({ weight }) => weight));

/**
 * Commits whose messages decide something for many files, grouped by topic, those most likely worth a record first. Proposals for people: nothing of it is a
 * record. Rejects with `unknown-commit` for a `since` that is neither a day nor a commit, and with the reason of `signal`.
 */
export async function mineDecisions(repository: Repository, request: MiningRequest = {}, options: MiningOptions = {}): Promise<Mining> {
  const { isRecord = () => false, signal } = options;
  const { candidates, read } = await candidatesOf(repository, request, signal);
  const deciding = new Map(candidates.map(({ commit, deciding: sentence }) => [commit.sha, sentence]));
  const notices: string[] = [];
  const proposals: Proposal[] = [];
  const reading = {
    commits: [...deciding.keys()],
    onNotice: (sentence: string) => void notices.push(sentence),
    ...(signal ? { signal } : {}),
  };
  for await (const commits of readLog(repository, reading)) {
    for (const commit of commits) {
      const sentence = deciding.get(commit.sha);
      if (!sentence || commit.paths.some(({ path }) => isRecord(path))) continue;
      const proposal = proposalOf({ commit, deciding: sentence });
      if (proposal) proposals.push(proposal);
    }
  }
  const groups = groupByTopic(proposals, ({ words }) => words);
  const topics = [...groups]
    .sort((a, b) => heaviest(b.items) - heaviest(a.items))
    .map(({ word, items }): MinedTopic => ({ topic: word ?? items[0]?.mined.subject ?? '', commits: items.map(({ mined }) => mined) }));
  const limit = request.limit ?? DEFAULT_TOPICS;
  return { topics: topics.slice(0, limit), read, more: Math.max(0, topics.length - limit), notices };
}
