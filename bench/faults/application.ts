import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** What one spec did in a run of the suite. */
export interface SpecRun {
  readonly failed: readonly string[];
  readonly passed: readonly string[];
  readonly seconds: number;
}

/** What the suite did: specs by path. */
export type SuiteRun = ReadonlyMap<string, SpecRun>;

export interface RunOptions {
  /** Only these. Default: all. */
  readonly specs?: readonly string[];
  /** Titles of tests that are not run, as reports name them. */
  readonly without?: readonly string[];
  /** A file of a selection, which Lintel's reporter for the runner reads. */
  readonly selection?: string;
}

/** A pattern that matches a title as it is. */
export const titlePattern = (title: string): string => title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The variable by which the configuration of a suite learns what not to run: a pattern for Playwright's `grepInvert`. */
export const withoutTitles = (titles: readonly string[]): Record<string, string> =>
  // Playwright matches against the file, the suites and the title with a space between them.
  titles.length === 0 ? {} : { WITHOUT: titles.map((title) => `${titlePattern(title.replaceAll(' > ', ' '))}$`).join('|') };

/** An application whose suite runs here. */
export interface Application {
  readonly name: string;
  /** Its work tree: a git repository in which nothing but the fault differs from HEAD. */
  readonly folder: string;
  /** Specs that come and go under load, whatever changes: they count for nothing. */
  readonly unstable: readonly string[];
  /** The part of the application that a file belongs to; absent where no faults are made. */
  partOf(path: string): string | undefined;
  /** Brings everything up, as the files say. */
  start(): Promise<void>;
  /** Brings the running application to what changed files say; false where it does not build or start. */
  apply(paths: readonly string[]): Promise<boolean>;
  /** Runs the suite, or a part of it. */
  run(options?: RunOptions): Promise<SuiteRun>;
  /** Ends every process that was started. */
  stop(): Promise<void>;
}

/** Ports that are free, each another one: all are held until all are known. */
export const freePorts = async <Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> => {
  const held = await Promise.all(
    names.map(async (name) => {
      const server = createServer();
      await new Promise<void>((fulfil, reject) => server.once('error', reject).listen(0, '127.0.0.1', fulfil));
      return { name, server };
    }),
  );
  const ports: Partial<Record<Name, number>> = {};
  for (const { name, server } of held) {
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error(`There is no port for ${name}.`);
    ports[name] = address.port;
    await new Promise((fulfil) => server.close(fulfil));
  }
  return ports as Record<Name, number>;
};

export const wait = (milliseconds: number): Promise<void> => new Promise((fulfil) => setTimeout(fulfil, milliseconds));

/** A process that can be started again; its output goes to a file. */
export class Service {
  #child: ChildProcess | undefined;
  readonly #command: readonly [string, readonly string[]];
  readonly #options: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly uid?: number; readonly log: string };
  readonly #health: string | undefined;

  constructor(
    command: readonly [string, readonly string[]],
    options: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly uid?: number; readonly log: string },
    health?: string,
  ) {
    this.#command = command;
    this.#options = options;
    this.#health = health;
  }

  /** Starts it, and waits until it answers or ends. Whether it answers. */
  async start(): Promise<boolean> {
    await this.stop();
    const log = openSync(this.#options.log, 'a');
    const { cwd, env, uid } = this.#options;
    const [command, args] = this.#command;
    const child = spawn(command, args, {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', log, log],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    closeSync(log);
    this.#child = child;
    const ended = new Promise<false>((fulfil) => {
      child.once('exit', () => fulfil(false));
      child.once('error', () => fulfil(false));
    });
    return Promise.race([ended, this.#answers()]);
  }

  async #answers(): Promise<boolean> {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      if (this.#health === undefined) return true;
      const answered = await fetch(this.#health, { signal: AbortSignal.timeout(1_000) }).then(
        () => true,
        () => false,
      );
      if (answered) return true;
      await wait(100);
    }
    return false;
  }

  stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((fulfil) => {
      child.once('exit', () => fulfil());
      child.kill(signal);
    });
  }
}

/** Runs a command to its end, at most so long. Its exit code; -1 where it was ended. */
export const finished = (
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly log: string; readonly most: number },
): Promise<number> => {
  const log = openSync(options.log, 'a');
  return new Promise((fulfil, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    // The group is the child's own: what it started ends with it, and with this process.
    const end = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(end, options.most);
    process.once('exit', end);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      fulfil(code ?? -1);
    });
  });
};

interface PlaywrightSuite {
  readonly file?: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly { readonly status: string; readonly results: readonly { readonly duration: number }[] }[];
  }[];
}

/** What a report of Playwright says of each spec, under the path that `pathOf` gives its file. */
export const playwrightRun = (file: string, pathOf: (name: string) => string): SuiteRun => {
  const found = new Map<string, { failed: string[]; passed: string[]; seconds: number }>();
  const visit = (suite: PlaywrightSuite, above: readonly string[]): void => {
    for (const spec of suite.specs ?? []) {
      const path = pathOf(spec.file);
      const run = found.get(path) ?? { failed: [], passed: [], seconds: 0 };
      found.set(path, run);
      for (const { status, results } of spec.tests) {
        if (status === 'skipped') continue;
        run[status === 'unexpected' ? 'failed' : 'passed'].push([...above, spec.title].join(' > '));
        // What a failure waits for says nothing of the time of a test.
        if (status !== 'unexpected') run.seconds += results.reduce((sum, { duration }) => sum + duration, 0) / 1000;
      }
    }
    for (const child of suite.suites ?? []) visit(child, above);
  };
  const { suites } = JSON.parse(readFileSync(file, 'utf8')) as { readonly suites: readonly PlaywrightSuite[] };
  for (const suite of suites) visit(suite, []);
  return found;
};
