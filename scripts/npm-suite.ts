import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { npmCommand, npmInstallOptions, root } from './boot.cjs';
import { makeNpmPackage } from './packaging/npm.ts';
import { Sentence } from './report.ts';

/** Makes the package for npm, installs it in an empty folder as a user would, and uses its two commands. Returns how many checks passed. Throws a {@link Sentence} for the first that fails. */
export async function tryNpmPackage(): Promise<number> {
  const file = await makeNpmPackage();
  const folder = mkdtempSync(path.join(tmpdir(), 'lintel-npm-'));
  try {
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
    const npm = npmCommand(process.execPath);
    run(folder, npm.command, [...npm.prefix, 'install', file, ...npmInstallOptions()]);
    const repository = path.join(folder, 'repository');
    writeRepository(repository);
    const command = (name: string) => path.join(folder, 'node_modules/.bin', name);
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { readonly version: string };
    const checks: readonly (readonly [said: string, expected: string])[] = [
      [run(repository, command('lintel'), ['--version']), version],
      [run(repository, command('lintel'), ['search', 'why a queue']), 'Use a queue for payments'],
      [run(repository, command('lintel'), ['why', 'pay.ts:2']), 'Use a queue for payments'],
      [
        run(folder, process.execPath, [writeRunner(folder, 'runners.cjs', "require('lintel/playwright')", "require('lintel/cypress')")]),
        LOADED,
      ],
      [
        run(folder, process.execPath, [
          writeRunner(folder, 'runners.mjs', "await import('lintel/playwright')", "await import('lintel/cypress')"),
        ]),
        LOADED,
      ],
      [await greet(command('lintel-language-server')), '"hoverProvider":true'],
    ];
    for (const [said, expected] of checks)
      if (!said.includes(expected)) throw new Sentence(`Installed from the package for npm, Lintel does not say "${expected}":\n${said}`);
    return checks.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a runner does with the package: makes the reporter, and selects specs of a whole configuration of Cypress. */
const LOADED = 'reporter onTestEnd, specs [{"e2e":["e2e/pay.cy.js"]}]';

function writeRunner(folder: string, name: string, playwright: string, cypress: string): string {
  const selection = { verdict: 'run-selected', cause: '', selected: [specOf('e2e/pay.cy.js')], remainder: [specOf('e2e/cart.cy.js')] };
  writeFileSync(path.join(folder, 'selection.json'), JSON.stringify(selection));
  const file = path.join(folder, name);
  writeFileSync(
    file,
    `const playwright = ${playwright};
const { selectSpecs } = ${cypress};
const Reporter = typeof playwright === 'function' ? playwright : typeof playwright.default === 'function' ? playwright.default : playwright.default.default;
const reporter = new Reporter({ configDir: ${JSON.stringify(folder)} });
// As Cypress gives it to setupNodeEvents: resolved for the testing type, with the settings of the project beside it.
const e2e = { specPattern: 'cypress/e2e/**/*.cy.js', baseUrl: 'http://localhost:3000', setupNodeEvents: (on, config) => selectSpecs(config, { root: '.' }) };
const config = e2e.setupNodeEvents(() => undefined, { projectRoot: ${JSON.stringify(folder)}, testingType: 'e2e', env: {}, ...e2e });
console.log('reporter ' + (reporter.onTestEnd ? 'onTestEnd' : 'nothing') + ', specs ' + JSON.stringify([{ e2e: config.specPattern }]));
`,
  );
  return file;
}

const specOf = (spec: string) => ({ item: { path: spec, framework: 'cypress', title: spec, tags: [] } });

/** The answer of a language server to `initialize`, over stdio. */
async function greet(command: string): Promise<string> {
  const server = spawn(command, ['--stdio'], {
    env: environment(''),
    shell: process.platform === 'win32',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const json = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  let said = '';
  const timer = setTimeout(() => server.kill(), 60_000);
  for await (const part of server.stdout) {
    said += String(part);
    if (said.endsWith('}')) break;
  }
  clearTimeout(timer);
  server.kill();
  return said;
}

function environment(folder: string): NodeJS.ProcessEnv {
  const searched = `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}`;
  return { ...process.env, PATH: searched, LINTEL_INDEX: path.join(folder, '..', 'index') };
}

function writeRepository(folder: string): void {
  mkdirSync(path.join(folder, 'docs/adr'), { recursive: true });
  writeFileSync(
    path.join(folder, 'docs/adr/0001-use-a-queue.md'),
    '# 1. Use a queue for payments\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use a queue for payments.\n',
  );
  writeFileSync(path.join(folder, 'pay.ts'), '// ADR-0001\nexport const pay = () => 1;\n');
  run(folder, 'git', ['init', '--quiet']);
}

function run(folder: string, command: string, args: readonly string[]): string {
  const done = spawnSync(command, args, {
    cwd: folder,
    env: environment(folder),
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 120_000,
  });
  if (done.error || done.status !== 0)
    throw new Sentence(`${command} ${args.join(' ')} failed: ${done.error?.message ?? `${done.stdout}\n${done.stderr}`}`);
  return done.stdout;
}
