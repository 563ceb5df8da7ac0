'use strict';
// The entry of every npm script: `node scripts/run.cjs COMMAND [ARGS]`. It runs on whatever Node the machine has, so its syntax stays plain;
// it installs the dependencies when they are missing or stale and goes on with the pinned Node, which runs the TypeScript of the other scripts.

const MINIMUM = [20, 19];
const running = process.versions.node.split('.').map(Number);
if (running[0] < MINIMUM[0] || (running[0] === MINIMUM[0] && running[1] < MINIMUM[1])) {
  console.error(
    `Lintel needs Node ${MINIMUM.join('.')} or newer to start; this is Node ${process.versions.node} (${process.execPath}).\n` +
      'Install a newer one (https://nodejs.org, or `nvm install` in this folder) and run the same command again.',
  );
  process.exit(1);
}

const path = require('node:path');
const { spawn, spawnSync } = require('node:child_process');
const { root, ensureDependencies, pinnedNode, isBuildStale } = require('./boot.cjs');

const COMMANDS = ['start', 'test', 'build', 'package', 'desktop', 'bench', 'fuzz', 'lintel', 'picture', 'watch'];

function main() {
  const command = process.argv[2];
  const args = process.argv.slice(3);
  if (COMMANDS.indexOf(command) < 0) {
    console.error(`Unknown command "${command}". Known: ${COMMANDS.join(', ')}.`);
    process.exit(1);
  }
  ensureDependencies();
  const node = pinnedNode();
  if (command !== 'lintel') return hand(node, [path.join(root, 'scripts', `${command}.ts`)].concat(args), root);
  // The command line answers on stdout, so everything that is ours goes to stderr; and it works on the folder the user stands in.
  if (isBuildStale()) {
    const built = spawnSync(node, [path.join(root, 'scripts', 'build.ts'), '--quiet'], { cwd: root, stdio: ['ignore', 2, 2] });
    if (built.status !== 0) process.exit(built.status || 1);
  }
  hand(node, [path.join(root, 'dist', 'cli.cjs')].concat(args), process.env.INIT_CWD || process.cwd());
}

/** Runs the pinned Node in our place: same streams, same signals, same end. */
function hand(node, args, cwd) {
  const child = spawn(node, args, { cwd: cwd, stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the whole process group already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  // npm ends without handing the signal through its shell: when the shell is gone, so is our reason to run.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 500).unref();
  child.on('error', (error) => {
    console.error(`Could not run ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    process.exit(signal ? 128 + (require('node:os').constants.signals[signal] || 0) : code);
  });
}

main();
