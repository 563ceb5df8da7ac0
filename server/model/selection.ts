import type { Unreadable } from './diff.ts';
import type { ChangedTogetherEvidence, DeclaredEvidence, EvidenceBase, SimilarEvidence } from './evidence.ts';
import type { Ranked } from './ranked.ts';
import type { LineRange, Span } from './span.ts';

/** Which difference tests are selected for. */
export type DiffRequest =
  /** What differs between HEAD and the files on disk, untracked files included. */
  | { readonly of: 'work-tree' }
  /** What is staged. */
  | { readonly of: 'staged' }
  /** What the work tree has beyond the commit at which HEAD forked from this one. */
  | { readonly of: 'branch'; readonly base: string }
  /** Two commits, by sha or name. */
  | { readonly of: 'range'; readonly from: string; readonly to: string }
  /** A patch as `git diff` writes it. */
  | { readonly of: 'patch'; readonly text: string };

/** How tests are selected. */
export interface SelectionRequest {
  readonly diff: DiffRequest;
  /** The probability, above 0 and below 1, that all relevant tests are among the selected ones. Default .95. */
  readonly target?: number;
  /** The most that may be selected: a share of the suite above 0 up to 1, or seconds, where durations are recorded. Default: no limit. */
  readonly budget?: { readonly share: number } | { readonly seconds: number };
  /** Specs with a test that has one of these tags are always selected. With or without `@`. */
  readonly always?: readonly string[];
  /** Specs all of whose tests have one of these tags are never selected. With or without `@`. */
  readonly exclude?: readonly string[];
  /** Coverage of single tests, beside what `lintel.yaml` names: absolute paths of files and folders, and patterns. */
  readonly coverage?: readonly string[];
}

/**
 * What a changed path can do to end-to-end tests:
 * - `inert`: nothing that a test can see.
 * - `mapped`: what the ranking of the specs is about.
 * - `cross-cutting`: something that everything rests on, so that all tests run.
 * - `unknown`: nobody can say, so that all tests run.
 * - `suite`: a spec, which runs itself, or what specs rest on.
 */
export type PathRole = 'inert' | 'mapped' | 'cross-cutting' | 'unknown' | 'suite';

/** A changed path, and the rule that says what it can do. */
export interface JudgedPath {
  readonly path: string;
  readonly role: PathRole;
  /** Id of the rule: `documentation`, `lock-file`. */
  readonly rule: string;
  /** The rule as a sentence for people. */
  readonly reason: string;
}

/** The test goes to a route, page or endpoint that the changed code serves. */
export interface VisitsEvidence extends EvidenceBase {
  readonly kind: 'visits';
  /** The route or operation, as the test or its page object writes it. */
  readonly route: string;
  /** The files from the changed one to the one that serves the route, both included. */
  readonly via: readonly string[];
}

/** A literal that the difference removes or changes stands in the test, or one that the changed code shows is what the test selects. */
export interface SelectsEvidence extends EvidenceBase {
  readonly kind: 'selects';
  readonly literals: readonly string[];
}

/** The test imports, directly or through others, a file that changed. */
export interface ImportsEvidence extends EvidenceBase {
  readonly kind: 'imports';
  /** The files from the test to the changed one, both included. */
  readonly chain: readonly string[];
}

/** The test, or its path, has words of the changed lines and paths. */
export interface MentionsEvidence extends EvidenceBase {
  readonly kind: 'mentions';
  readonly words: readonly string[];
}

/** The test failed in recorded runs when the same files had changed. */
export interface FailedBeforeEvidence extends EvidenceBase {
  readonly kind: 'failed-before';
  readonly failures: number;
}

/** The test ran lines that changed, as coverage that was recorded before the change says. */
export interface CoversEvidence extends EvidenceBase {
  readonly kind: 'covers';
  /** The file that it ran, by its path before the change. */
  readonly path: string;
  /** The lines of the change that it ran, as they were counted before the change; where something was only added, those on both sides. */
  readonly lines: readonly LineRange[];
  /** The coverage file that says so. */
  readonly report: string;
}

/** Why a test is relevant for a difference. */
export type TestEvidence =
  | VisitsEvidence
  | SelectsEvidence
  | ImportsEvidence
  | DeclaredEvidence
  | CoversEvidence
  | FailedBeforeEvidence
  | ChangedTogetherEvidence
  | MentionsEvidence
  | SimilarEvidence;

/** A file of end-to-end tests. */
export interface TestFile {
  /** Repository-relative, forward slashes. The id of the spec. */
  readonly path: string;
  /** What runs it: `playwright`, `cypress`. */
  readonly framework: string;
  /** Title of its first suite or test; its file name where it has none. */
  readonly title: string;
  /** Tags of the spec or of a test in it, without `@`. */
  readonly tags: readonly string[];
  /** Those of them that all of its tests have; absent where there are none. */
  readonly tagsOfAll?: readonly string[];
}

/** A selected spec: evidence says why. Routes and texts that a person can look up stand first, then what counts most. */
export interface SelectedTest extends Ranked<TestFile, TestEvidence> {
  /** From 1, in the order in which they are worth running. */
  readonly rank: number;
  /** Where the reason is in the spec; absent where it is elsewhere. */
  readonly span?: Span;
  /** True for one that is selected whatever its rank: a removed literal stands in it, it changed itself, a tag asks for it. */
  readonly must?: true;
  /** True for one that the change most likely concerns; the others are selected to be sure. */
  readonly likely?: true;
}

/** A spec that is not selected now. */
export interface SkippedTest {
  readonly item: TestFile;
  readonly rank: number;
  /** Why not, as a sentence: no evidence, or less than others have. */
  readonly reason: string;
}

/**
 * - `run-selected`: the selected specs; none of them where nothing that changed can reach a test.
 * - `run-all`: all specs, because something changed that everything rests on, or nobody can say what rests on it.
 * - `ask-a-human`: nothing is sure: there is no suite, the difference cannot be read, or exclusions left nothing of what was selected.
 */
export type Verdict = 'run-selected' | 'run-all' | 'ask-a-human';

/** A spec that no pipeline of the repository runs on a push or a pull request. */
export interface UnattendedTest {
  readonly path: string;
  /** Pipelines that run it on other occasions, such as a schedule, by their paths. */
  readonly otherwise: readonly string[];
}

/** Which end-to-end tests a difference makes relevant. */
export interface TestSelection {
  readonly verdict: Verdict;
  /** The cause of the verdict, as a sentence. */
  readonly cause: string;
  /** The probability that all relevant specs are selected, as calibrated; absent where there is nothing to be sure of. */
  readonly confidence?: number;
  readonly target: number;
  /** Number of specs in the suite. */
  readonly suite: number;
  /** Share of the suite that is selected: of the recorded durations where all are known, else of the specs. 0 to 1. */
  readonly share: number;
  /** What to run now, best first. All specs for `run-all`. */
  readonly selected: readonly SelectedTest[];
  /** What may run later: everything else. */
  readonly remainder: readonly SkippedTest[];
  /** Every changed path with its rule, in the order of the difference. */
  readonly paths: readonly JudgedPath[];
  /** What of the difference could not be read. */
  readonly unreadable: readonly Unreadable[];
  /** Sentences for people: too few commits to calibrate by, limits that were met. */
  readonly notices: readonly string[];
  /** Specs that no pipeline runs on changes, where that is sure; absent where there are none. */
  readonly unattended?: readonly UnattendedTest[];
}

/** A symbol that changed, and the end-to-end tests that its change alone makes relevant. */
export interface ChangedSymbol {
  readonly name: string;
  /** Where its name is. */
  readonly nameSpan: Span;
  /** Number of selected specs. */
  readonly tests: number;
  /** True where all of the suite has to run. */
  readonly all: boolean;
}

/** What a runner can write to a file: its own JSON, that of Jest, RSpec or Cucumber, or JUnit XML. */
export type TestReportFormat = 'playwright-json' | 'jest-json' | 'rspec-json' | 'cucumber-json' | 'junit';

/** How a command is made to write its results to a file, beside what it prints. `REPORT_FILE` stands for the absolute path of that file. */
export interface TestReport {
  readonly format: TestReportFormat;
  /** The arguments to use instead. */
  readonly args: readonly string[];
  /** Variables to set in addition. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Stands in arguments and variables of a `TestReport` for the path of the file. Runners that write several files begin their names with it. */
export const REPORT_FILE = '{report}';

/** A process that runs some specs. Its arguments are a list: no shell has to read the names of files. */
export interface TestCommand {
  readonly framework: string;
  /** Paths of the specs that it runs. */
  readonly specs: readonly string[];
  readonly command: string;
  readonly args: readonly string[];
  /** Folder to run it in, relative to the root; empty for the root. */
  readonly cwd: string;
  /** Variables to set. Only commands that `lintel.yaml` gives have some. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Absent where the runner can write none. */
  readonly report?: TestReport;
}

/** How specs are run. */
export interface TestCommands {
  /** In the order of the specs that were asked for. */
  readonly commands: readonly TestCommand[];
  /** Specs that nothing is known to run, each with the reason as a sentence. */
  readonly without: readonly { readonly path: string; readonly reason: string }[];
}
