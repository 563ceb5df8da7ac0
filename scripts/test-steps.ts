import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './boot.cjs';
import { installEditor } from './editor/install.ts';
import { tryNpmPackage } from './npm-suite.ts';
import { bundleProduct } from './packaging/bundle.ts';
import { hostTarget } from './packaging/native.ts';
import { makeVsix } from './packaging/vsix.ts';
import { type Ended, run } from './process.ts';
import { installTestPrograms, requireGit } from './system.ts';

// lintel-ignore-file SID001, SID002 Nobody keeps the name of a step: people type it, and it says what the step runs.

/** What a step found. */
export interface Outcome {
  /** Checks that hold. */
  readonly passed: number;
  /** What does not hold, one text for one failure: counted, and shown. */
  readonly failures: readonly string[];
  /** Said behind the time. */
  readonly note?: string;
}

/** One step of `npm test`. */
export interface TestStep {
  readonly id: string;
  readonly title: string;
  /** Steps that must have passed before. */
  readonly needs: readonly string[];
  /** Runs only where its part is asked for: it needs more than `npm test` may. */
  readonly onDemand?: true;
  run(): Promise<Outcome>;
}

/** Folder of logs and results. */
export const resultsFolder: string = path.join(root, 'test-results');

/** Tests that may be skipped, by a part of their name: each with a reason. Any other skipped test is a failure. */
const EXPECTED_SKIPS: readonly RegExp[] = [
  // They read the state of processes from /proc.
  ...(process.platform === 'linux' ? [] : [/^what a command started ends/]),
];

const TOOL = (name: string) => path.join(root, 'node_modules', name);

/** All steps, in the order in which they start where their needs allow it: the longest ways first. */
export const STEPS: readonly TestStep[] = [
  check('programs', 'git, Chromium, Neovim', [], async () => {
    await requireGit();
    const installed = await installTestPrograms();
    return installed.length === 0 ? '' : `installed ${installed.join(', ')}`;
  }),
  check('build', 'build', [], async () => {
    await bundleProduct({ out: path.join(root, 'dist'), minify: false });
    return '';
  }),
  { id: 'unit', title: 'tests of the server, the protocol and the command line', needs: ['programs', 'build'], run: unit },
  check('editor-install', 'VS Code from npm', [], async () => {
    await installEditor();
    return '';
  }),
  check('package', 'package for this machine', [], async () => {
    const made = await makeVsix(hostTarget());
    return `${made.megabytes.toFixed(1)} MB${made.fresh ? '' : ', unchanged'}`;
  }),
  {
    id: 'npm-package',
    title: 'the command line and the server, installed from the package for npm',
    needs: ['programs'],
    run: async () => ({ passed: await tryNpmPackage(), failures: [] }),
  },
  tool('types', 'types', [TOOL('typescript/bin/tsc'), '--noEmit']),
  ...globSync('extension/**/tsconfig.json', { cwd: root }).map((file) =>
    tool(`types-${path.basename(path.dirname(file))}`, `types of ${path.dirname(file)}`, [
      TOOL('typescript/bin/tsc'),
      '--noEmit',
      '-p',
      file,
    ]),
  ),
  tool('format', 'format and lint', [TOOL('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']),
  tool('floors', 'floors of the house (import graph)', [
    TOOL('dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.mjs',
    'server',
    'protocol',
    'extension',
  ]),
  tool('unused', 'unused code and dependencies', [TOOL('knip/bin/knip.js'), '--no-progress']),
  // A third of a minute each: what it costs to meet a few thousand inputs that nobody thought of.
  ...['readers', 'patterns', 'log', 'server', 'mcp'].map((name) =>
    tool(`fuzz-${name}`, `fuzzing: ${name}`, [path.join(root, 'test/fuzz/main.ts'), name, '--minutes', '0.33']),
  ),
  { id: 'editor', title: 'tests inside VS Code', needs: ['programs', 'build', 'editor-install'], run: insideEditor },
  {
    id: 'ui',
    title: 'tests of the installed package, through the browser',
    needs: ['programs', 'package', 'editor-install'],
    run: throughBrowser,
  },
  {
    ...tool('loop', 'tests of the running sample shop: selected, run, recorded, reported', [path.join(root, 'bench/selection-loop.ts')]),
    onDemand: true,
  },
];

/** Names of the parts that `npm test -- PART` takes, with their steps; what they need comes along. */
export const PARTS: Readonly<Record<string, readonly string[]>> = {
  lint: STEPS.map((step) => step.id).filter((id) => id === 'format' || id === 'floors' || id === 'unused' || id.startsWith('types')),
  unit: ['unit'],
  fuzz: STEPS.map((step) => step.id).filter((id) => id.startsWith('fuzz-')),
  editor: ['editor'],
  ui: ['ui'],
  loop: ['loop'],
};

function check(id: string, title: string, needs: readonly string[], work: () => Promise<string>): TestStep {
  return { id, title, needs, run: async () => ({ passed: 1, failures: [], note: await work() }) };
}

function tool(id: string, title: string, command: readonly string[]): TestStep {
  return {
    id,
    title,
    needs: [],
    run: async () => {
      const done = await runLogged(id, command);
      return done.code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [done.output.trim()] };
    },
  };
}

function runLogged(id: string, command: readonly string[], env: NodeJS.ProcessEnv = {}, timeout = 3_000_000): Promise<Ended> {
  const node = path.dirname(process.execPath);
  const full = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', PATH: `${node}${path.delimiter}${process.env.PATH ?? ''}`, ...env };
  return run(process.execPath, command, { log: path.join(resultsFolder, `${id}.log`), env: full, timeout });
}

async function unit(): Promise<Outcome> {
  const file = path.join(resultsFolder, 'unit.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  // Processes under test start five times as fast from the bundles, and the bundles are what people get.
  const env = { LINTEL_TEST_CLI: path.join(root, 'dist/cli.cjs'), LINTEL_TEST_SERVER: path.join(root, 'dist/server.cjs') };
  const done = await runLogged('unit', [TOOL('vitest/vitest.mjs'), ...args], env);
  if (!existsSync(file)) return broken(done);
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  const failures: string[] = [];
  let passed = 0;
  for (const suite of report.testResults) {
    const where = path.relative(root, suite.name);
    if (suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'))
      failures.push(`${where}\n${suite.message ?? ''}`);
    for (const test of suite.assertionResults) {
      if (test.status === 'passed') passed++;
      else if (test.status === 'failed') failures.push(`${where} > ${test.fullName}\n${(test.failureMessages ?? []).join('\n')}`);
      else if (!EXPECTED_SKIPS.some((name) => name.test(test.fullName))) failures.push(`${where} > ${test.fullName}\nskipped`);
    }
  }
  return judge(done, passed, failures);
}

async function insideEditor(): Promise<Outcome> {
  const file = path.join(resultsFolder, 'editor.json');
  const done = await runLogged('editor', [path.join(root, 'scripts/editor-suite.ts')]);
  return readResults(file, done);
}

async function throughBrowser(): Promise<Outcome> {
  const file = path.join(resultsFolder, 'ui.json');
  const done = await runLogged('ui', [path.join(root, 'scripts/ui-suite.ts')], { LINTEL_TEST_RESULTS: file });
  return readResults(file, done);
}

/** Reads what the two editor suites write: `{ results: [{ title, state, error? }] }`. */
function readResults(file: string, done: Ended): Outcome {
  if (!existsSync(file)) return broken(done);
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as SuiteReport;
  const bad = results.filter((result) => result.state !== 'passed');
  return judge(
    done,
    results.length - bad.length,
    bad.map((result) => `${result.title}\n${result.error ?? result.state}`),
  );
}

/** A suite that ended badly has failed even when no test of it has, and so has one without tests. */
function judge(done: Ended, passed: number, failures: readonly string[]): Outcome {
  if (failures.length === 0 && (done.code !== 0 || passed === 0)) return { ...broken(done), passed };
  return { passed, failures, note: `${passed + failures.length} tests` };
}

function broken(done: Ended): Outcome {
  return { passed: 0, failures: [`ended with ${done.code}\n${done.output.trim().split('\n').slice(-25).join('\n')}`] };
}

interface SuiteReport {
  readonly results: readonly { readonly title: string; readonly state: string; readonly error?: string }[];
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}
