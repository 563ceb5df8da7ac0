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
const BUILD_INPUTS = [
  'server',
  'protocol',
  'extension',
  'scripts/build.ts',
  'scripts/packaging/bundle.ts',
  'scripts/packaging/bundle-neural.ts',
  'package.json',
  'package-lock.json',
];

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

const NPM_OPTIONS = ['--no-audit', '--no-fund', '--loglevel=error'];
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|ERR_SOCKET_TIMEOUT|FETCH_ERROR|ENOTCACHED|network (timeout|request)/;

const CAUSES = [
  [
    UNREACHABLE,
    'the npm registry cannot be reached. Check the connection, or name your mirror with `npm config set registry ADDRESS`, and run the same command again.',
  ],
  [/ENOSPC|no space left on device/i, 'the disk is full. About 2.5 GB are needed in all.'],
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

/**
 * Options for an npm command that installs. Without a registry npm tries each of hundreds of packages in vain for minutes: we ask once, and then let it
 * use its cache alone.
 */
function npmInstallOptions() {
  const npm = npmCommand();
  const args = npm.prefix.concat(['ping', '--fetch-retries=0', '--fetch-timeout=15000']);
  const ping = spawnSync(npm.command, args, { cwd: root, shell: npm.shell, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  return ping.status !== 0 && UNREACHABLE.test(ping.stderr) ? NPM_OPTIONS.concat(['--offline']) : NPM_OPTIONS;
}

/** Ends with a sentence where a folder's disk has less than this many gigabytes free: what runs out of space half way says so badly. */
function requireSpace(folder, gigabytes, what) {
  const disk = fs.statfsSync(folder);
  const free = (disk.bavail * disk.bsize) / 1e9;
  if (free < gigabytes) fail(`The disk of ${folder} is full: ${what} needs ${gigabytes} GB, ${free.toFixed(1)} GB are free.`);
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
  const folder = path.join(root, 'node_modules');
  if (fs.lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink())
    fail(
      `${folder} is a symbolic link, and npm ci would empty the folder that it leads to. Remove the link, and run the same command again.`,
    );
  const since = Date.now();
  console.error(`… dependencies: npm ci (${found ? 'package-lock.json has changed' : 'first time'}; about half a minute)`);
  requireSpace(root, 1, 'installing the dependencies');
  const npm = npmCommand();
  const done = spawnSync(npm.command, npm.prefix.concat(['ci'], npmInstallOptions()), {
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

module.exports = {
  root,
  buildStamp,
  seconds,
  fail,
  npmInstallOptions,
  requireSpace,
  npmCommand,
  explainNpm,
  ensureDependencies,
  pinnedNode,
  isBuildStale,
};
