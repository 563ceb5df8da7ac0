import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Application, finished, type RunOptions, type SuiteRun, titlePattern } from './application.ts';

/** A public application whose suite Mocha runs in one process with the application. */
export interface MochaApplication {
  readonly name: string;
  /** `owner/name` of a bare clone in `LINTEL_MIRROR`. */
  readonly repository: string;
  readonly commit: string;
  /** Commands that install what the suite needs, from the npm registry only; in the folder of the tree. */
  readonly install: readonly (readonly string[])[];
  /** Files that the suite wants, copied before the first run: from, to. */
  readonly copies: readonly (readonly [string, string])[];
  /** What a user would write into `lintel.yaml`; committed to the tree. */
  readonly settings?: string;
  readonly unstable: readonly string[];
  /** The folder in which Mocha runs. */
  readonly cwd: string;
  readonly options: readonly string[];
  readonly specs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds after which a run hangs. */
  readonly most: number;
  readonly partOf: (path: string) => string | undefined;
}

interface MochaTest {
  readonly file: string;
  readonly fullTitle: string;
  readonly duration?: number;
  readonly err: Readonly<Record<string, unknown>>;
}

/** What a report of Mocha says of each spec, by its path in the tree. */
export const mochaRun = (report: string, tree: string): SuiteRun => {
  const { tests, pending } = JSON.parse(report) as { readonly tests: readonly MochaTest[]; readonly pending: readonly MochaTest[] };
  const skipped = new Set(pending.map(({ fullTitle }) => fullTitle));
  const found = new Map<string, { failed: string[]; passed: string[]; seconds: number }>();
  for (const { file, fullTitle, duration = 0, err } of tests) {
    if (skipped.has(fullTitle)) continue;
    const path = relative(tree, file).replaceAll('\\', '/');
    const run = found.get(path) ?? { failed: [], passed: [], seconds: 0 };
    found.set(path, run);
    const isFailed = Object.keys(err).length > 0;
    run[isFailed ? 'failed' : 'passed'].push(fullTitle);
    if (!isFailed) run.seconds += duration / 1000;
  }
  return found;
};

export async function openMocha(app: MochaApplication, scratch: string): Promise<Application> {
  const mirror = process.env.LINTEL_MIRROR;
  const tree = join(scratch, 'tree');
  const log = join(scratch, 'mocha.log');
  const env = {
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    ...app.env,
    PATH: `${join(scratch, 'tools/node_modules/.bin')}:${process.env.PATH}`,
  };
  const run = (command: string, args: readonly string[], cwd: string): void => {
    const { status, stderr, stdout } = spawnSync(command, args, {
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed in ${cwd}: ${(stderr + stdout).slice(-2_000)}`);
  };
  if (!existsSync(join(scratch, 'installed'))) {
    if (!mirror) throw new Error('Set LINTEL_MIRROR to the folder that holds the bare clones (owner+name/repo).');
    if (!existsSync(tree)) run('git', ['clone', '--quiet', join(mirror, app.repository.replace('/', '+'), 'repo'), tree], scratch);
    run('git', ['-C', tree, 'checkout', '--quiet', app.commit], scratch);
    for (const [command = '', ...args] of app.install) run(command, args, tree);
    for (const [from, to] of app.copies) copyFileSync(join(tree, from), join(tree, to));
    mkdirSync(join(scratch, 'installed'));
  }
  if (app.settings !== undefined && !existsSync(join(tree, 'lintel.yaml'))) {
    writeFileSync(join(tree, 'lintel.yaml'), app.settings);
    run('git', ['add', 'lintel.yaml'], tree);
    run(
      'git',
      ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--no-verify', '-m', 'Name the suite'],
      tree,
    );
  }
  const report = join(scratch, 'report.json');
  return {
    name: app.repository,
    folder: tree,
    unstable: app.unstable,
    partOf: app.partOf,
    start: () => Promise.resolve(),
    apply: () => Promise.resolve(true),
    stop: () => Promise.resolve(),
    async run({ specs, without = [] }: RunOptions = {}): Promise<SuiteRun> {
      rmSync(report, { force: true });
      const cwd = join(tree, app.cwd);
      const files = specs?.map((spec) => relative(cwd, join(tree, spec))) ?? app.specs;
      const left = without.length > 0 ? ['--grep', `^(${without.map(titlePattern).join('|')})$`, '--invert'] : [];
      const args = [
        'node_modules/mocha/bin/mocha.js',
        ...app.options,
        '--exit',
        '--reporter',
        'json',
        '--reporter-option',
        `output=${report}`,
      ];
      await finished(process.execPath, [...args, ...left, ...files], { cwd, env, log, most: app.most });
      return existsSync(report) ? mochaRun(readFileSync(report, 'utf8'), tree) : new Map();
    },
  };
}
