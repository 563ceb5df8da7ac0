import { resolve } from 'node:path';
import { printable } from '../terminal.ts';
import { pathIn, type RunnerSelection, readSelection, realFolder, repositoryRoot } from './selection-file.ts';

// What is used of the types of Playwright's reporters, https://playwright.dev/docs/api/class-reporter, as of 1.62.
interface Annotated {
  readonly annotations?: { type: string; description?: string }[];
}
interface Test extends Annotated {
  readonly location: { readonly file: string };
}
interface Tests {
  allTests(): readonly Test[];
}
interface Config {
  readonly shard?: unknown;
  readonly projects: readonly { readonly testDir: string }[];
}

/** Options in the configuration of Playwright. */
export interface LintelReporterOptions {
  /** The file of the selection, relative to the configuration. Default: `selection.json`. Without such a file all tests run. */
  readonly selection?: string;
  /** Root of the repository. Default: where `.git` is, from the configuration upwards. */
  readonly root?: string;
  /** Set by Playwright. */
  readonly configDir?: string;
}

const REASONS = 3;

/** Runs only the selected tests (Playwright 1.62 and newer), notes why each was selected, and fails a run in which a selected spec did not run. */
class LintelReporter {
  readonly #root: string;
  readonly #file: string;
  readonly #selection: RunnerSelection | undefined;
  readonly #ran = new Set<string>();
  #expected: readonly string[] = [];
  #preprocessed = false;

  constructor({ selection = 'selection.json', root, configDir = process.cwd() }: LintelReporterOptions = {}) {
    this.#root = root === undefined ? repositoryRoot(configDir) : realFolder(resolve(configDir, root));
    this.#file = resolve(configDir, selection);
    this.#selection = readSelection(this.#file);
  }

  printsToStdio(): boolean {
    return false;
  }

  #pathOf({ location }: Test): string {
    return pathIn(this.#root, location.file);
  }

  async preprocess({ suite, testRun }: { readonly suite: Tests; readonly testRun: { exclude(test: Test): void } }): Promise<void> {
    this.#preprocessed = true;
    for (const test of suite.allTests())
      if (this.#selection?.remainder.has(this.#pathOf(test)))
        try {
          testRun.exclude(test);
        } catch {
          // Playwright does not let go of tests of projects that others depend on: they run.
        }
  }

  onBegin(config: Config, suite: Tests): void {
    const selection = this.#selection;
    if (!selection) {
      say(`There is no ${this.#file}, so all tests run.`);
      return;
    }
    say(`${selection.verdict}: ${selection.cause}`);
    if (!this.#preprocessed && selection.remainder.size > 0)
      say('This Playwright is older than 1.62, so all tests run. Use "lintel tests select --format args".');
    const here = config.projects.map(({ testDir }) => `${pathIn(this.#root, testDir)}/`);
    const begun = new Set(suite.allTests().map((test) => this.#pathOf(test)));
    // Another configuration runs what is outside of the folders of this one, and another shard what is not in this one.
    this.#expected = [...selection.selected]
      .filter(([path, { framework }]) => framework === 'playwright' && here.some((folder) => folder === '/' || path.startsWith(folder)))
      .map(([path]) => path)
      .filter((path) => !config.shard || begun.has(path));
  }

  onTestEnd(test: Test, result: Annotated & { readonly status: string }): void {
    const path = this.#pathOf(test);
    if (result.status !== 'skipped' && result.status !== 'interrupted') this.#ran.add(path);
    const reasons = this.#selection?.selected.get(path)?.reasons.slice(0, REASONS) ?? [];
    for (const description of reasons)
      for (const annotations of [test.annotations, result.annotations])
        if (!annotations?.some((known) => known.type === 'selected' && known.description === description))
          annotations?.push({ type: 'selected', description });
  }

  onEnd({ status }: { readonly status: string }): { readonly status: 'failed' } | undefined {
    const missing = this.#expected.filter((path) => !this.#ran.has(path));
    if (missing.length === 0) return undefined;
    say(`${missing.length} selected ${missing.length === 1 ? 'spec' : 'specs'} did not run, so this run is not green:`);
    for (const path of missing) say(`  ${path}`);
    return status === 'passed' ? { status: 'failed' } : undefined;
  }
}

const say = (text: string): void => void process.stdout.write(`lintel: ${printable(text)}\n`);

// biome-ignore lint/style/noDefaultExport: Playwright takes the default export of a module for its reporter.
export { LintelReporter as default };
