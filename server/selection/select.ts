import type { Diff } from '../model/diff.ts';
import type {
  JudgedPath,
  SelectedTest,
  SelectionRequest,
  SkippedTest,
  TestEvidence,
  TestFile,
  TestSelection,
  UnattendedTest,
  Verdict,
} from '../model/selection.ts';
import { secondsOf, shareOf, withinBudget } from './budget.ts';
import type { CoverageEvidence } from './covering/covered.ts';
import { type Cut, cutsOf, firstSafe, safetyOf } from './gate/confidence.ts';
import { judgePaths, type PathKnowledge } from './paths/judge.ts';
import { wordsOfDiff } from './ranking/diff-words.ts';
import { likelyIn } from './ranking/likely.ts';
import { evidenceOf, rankSpecs, type SpecRanking, type TogetherWith } from './ranking/rank.ts';
import type { SpecHistory } from './ranking/spec-history.ts';
import type { SpecIndex, SpecWords } from './ranking/spec-index.ts';
import { type Reasons, reasonsOf } from './reasons.ts';
import type { OwnReasons } from './runs/own-reasons.ts';
import { evidenceFor, type StructuralEvidence } from './structure/evidence.ts';
import { hasTag } from './suite/labels.ts';
import { counted, ENOUGH_COMMITS, listed, percent, tooFewCommits, unattendedNotice } from './wording.ts';

/** What selection knows of a repository. */
export interface SuiteKnowledge {
  /** All specs by path. */
  readonly tests: ReadonlyMap<string, TestFile>;
  readonly index: SpecIndex;
  readonly history: SpecHistory;
  /** Time from which the age of commits is measured, in milliseconds since 1970. */
  readonly now: number;
  readonly paths: PathKnowledge;
  readonly calibration: Calibration;
  /** Specs that import a supporting file, directly or through others, each with the files from the spec to it. */
  readonly importersOf: (path: string) => ReadonlyMap<string, readonly string[]>;
  /** Seconds that a spec takes, by path, from recorded runs. */
  readonly durations: ReadonlyMap<string, number>;
  /** What the structure of the product says of this difference. Default: nothing. */
  readonly structure?: StructuralEvidence;
  /** Reasons from declared links and recorded runs. Default: none. */
  readonly own?: OwnReasons;
  /** What recorded coverage says of changed paths of the product. Default: there is none. */
  readonly coverage?: (product: readonly string[]) => CoverageEvidence;
  /** Specs that no pipeline runs on changes. Default: none is known. */
  readonly unattended?: readonly UnattendedTest[];
}

/** What the repository's own commits say of how sure a ranking is. */
export interface Calibration {
  /** Added to the log-odds of the gate. */
  readonly offset: number;
  /** Commits that changed code of the product and specs. */
  readonly commits: number;
}

export const DEFAULT_TARGET = 0.95;
/** Taken from the log-odds without any commits: on repositories that nothing was fitted to, .93 turned out to be .89. */
const CAUTION = 0.5;

interface Decided {
  readonly verdict: Verdict;
  readonly cause: string;
  readonly confidence?: number;
  readonly selected: ReadonlySet<number>;
}

/** Everything that one selection is made from. */
interface Case {
  readonly diff: Diff;
  readonly knowledge: SuiteKnowledge;
  readonly request: Omit<SelectionRequest, 'diff'>;
  readonly target: number;
  readonly paths: readonly JudgedPath[];
  /** Changed paths of the product. */
  readonly changed: readonly string[];
  readonly ranking: SpecRanking;
  readonly reasons: Reasons;
  readonly coverage?: CoverageEvidence | undefined;
  /** The offset of the gate, with what caution takes from it. */
  readonly offset: number;
  readonly cuts: readonly Cut[];
}

const everything = ({ knowledge }: Case): ReadonlySet<number> => new Set(knowledge.index.specs.keys());
const nothing: ReadonlySet<number> = new Set();

/** The causes that settle a verdict whatever the ranking. */
const settled = (the: Case): Decided | undefined => {
  const { diff, knowledge, paths, reasons } = the;
  if (knowledge.index.specs.length === 0)
    return { verdict: 'ask-a-human', cause: 'No end-to-end tests were found. Name them in lintel.yaml under "tests".', selected: nothing };
  const unread = diff.unreadable.find(({ path }) => path === undefined);
  if (unread)
    return { verdict: 'run-all', cause: `The difference cannot be read as a whole: ${unread.message}`, selected: everything(the) };
  if (paths.length === 0) return { verdict: 'run-selected', cause: 'The difference is empty: nothing changed.', selected: nothing };
  for (const role of ['unknown', 'cross-cutting'] as const) {
    const found = paths.filter((path) => path.role === role);
    if (found[0])
      return { verdict: 'run-all', cause: `${listed(found.map(({ path }) => path))}: ${found[0].reason}`, selected: everything(the) };
  }
  if (reasons.unclaimed.length > 0)
    return {
      verdict: 'run-all',
      cause: `${listed(reasons.unclaimed)}: Belongs to the tests, and nothing says which of them use it.`,
      selected: everything(the),
    };
  if (paths.every(({ role }) => role === 'inert') && reasons.must.size === 0)
    return {
      verdict: 'run-selected',
      cause: `Nothing that changed can reach a test: ${counted(paths.length, 'path')}, all inert.`,
      selected: nothing,
    };
  return undefined;
};

/** How many specs of the ranking are enough, and what is added to them. */
const gated = (the: Case): Decided => {
  const { ranking, reasons, target, cuts, offset, knowledge } = the;
  const { specs } = knowledge.index;
  const forced = specs.flatMap(({ path }, at) => (reasons.must.has(path) ? [at] : []));
  // What only changed specs and what they rest on can break is known without a ranking.
  if (the.changed.length === 0)
    return {
      verdict: 'run-selected',
      cause: the.paths.some(({ role }) => role === 'suite')
        ? 'Only tests changed: they run, and those that rest on what changed.'
        : 'Nothing that changed can reach a test but those that a person linked to it.',
      confidence: 1,
      selected: new Set(forced),
    };
  if (ranking.scores.every((score) => score === 0))
    return {
      verdict: 'run-all',
      cause: 'No test has anything in common with what changed, so nothing tells which are affected.',
      selected: everything(the),
    };
  const cut = firstSafe(cuts, target, offset);
  if (!cut)
    return {
      verdict: 'run-all',
      cause: `No part of the suite is enough for a confidence of ${percent(target)}.`,
      confidence: 1,
      selected: everything(the),
    };
  const selected = new Set([...forced, ...ranking.named, ...ranking.firsts, ...ranking.order.slice(0, cut.size)]);
  return {
    verdict: 'run-selected',
    cause: `${selected.size} of ${counted(specs.length, 'test')} cover what this change can break, with a confidence of ${percent(cut.safety)}.`,
    confidence: cut.safety,
    selected,
  };
};

/** Selects the end-to-end tests that a difference makes relevant. The same input gives the same answer. */
export const selectTests = (diff: Diff, knowledge: SuiteKnowledge, request: Omit<SelectionRequest, 'diff'> = {}): TestSelection => {
  const paths = judgePaths(diff, knowledge.paths);
  const mapped = new Set(paths.filter(({ role }) => role !== 'inert' && role !== 'suite').map(({ path }) => path));
  const words = wordsOfDiff(diff, (path) => mapped.has(path));
  const ranking = rankSpecs(knowledge.index, words, knowledge.history, knowledge.now, knowledge.structure);
  const { offset, commits } = knowledge.calibration;
  const coverage = knowledge.coverage?.(words.paths);
  const the: Case = {
    diff,
    knowledge,
    request,
    target: request.target ?? DEFAULT_TARGET,
    paths,
    changed: words.paths,
    ranking,
    reasons: reasonsOf(diff, paths, words.paths, { ...knowledge, covered: coverage?.reasons ?? [] }),
    coverage,
    offset: offset - CAUTION * Math.max(0, 1 - commits / ENOUGH_COMMITS),
    cuts: cutsOf(ranking.gate),
  };
  return limited(the, settled(the) ?? gated(the));
};

const isExcluded = (the: Case, at: number): boolean => {
  const { tagsOfAll = [] } = testAt(the, at);
  return hasTag(tagsOfAll, the.request.exclude);
};

const specAt = ({ knowledge }: Case, at: number): SpecWords => knowledge.index.specs[at] as SpecWords;

const testAt = ({ knowledge }: Case, at: number): TestFile => {
  const path = knowledge.index.specs[at]?.path ?? '';
  return knowledge.tests.get(path) ?? { path, framework: 'unknown', title: path, tags: [] };
};

/** Applies what the user asked for: tags that always run, exclusions and the budget. What they leave is checked again. */
const limited = (the: Case, decided: Decided): TestSelection => {
  const { knowledge, ranking, request, reasons, target, paths, diff } = the;
  const { specs } = knowledge.index;
  const always = specs.flatMap((_, at) => (hasTag(testAt(the, at).tags, request.always) ? [at] : []));
  const wanted = new Set([...decided.selected, ...always]);
  const must = new Set(specs.flatMap(({ path }, at) => (reasons.must.has(path) ? [at] : [])));
  for (const at of [...always, ...(decided.selected.size > 0 ? ranking.named : [])]) must.add(at);
  const failures = (at: number): number => reasons.failures.get(specs[at]?.path ?? '') ?? 0;
  // The sort is stable: of those that must run, the ones that failed most often begin, and the ranking orders the rest.
  const first = ranking.order.filter((at) => must.has(at)).sort((a, b) => failures(b) - failures(a));
  const order = [...first, ...ranking.order.filter((at) => !must.has(at))];
  const rankOf = new Map(order.map((at, rank) => [at, rank + 1]));
  const open = order.filter((at) => wanted.has(at) && !isExcluded(the, at));
  const seconds = secondsOf(specs, knowledge.durations);
  const kept = withinBudget(request.budget, seconds, open);
  const keptSet = new Set(kept);
  const excluded = order.filter((at) => wanted.has(at) && isExcluded(the, at));
  const notices: string[] = [...(the.coverage?.notices ?? [])];
  const { commits } = knowledge.calibration;
  if (commits < ENOUGH_COMMITS && decided.confidence !== undefined) notices.push(tooFewCommits(commits));
  if (excluded.length > 0)
    notices.push(`${counted(excluded.length, 'test')} that would be selected ${excluded.length === 1 ? 'is' : 'are'} excluded by a tag.`);
  if (kept.length < open.length)
    notices.push(`The budget leaves out ${counted(open.length - kept.length, 'test')} that would be selected.`);
  const unattended = knowledge.unattended ?? [];
  if (unattended.length > 0) notices.push(unattendedNotice(unattended));
  const emptied = wanted.size > 0 && kept.length === 0;
  const complete = kept.length === wanted.size;
  const confidence = complete || decided.confidence === undefined ? decided.confidence : confidenceOf(the, keptSet);
  const likely = the.changed.length > 0 ? likelyIn(ranking) : nothing;
  const selected = kept.map((at): SelectedTest => {
    const test = testAt(the, at);
    const own = reasons.must.get(test.path) ?? [];
    const also = reasons.also.get(test.path) ?? [];
    const tagged: readonly TestEvidence[] = always.includes(at)
      ? [
          {
            kind: 'declared',
            weight: 1,
            explanation: `has a tag that always runs: ${test.tags.filter((tag) => hasTag([tag], request.always)).join(', ')}`,
          },
        ]
      : [];
    const evidence = [
      ...own,
      ...tagged,
      ...evidenceOf(ranking, at, specAt(the, at), togetherWith(the, test.path), evidenceFor(test.path, knowledge.structure)),
      ...also,
    ];
    const rank = rankOf.get(at) ?? 0;
    return { item: test, evidence, rank, ...(must.has(at) ? { must: true } : {}), ...(likely.has(at) ? { likely: true } : {}) };
  });
  const remainder = order
    .filter((at) => !keptSet.has(at))
    .map((at): SkippedTest => ({ item: testAt(the, at), rank: rankOf.get(at) ?? 0, reason: reasonToSkip(the, at, wanted, decided) }));
  return {
    verdict: emptied ? 'ask-a-human' : decided.verdict,
    cause: emptied
      ? `The exclusions or the budget left none of the ${counted(wanted.size, 'test')} that would be selected, so nothing would be checked.`
      : decided.cause,
    ...(confidence === undefined || emptied ? {} : { confidence }),
    target,
    suite: specs.length,
    share: shareOf(seconds, kept),
    selected,
    remainder,
    paths,
    unreadable: diff.unreadable,
    notices,
    ...(unattended.length > 0 ? { unattended } : {}),
  };
};

const togetherWith = ({ knowledge, changed }: Case, spec: string): TogetherWith[] =>
  changed.flatMap((path) => {
    const together = knowledge.history.together(path, spec);
    return together ? [{ path, ...together }] : [];
  });

/** The probability that what is left holds all that is relevant: that of the longest beginning of the ranking that is left whole. */
const confidenceOf = ({ ranking, cuts, offset }: Case, kept: ReadonlySet<number>): number => {
  const gap = ranking.order.findIndex((at) => !kept.has(at));
  return safetyOf(cuts, gap < 0 ? ranking.order.length : gap, ranking.order.length, offset);
};

const reasonToSkip = (the: Case, at: number, wanted: ReadonlySet<number>, decided: Decided): string => {
  if (wanted.has(at)) return isExcluded(the, at) ? 'Excluded by a tag.' : 'Beyond the budget.';
  if (decided.verdict === 'ask-a-human') return 'Nothing is selected.';
  if (decided.selected.size === 0) return 'Nothing that changed can reach a test.';
  if ((the.ranking.scores[at] ?? 0) === 0) return 'Has nothing in common with what changed.';
  return decided.confidence === undefined ? 'Not affected.' : `Ranked behind the tests that are enough for ${percent(the.target)}.`;
};
