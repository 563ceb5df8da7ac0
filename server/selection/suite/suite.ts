/** Tools that run end-to-end tests. `api` is a suite that sends requests to a running service; `declared` is what `lintel.yaml` names. */
export const FRAMEWORKS = [
  ...['playwright', 'cypress', 'webdriverio', 'testcafe', 'nightwatch', 'puppeteer', 'selenium', 'appium', 'detox', 'codeceptjs'],
  ...['capybara', 'cucumber', 'pytest', 'go', 'ginkgo', 'bats', 'api', 'process', 'dusk', 'panther', 'codeception', 'robot', 'declared'],
] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** One file of end-to-end tests. Its path is its id. */
export interface SuiteSpec {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly framework: Framework;
  /** Why it was taken: a sentence. */
  readonly because: string;
  /** The configuration that takes it, where there is one. */
  readonly config?: string;
  /** Tags that `lintel.yaml` gives it. */
  readonly tags?: readonly string[];
}

/** A file that specs need and that is none itself: page object, fixture, helper, set-up, step definition. */
export interface SupportFile {
  readonly path: string;
  /** Why it was taken: a sentence. */
  readonly because: string;
  /** It lies where code of the product lies and drives nothing: the product may use it, too. */
  readonly shared?: true;
}

/** A framework that was found. */
export interface SuiteFramework {
  readonly framework: Framework;
  /** Configuration files by path; empty where the framework is known by its specs alone. */
  readonly configs: readonly string[];
  /** Where specs visit when they name no host, as the configuration says. */
  readonly baseUrls: readonly string[];
  readonly specs: number;
}

/** The end-to-end tests of a repository. Everything is ordered by path, so that the same files give the same bytes. */
export interface Suite {
  readonly specs: readonly SuiteSpec[];
  readonly supports: readonly SupportFile[];
  readonly frameworks: readonly SuiteFramework[];
  /** Files that looked like tests and were not read, because there are too many. */
  readonly leftOut: number;
}

/** Reads a file of the repository; `undefined` where it cannot be read. */
export type ReadFile = (path: string) => Promise<string | undefined>;
