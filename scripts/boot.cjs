'use strict';
// What is needed before the dependencies are there: plain JavaScript without any package. The TypeScript scripts use it too (see boot.d.cts).

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');

const root = path.dirname(__dirname);
const stampFile = path.join(root, 'node_modules', '.lintel-stamp');
const buildStamp = path.join(root, 'dist', '.built');

/** What the build reads: newer than the stamp of the last build means stale. */
const BUILD_INPUTS = ['server', 'protocol', 'extension', 'scripts/build.ts', 'scripts/bundle.ts', 'package.json', 'package-lock.json'];

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** Ends the process with a sentence for people, without a stack. */
function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/** npm, run by the Node at hand: the same npm that started us where there is one. */
function npmCommand(node) {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.c?js$/.test(cli)) return { command: node || process.execPath, prefix: [cli], shell: false };
  return { command: 'npm', prefix: [], shell: process.platform === 'win32' };
}

/** Quiet, and sure within half a minute that the registry cannot be reached. */
const NPM_OPTIONS = [
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=10000',
];

const CAUSES = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|ERR_SOCKET_TIMEOUT|FETCH_ERROR|network (timeout|request)/,
    'the npm registry cannot be reached. Check the connection, or name your mirror with `npm config set registry ADDRESS`, and run the same command again.',
  ],
  [/ENOSPC|no space left on device/i, 'the disk is full. About 2.5 GB are needed (dependencies 0.9 GB, editor 0.7 GB, builds 0.5 GB).'],
  [/EACCES|EPERM|EROFS/, 'a folder cannot be written. Check who owns this checkout and the npm cache (`npm config get cache`).'],
  [/\bE(401|403)\b/, 'the npm registry refused the request (401/403). Check the registry and the login in `npm config list`.'],
  [/EINTEGRITY/, 'a downloaded package is not the one in package-lock.json. Run `npm cache verify` and try again.'],
  [/EUSAGE|in sync/, 'package.json and package-lock.json disagree. Run `npm install --package-lock-only` and commit both.'],
  [/\b(E404|ETARGET|notarget)\b/, 'the npm registry does not have a package that is needed; a mirror may be behind.'],
];

/** The cause of a failed npm command in one sentence, found in what it printed. */
function explainNpm(output) {
  for (const cause of CAUSES) if (cause[0].test(output)) return cause[1];
  return `npm failed:\n${output.trim().split('\n').slice(-15).join('\n')}`;
}

function lockHash() {
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'));
  return crypto.createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

/** Runs `npm ci` when node_modules is absent or was installed from another lock file. Everything it says goes to stderr. */
function ensureDependencies() {
  const wanted = lockHash();
  let found = '';
  try {
    found = fs.readFileSync(stampFile, 'utf8');
  } catch (_missing) {
    // Absent: install.
  }
  if (found === wanted) return;
  const since = Date.now();
  console.error(`… dependencies: npm ci (${found ? 'package-lock.json has changed' : 'first time'}; about half a minute)`);
  const npm = npmCommand();
  const done = spawnSync(npm.command, npm.prefix.concat(['ci'], NPM_OPTIONS), {
    cwd: root,
    shell: npm.shell,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.error) fail(`The dependencies were not installed: npm could not be run (${done.error.message}). Is npm on the PATH?`);
  if (done.signal) process.exit(130);
  if (done.status !== 0) fail(`The dependencies were not installed: ${explainNpm(`${done.stdout}\n${done.stderr}`)}`);
  fs.writeFileSync(stampFile, wanted);
  console.error(`✓ dependencies  ${seconds(since)}`);
}

/** The Node that runs everything else: the pinned one where npm has it for this platform, else this one when it is new enough. */
function pinnedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const pinned = path.join(
    root,
    'node_modules',
    `node-${platform}-${process.arch}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (fs.existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    `Lintel's scripts need Node 24. npm has no packaged Node 24 for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}.\n` +
      'Install Node 24 (https://nodejs.org, or `nvm install` in this folder) and run the same command again.',
  );
}

function newest(entry, limit) {
  let stat;
  try {
    stat = fs.statSync(entry);
  } catch (_missing) {
    return false;
  }
  if (stat.mtimeMs > limit) return true;
  // A folder's own time tells of files that came or went.
  return stat.isDirectory() && fs.readdirSync(entry).some((name) => newest(path.join(entry, name), limit));
}

/** Whether a source is newer than the last build (by file times, about 5 ms). */
function isBuildStale() {
  let built;
  try {
    built = fs.statSync(buildStamp).mtimeMs;
  } catch (_missing) {
    return true;
  }
  return BUILD_INPUTS.some((input) => newest(path.join(root, input), built));
}

module.exports = { root, buildStamp, seconds, fail, NPM_OPTIONS, npmCommand, explainNpm, ensureDependencies, pinnedNode, isBuildStale };
