import type { Refused } from './authoring.ts';
import type { DiffRequest, Verdict } from './selection.ts';

/** How a test or a spec ended. `flaky`: it failed and then passed, in the same run or on the same commit. */
export type TestOutcome = 'passed' | 'failed' | 'flaky' | 'skipped';

/** What a run says of one spec. */
export interface SpecResult {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  /** The sum of its tests, repeated ones included. */
  readonly seconds: number;
  /** The worst of its tests: failed, flaky, passed, skipped. */
  readonly outcome: TestOutcome;
  /** Names of the tests that failed or were flaky, with the titles around them; at most 20. */
  readonly failing?: readonly string[];
}

/** What was selected for a run, as it is kept. */
export interface RecordedSelection {
  /** Version of Lintel. */
  readonly version: string;
  readonly verdict: Verdict;
  readonly cause: string;
  readonly target: number;
  readonly confidence?: number;
  /** Number of specs in the suite. */
  readonly suite: number;
  readonly share: number;
  /** Selected specs, best first, each with its first reasons; `all` where nothing was left out. */
  readonly selected: 'all' | readonly { readonly path: string; readonly must?: true; readonly reasons: readonly string[] }[];
  /** Specs that were not selected, by the reason. */
  readonly skipped: readonly { readonly reason: string; readonly paths: readonly string[] }[];
}

/**
 * - `full`: the whole suite ran.
 * - `selected`: only what was selected ran.
 * - `shadow`: the whole suite ran, and the selection was only recorded.
 */
export type RunKind = 'full' | 'selected' | 'shadow';

/** One run of the end-to-end tests: a line of the log. */
export interface RecordedRun {
  /** Version of this format. */
  readonly format: 1;
  /** When it was recorded: ISO 8601 in UTC. */
  readonly time: string;
  /** HEAD; absent outside of git and before the first commit. */
  readonly sha?: string;
  /** Hash of what was not committed in files that git follows; absent where everything was. */
  readonly uncommitted?: string;
  readonly run: RunKind;
  /** As the pipeline or the reports say, else the sum of the specs. */
  readonly seconds: number;
  readonly selection?: RecordedSelection;
  /** Changed paths that can reach a test, at most 500; absent without a selection. */
  readonly changed?: readonly string[];
  /** How many paths changed, where `changed` has not all. */
  readonly changes?: number;
  /** By path. */
  readonly results: readonly SpecResult[];
  /** Selected specs without a result. */
  readonly missing?: readonly string[];
  /** Number of tests in the reports that belong to no known spec. */
  readonly unmatched?: number;
  /** Failures that the reports tell of no spec, such as a server that did not start. */
  readonly errors?: readonly string[];
  /** A report was damaged, half-written or too large, so results may be missing. */
  readonly incomplete?: true;
  /** What a person decided otherwise than the selection, in their words. */
  readonly override?: string;
}

/** When the selection may decide what runs. */
export interface ShadowCriteria {
  /** So many full runs with a selection. Default 30. */
  readonly runs: number;
  /** Days from the first of them to the last. Default 7. */
  readonly days: number;
  /** The share of failures that the selection may have missed. Default .01. */
  readonly missed: number;
}

/** Whether the selection may decide what runs, by the full runs that were recorded beside it. */
export interface ShadowGate extends ShadowCounts {
  readonly open: boolean;
  /** The state and why, as a sentence for people. */
  readonly sentence: string;
  readonly criteria: ShadowCriteria;
  /** The time of the run whose miss closed the gate after it had been open. */
  readonly closedBy?: string;
}

/** What was counted since the beginning, or since the gate closed again. */
export interface ShadowCounts {
  readonly runs: number;
  readonly days: number;
  readonly failures: number;
  readonly missed: number;
}

/** Latency, throughput and errors of some runs. */
export interface RunFigures {
  readonly runs: number;
  /** Seconds that half of the runs, and 95 of 100, took at most; absent without runs. */
  readonly p50?: number;
  readonly p95?: number;
  /** Specs per minute. */
  readonly throughput: number;
  /** Share of the results that failed, flaky ones not counted. */
  readonly errorRate: number;
  /** Share of the results that were flaky. */
  readonly flakeRate: number;
  /** Runs with a failure. */
  readonly failedRuns: number;
}

/** A failure of a full run that the selection would not have run. */
export interface Miss {
  readonly path: string;
  readonly time: string;
  readonly sha?: string;
  readonly failing: readonly string[];
  /** Why it was not selected, as a sentence. */
  readonly cause: string;
  /** True where it failed in the full run before, too, so that this change may not be the cause. */
  readonly before: boolean;
  /** The command that makes a declared link of it, where a changed path is known. */
  readonly command?: string;
}

/** What the selection was worth. */
export interface SelectionFigures {
  /** Full runs with a selection. */
  readonly runs: number;
  /** Failures in them, and those of specs that were selected. */
  readonly failures: number;
  readonly kept: number;
  /** `kept` of `failures`; absent without failures. */
  readonly safety?: number;
  /** Mean share of the suite that was selected, over all runs with a selection; absent without them. */
  readonly share?: number;
  /** Seconds of specs that were not selected: in full runs measured, in selected runs by what they take else. */
  readonly savedSeconds: number;
  /** `savedSeconds` of what the suites take. */
  readonly savedShare: number;
}

/** One run, for charts and lists. */
export interface RunPoint {
  readonly time: string;
  readonly sha?: string;
  readonly run: RunKind;
  readonly seconds: number;
  readonly failed: number;
  readonly flaky: number;
  readonly specs: number;
  readonly verdict?: Verdict;
  readonly share?: number;
  readonly missed: number;
  readonly override?: string;
}

/** What the log of runs says. */
export interface TestRunReport {
  /** The first day that counts, where one was given. */
  readonly since?: string;
  /** `shadow` runs are full ones. */
  readonly full: RunFigures;
  readonly selected: RunFigures;
  readonly selection: SelectionFigures;
  /** The newest first. */
  readonly misses: readonly Miss[];
  /** Specs by how often they were flaky, then failed; only those that ever were. */
  readonly specs: readonly {
    readonly path: string;
    readonly runs: number;
    readonly failed: number;
    readonly flaky: number;
    readonly seconds: number;
  }[];
  /** The oldest first. */
  readonly runs: readonly RunPoint[];
  readonly gate: ShadowGate;
  readonly notices: readonly string[];
}

/** Reports and a selection that become a line of the log. */
export interface RecordRequest {
  /** Report files: paths, folders and patterns, relative to `from`. */
  readonly reports: readonly string[];
  /** Absolute folder that `reports`, `selection` and `folder` are relative to. */
  readonly from: string;
  /** When this is asked, as ISO 8601. */
  readonly now: string;
  /** A file with the output of `lintel tests select --format json`. */
  readonly selection?: string;
  /** Default: as reports and selection say. */
  readonly run?: RunKind;
  /** Seconds from the start of the run to its end. Default: as the reports say. */
  readonly seconds?: number;
  readonly override?: string;
  /** Folder of the log. Default: as `lintel.yaml` says, else `.lintel`. */
  readonly folder?: string;
}

/** What was recorded, and where. */
export interface Recorded {
  /** Absolute path of the log. */
  readonly file: string;
  readonly run: RecordedRun;
  /** Sentences for people: damaged reports, tests of no known spec, selected specs that did not run. */
  readonly notices: readonly string[];
}

/** A person's word that a test covers code. */
export interface TestLinkRequest {
  /** File, folder or pattern, relative to the root of the repository or absolute. */
  readonly code: string;
  /** Path of a spec, likewise. */
  readonly spec: string;
  /** ISO day. */
  readonly today: string;
  readonly note?: string;
}

/** Which runs a report is about. */
export interface TestReportRequest {
  /** Absolute folder that `folder` is relative to. */
  readonly from: string;
  /** Folder of the log. Default: as `lintel.yaml` says, else `.lintel`. */
  readonly folder?: string;
  /** ISO day of the first run that counts. Default: all. */
  readonly since?: string;
  /** Default: as `lintel.yaml` says, else those of {@link ShadowCriteria}. */
  readonly criteria?: Partial<ShadowCriteria>;
}

/** A declared link that was written. */
export interface TestLinkDone {
  readonly done: 'added' | 'replaced' | 'unchanged';
  readonly code: string;
  readonly test: string;
}

/** Records runs of the end-to-end tests in a log that is only appended to, and reads it. Needs no index. */
/** What the reports of a run say of one spec. */
export interface SpecOutcome {
  readonly path: string;
  /** `skipped` where all of its tests were. */
  readonly outcome: TestOutcome;
  /** Number of tests that ran. */
  readonly ran: number;
  /** Of each test that failed its name, and what the runner says. */
  readonly messages: readonly string[];
}

export interface TestRunning {
  /**
   * What reports say of specs. One that no complete report names is left out, unless it failed. Files that are no reports say nothing.
   * @param reports absolute paths of files
   */
  outcomes(reports: readonly string[], specs: readonly string[], signal?: AbortSignal): Promise<readonly SpecOutcome[]>;
  /** Rejects with `store-failed` where the log cannot be written. */
  record(request: RecordRequest, signal?: AbortSignal): Promise<Recorded | Refused>;
  /** Records a full run with what is selected for a difference, without acting on it. Rejects as `selectTests` does, too. */
  shadow(request: RecordRequest & { readonly diff: DiffRequest }, signal?: AbortSignal): Promise<Recorded | Refused>;
  report(request: TestReportRequest): Promise<TestRunReport>;
  /** Declares in `.lintel/links.yaml` that a test covers code, so that it runs whenever that code changes. */
  link(request: TestLinkRequest, signal?: AbortSignal): Promise<TestLinkDone | Refused>;
}
