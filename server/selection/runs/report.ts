import type { TestOutcome } from '../../model/test-runs.ts';

/** One run of one test, as a report tells it. */
export interface ReportedTest {
  /** What may be the path of its file, the most likely first. */
  readonly files: readonly string[];
  /** Class, package or module, in the words of its language; empty where the report has none. */
  readonly classname: string;
  /** Titles of the suites around it, outermost first. */
  readonly suites: readonly string[];
  readonly name: string;
  /** Tells apart what runs side by side: browser, project, host. */
  readonly variant: string;
  /** Attempts with the same one follow each other: a later one repeats an earlier one. */
  readonly group: string;
  readonly seconds: number;
  readonly outcome: TestOutcome;
  /** What the runner says of a failure, where it does. */
  readonly message?: string;
  /** When its group began and ended, in milliseconds since 1970, where the report says so. */
  readonly began?: number;
  readonly ended?: number;
}

/** What one report says. */
export interface TestReport {
  /** Reports of two formats that tell of one spec are of the same run of it. Default: a format of its own that is not named. */
  readonly format?: 'junit' | 'playwright' | 'cucumber' | 'jest' | 'rspec';
  readonly tests: readonly ReportedTest[];
  /** Failures that belong to no test. */
  readonly errors: readonly string[];
  /** Seconds that the run took, where the report says so. */
  readonly seconds?: number;
  /** False for a report that is damaged or ends too early. */
  readonly complete: boolean;
}

/** Most tests of one report; what comes later is not read, and the report is not complete. */
export const MOST_TESTS = 500_000;

const LONGEST = 1_000;
const MOST_SECONDS = 10_000_000;

/** A text of a report, within bounds. */
export const short = (text: unknown): string => (typeof text === 'string' ? text.slice(0, LONGEST) : '');

/** Colours of terminals. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const LONGEST_MESSAGE = 4_000;

/** What a runner says of a failure, without colours and within bounds. */
export const messageText = (text: unknown): string =>
  typeof text === 'string'
    ? text
        .slice(0, 2 * LONGEST_MESSAGE)
        .replaceAll(COLOURS, '')
        .slice(0, LONGEST_MESSAGE)
    : '';

/** Seconds as a number that can be counted with. */
export const secondsOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, 0), MOST_SECONDS) : 0;
