import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainNpm } from '../../scripts/boot.cjs';
import { end, run, start } from '../../scripts/process.ts';

const root = path.join(import.meta.dirname, '../..');
let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'lintel-toolchain-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const script = (name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [path.join(root, 'scripts', name), ...args], { encoding: 'utf8', env: { ...process.env, ...env } });

describe('a command that cannot run says so in a sentence, without a stack:', () => {
  test('on a Node that is too old', () => {
    const older = path.join(scratch, 'older.cjs');
    writeFileSync(older, "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } });");
    const done = spawnSync(process.execPath, ['-r', older, path.join(root, 'scripts/run.cjs'), 'start'], { encoding: 'utf8' });
    expect(done.stderr).toMatch(/^Lintel needs Node 20\.19 or newer to start; this is Node 18\.20\.0 /);
    expect(done.stderr).not.toContain('    at ');
    expect(done.status).toBe(1);
  });

  test('when git is missing', () => {
    const done = script('start.ts', ['--no-open'], { PATH: scratch });
    expect(done.stderr).toContain('git was not found on the PATH.');
    expect(done.stderr).not.toContain('    at ');
    expect(done.status).toBe(1);
  });

  test('when the port that was asked for is busy', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const done = await run(process.execPath, [path.join(root, 'scripts/start.ts'), '--no-open', '--port', String(port)]);
      expect(done.output).toContain(`Port ${port} is busy`);
      expect(done.output).not.toContain('    at ');
      expect(done.code).toBe(1);
    } finally {
      server.close();
    }
  });

  test('when the folder to open does not exist', () => {
    const done = script('start.ts', [path.join(scratch, 'nowhere')]);
    expect(done.stderr.trim()).toBe(`${path.join(scratch, 'nowhere')} does not exist.`);
    expect(done.status).toBe(1);
  });

  test('when VS Code is wished for and not on the PATH', () => {
    const git = spawnSync('sh', ['-c', 'dirname "$(command -v git)"'], { encoding: 'utf8' }).stdout.trim();
    const bin = path.join(scratch, 'bin');
    spawnSync('sh', ['-c', `mkdir -p "${bin}" && ln -s "${git}/git" "${bin}/git"`]);
    const done = script('start.ts', ['--vscode'], { PATH: bin });
    expect(done.stderr).toContain('`code` was not found on the PATH.');
    expect(done.status).toBe(1);
  });

  test('when an option, a part or a benchmark is unknown', () => {
    expect(script('start.ts', ['--fast']).stderr).toContain('Usage: npm start');
    expect(script('test.ts', ['everything']).stderr).toContain('There is no part "everything". Usage: npm test');
    expect(script('bench.ts', ['luck']).stderr).toContain('Usage: npm run bench');
    expect(script('package.ts', ['--target', 'darwin-x64']).stderr).toContain('LanceDB has no binary for Macs with an Intel processor');
  });
});

describe('a failure of npm is explained when', () => {
  test.each([
    ['the registry is away', 'npm error code EAI_AGAIN\nnpm error request to https://r/x failed', 'the npm registry cannot be reached'],
    ['the disk is full', 'npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write', 'the disk is full'],
    ['a folder is protected', 'npm error code EACCES\nnpm error path /root/.npm', 'a folder cannot be written'],
    ['a login is missing', 'npm error code E401\nnpm error Incorrect or missing password.', 'refused the request'],
    [
      'a package was changed',
      'npm error code EINTEGRITY\nnpm error sha512-x integrity checksum failed',
      'is not the one in package-lock.json',
    ],
    ['the lock file is stale', 'npm error code EUSAGE\nnpm error `npm ci` can only install packages when in sync', 'disagree'],
    ['nobody knows why', 'one\nnpm error something new', 'npm failed:\none\nnpm error something new'],
  ])('%s', (_case, output, sentence) => {
    expect(explainNpm(output)).toContain(sentence);
  });
});

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A process that has ended stays in the table until its parent asks for it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
};

describe.runIf(process.platform === 'linux')('what a command started ends', () => {
  const family = `const { spawn } = require('node:child_process'); const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)']); console.log(child.pid); setInterval(() => {}, 1000);`;

  test('with its children, even those that do not listen', async () => {
    const parent = start(process.execPath, ['-e', family], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    parent.stdout?.on('data', (chunk) => {
      said += String(chunk);
    });
    await until(() => said.includes('\n'));
    const grandchild = Number(said);
    expect(alive(grandchild)).toBe(true);
    await end(parent);
    await until(() => !alive(grandchild));
    expect(alive(grandchild)).toBe(false);
  });

  test('when the shell of npm is gone without handing its signal on', async () => {
    const waiting = path.join(scratch, 'waiting.cjs');
    writeFileSync(waiting, 'console.log(process.pid); setInterval(() => {}, 1000);');
    const boot = path.join(scratch, 'entry.cjs');
    const entry = readFileSync(path.join(root, 'scripts/run.cjs'), 'utf8').replace(
      "'./boot.cjs'",
      JSON.stringify(path.join(root, 'scripts/boot.cjs')),
    );
    writeFileSync(boot, entry.replace(/\nmain\(\);\s*$/, `\nhand(process.execPath, [${JSON.stringify(waiting)}], __dirname);\n`));
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${boot}"; true`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    shell.stdout.on('data', (chunk) => {
      said += String(chunk);
    });
    await until(() => said.includes('\n'));
    const pid = Number(said);
    expect(alive(pid)).toBe(true);
    shell.kill('SIGKILL');
    await until(() => !alive(pid));
    expect(alive(pid)).toBe(false);
  });
});

test('dependencies are not installed through a symbolic link, which would empty the folder behind it', () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'lintel-link-'));
  mkdirSync(path.join(copy, 'scripts'));
  mkdirSync(path.join(copy, 'others'));
  writeFileSync(path.join(copy, 'others/kept'), '');
  for (const file of ['scripts/boot.cjs', 'package-lock.json']) copyFileSync(path.join(root, file), path.join(copy, file));
  symlinkSync(path.join(copy, 'others'), path.join(copy, 'node_modules'), 'junction');
  const code = `require(${JSON.stringify(path.join(copy, 'scripts/boot.cjs'))}).ensureDependencies()`;
  const done = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  expect(done.status).toBe(1);
  expect(done.stderr).toContain('node_modules is a symbolic link, and npm ci would empty the folder that it leads to. Remove the link');
  expect(readdirSync(path.join(copy, 'others'))).toEqual(['kept']);
  rmSync(copy, { recursive: true });
});

test('a process that takes too long is ended, with what it said', async () => {
  const done = await run(process.execPath, ['-e', 'console.log("here"); setInterval(() => {}, 1000)'], { timeout: 1500 });
  expect(done.code).toBe(124);
  expect(done.output).toContain('not finished after 1.5 s');
});
