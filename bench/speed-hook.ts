import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '../test/support/folder.ts';
import { syntheticRepository } from '../test/support/synthetic.ts';
import { figure, spreadOf } from './measure.ts';

/**
 * What an agent waits for before an edit: `npm run build && npm run bench -- speed-hook [--folder FOLDER] [--times N] [--without-helper]`. Each time is that of
 * a fresh process of the bundle, from its start to its end, with the index as it is; without a folder, of a made repository of 20,000 commits and 300 records.
 */

const CLI = join(import.meta.dirname, '../dist/cli.cjs');
const COMMITS = 20_000;
const LIMIT = { most: 300 };
const SOURCE = /\.(?:ts|tsx|js|go|py|cs|java|kt|rs|rb)$/;

const { values } = parseArgs({
  options: { folder: { type: 'string' }, times: { type: 'string', default: '60' }, 'without-helper': { type: 'boolean', default: false } },
});

/** Runs `lintel` and tells how many milliseconds that took. */
function run(args: readonly string[], folder: string, cache: string, input = ''): { readonly ms: number; readonly out: string } {
  const env = { ...process.env, XDG_CACHE_HOME: cache, LINTEL_INDEX: '', LINTEL_HOOK_HELPER: values['without-helper'] ? 'off' : 'on' };
  const since = performance.now();
  const { stdout, status } = spawnSync(process.execPath, [CLI, ...args], { cwd: folder, env, input, encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`lintel ${args.join(' ')} ended with ${status}.`);
  return { ms: performance.now() - since, out: stdout };
}

/** An edit of two lines of a file, each of another session: nothing was told yet. */
function editOf(folder: string, path: string, round: number): string {
  const lines = readFileSync(join(folder, path), 'utf8').split('\n');
  const old = lines
    .slice((round * 7) % Math.max(1, lines.length - 1))
    .slice(0, 2)
    .join('\n');
  const input = { file_path: join(folder, path), old_string: old, new_string: `${old} ` };
  return JSON.stringify({ hook_event_name: 'PreToolUse', session_id: `bench-${round}`, cwd: folder, tool_name: 'Edit', tool_input: input });
}

function main(): void {
  if (!existsSync(CLI)) throw new Error('There is no dist/cli.cjs. Run "npm run build" first.');
  const times = Number(values.times);
  const made = values.folder === undefined ? syntheticRepository({ commits: COMMITS, documents: 1_000 }) : undefined;
  const folder = made?.root ?? resolve(values.folder ?? '.');
  const cache = temporaryFolder('lintel-bench-hook');
  try {
    run(['index'], folder, cache.path);
    const paths = execFileSync('git', ['ls-files'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 })
      .split('\n')
      .filter((path) => SOURCE.test(path));
    const step = Math.max(1, Math.floor(paths.length / times));
    const edits = Array.from({ length: times }, (_, round) => editOf(folder, paths[(round * step) % paths.length] ?? '', round));
    const [first = '', ...others] = edits;
    const cold = run(['hook'], folder, cache.path, first);
    const answers = others.map((edit) => run(['hook'], folder, cache.path, edit));
    const bare = Array.from({ length: 20 }, () => {
      const since = performance.now();
      spawnSync(process.execPath, ['-e', '0']);
      return performance.now() - since;
    });
    console.log(`${folder}, load ${loadavg()[0]?.toFixed(1)}`);
    const { p50, p95, max } = spreadOf(answers.map(({ ms }) => ms));
    figure('hook before an edit, fresh process, p95', p95, 'ms', LIMIT, `p50 ${p50.toFixed(0)}, max ${max.toFixed(0)} ms`);
    figure('the first hook of a repository', cold.ms, 'ms');
    figure('a process that does nothing, p50', spreadOf(bare).p50, 'ms', undefined, `p95 ${spreadOf(bare).p95.toFixed(0)} ms`);
    console.log(`${answers.filter(({ out }) => out !== '').length} of ${answers.length} edits were told something`);
  } finally {
    // The helper ends when its folder is gone.
    cache.remove();
    made?.remove();
  }
}

main();
