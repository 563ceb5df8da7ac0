import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeLens, Hover } from 'vscode-languageserver/node';
import { WHY, type WhyResult } from '../protocol/index.ts';
import type { LspClient } from '../test/lsp/client.ts';
import { temporaryFolder } from '../test/support/folder.ts';
import { GIT_ENVIRONMENT } from '../test/support/git.ts';
import { syntheticRepository } from '../test/support/synthetic.ts';
import { figure, repeat, spreadOf, timed } from './measure.ts';
import { type Stalls, watchStalls } from './speed-stalls.ts';

/**
 * Speed of what is shown at a place in code, through the language server of the bundle over stdio, on a made repository of 20,000 commits and 300
 * records: `npm run build && npm run bench -- speed-hover`. Targets are those of docs/benchmarks.md.
 */

const SERVER = process.env.LINTEL_BENCH_SERVER ?? join(import.meta.dirname, '../dist/server.cjs');
const CLI = process.env.LINTEL_BENCH_CLI ?? join(import.meta.dirname, '../dist/cli.cjs');
const COMMITS = Number(process.env.LINTEL_BENCH_COMMITS ?? 20_000);
/** 300 of 1,000 documents are records. */
const DOCUMENTS = Number(process.env.LINTEL_BENCH_DOCUMENTS ?? 1_000);
const HOVERS = 200;
const FILES = 20;
const LENS_SYMBOLS = 30;
/** The server gathers saved files for a moment, indexes them, and measures its position; a hover after that finds all of it done. */
const AFTER_SAVE_MS = 2_500;

/** Resident memory of a process in MB; `undefined` where the system does not tell. */
function residentMegabytes(pid: number | undefined): number | undefined {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return undefined;
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_000;
}

interface Place {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** Files of code with the places in them that a pointer rests on: the first letter of every line that has one. */
interface OpenFiles {
  readonly texts: ReadonlyMap<string, string>;
  readonly placeAt: (round: number) => Place;
}

function openFiles(folder: string): OpenFiles {
  const code = execFileSync('git', ['ls-files', '*.ts', '*.go', '*.py'], { cwd: folder, encoding: 'utf8' }).split('\n').filter(Boolean);
  const step = Math.max(1, Math.floor(code.length / FILES));
  const chosen = code.filter((_, index) => index % step === 0).slice(0, FILES);
  const texts = new Map(chosen.map((path) => [pathToFileURL(join(folder, path)).href, readFileSync(join(folder, path), 'utf8')]));
  const places = [...texts].map(([uri, text]) =>
    text.split('\n').flatMap((line, at): Place[] => {
      const character = line.search(/\w/);
      return character < 0 ? [] : [{ uri, position: { line: at, character } }];
    }),
  );
  return {
    texts,
    placeAt: (round) => {
      const inFile = places[round % places.length] ?? [];
      const place = inFile[(round * 7) % inFile.length];
      if (place === undefined) throw new Error('The repository has no code to rest on.');
      return place;
    },
  };
}

const asked = (client: LspClient, { uri, position }: Place): Promise<Hover | null> =>
  client.connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri }, position });

const worst = (stalls: readonly number[]): string =>
  stalls.length === 0 ? 'no stall' : `${stalls.length} stalls of 20 ms or more, longest ${Math.max(...stalls).toFixed(0)} ms`;

/** Starts a server over an index that is there already. */
async function opened(folder: string, cache: string, environment: Readonly<Record<string, string>>): Promise<LspClient> {
  process.env.LINTEL_TEST_SERVER = SERVER;
  const { startReady } = await import('../test/lsp/client.ts');
  return startReady({ folders: [pathToFileURL(folder).href], cache, environment });
}

async function warmHovers(client: LspClient, files: OpenFiles): Promise<void> {
  let shown = 0;
  const hover = async (round: number): Promise<void> => {
    if ((await asked(client, files.placeAt(round))) !== null) shown += 1;
  };
  await repeat(FILES, hover);
  shown = 0;
  const { p50, p95, max } = spreadOf(await repeat(HOVERS, hover));
  const note = `p50 ${p50.toFixed(1)}, max ${max.toFixed(0)} ms, ${shown} of ${HOVERS} showed something`;
  figure('hover through the language server, p95', p95, 'ms', { most: 25 }, note);
}

/** Hovers through the language server, as an editor asks them, and the server's memory afterwards. */
export async function hoverFigures({ folder }: { readonly folder: string }): Promise<void> {
  if (!existsSync(SERVER)) throw new Error('There is no dist/server.cjs. Run "npm run build" first.');
  const cache = temporaryFolder('lintel-bench-hover');
  const client = await opened(folder, cache.path, {});
  try {
    const files = openFiles(folder);
    for (const [uri, text] of files.texts) client.open(uri, text);
    await warmHovers(client, files);
    const memory = residentMegabytes(client.child.pid);
    if (memory !== undefined) figure('language server memory (resident)', memory, 'MB', { most: 400 });
  } finally {
    await client.stop();
    cache.remove();
  }
}

async function firstHovers(folder: string, cache: string, stalls: Stalls): Promise<void> {
  const files = openFiles(folder);
  const first: number[] = [];
  const whole: number[] = [];
  const stood: number[] = [];
  for (let round = 0; round < 5; round++) {
    const place = files.placeAt(round);
    const { ms, value: client } = await timed(() => opened(folder, cache, stalls.environment));
    stalls.take(client.child.pid);
    client.open(place.uri, files.texts.get(place.uri) ?? '');
    const hover = await timed(() => asked(client, place));
    first.push(hover.ms);
    whole.push(ms + hover.ms);
    stood.push(...stalls.take(client.child.pid));
    await client.stop();
  }
  const spread = spreadOf(first);
  figure('first hover after opening, median of 5', spread.p50, 'ms', undefined, `max ${spread.max.toFixed(0)} ms; ${worst(stood)}`);
  figure('  with starting the server', spreadOf(whole).p50, 'ms');
}

async function afterSaves(client: LspClient, folder: string, files: OpenFiles, stalls: Stalls): Promise<void> {
  const records = execFileSync('git', ['ls-files', 'docs/decisions'], { cwd: folder, encoding: 'utf8' }).split('\n').filter(Boolean);
  const times: number[] = [];
  const stood: number[] = [];
  for (let round = 0; round < 10; round++) {
    const path = join(folder, records[(round * 37) % records.length] ?? '');
    appendFileSync(path, `\nSaved in round ${round} of the benchmark.\n`);
    stalls.take(client.child.pid);
    client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(path).href, type: 2 }] });
    await new Promise((done) => setTimeout(done, AFTER_SAVE_MS));
    times.push((await timed(() => asked(client, files.placeAt(round)))).ms);
    stood.push(...stalls.take(client.child.pid));
  }
  const { p50, p95 } = spreadOf(times);
  figure('first hover after a record was saved, p95', p95, 'ms', undefined, `p50 ${p50.toFixed(0)} ms; ${worst(stood)}`);
}

async function whys(client: LspClient, files: OpenFiles, stalls: Stalls): Promise<void> {
  const why = (round: number): Promise<WhyResult> => {
    const { uri, position } = files.placeAt(round);
    return client.connection.sendRequest<WhyResult>(WHY, { uri, line: position.line });
  };
  stalls.take(client.child.pid);
  let explained = 0;
  const first = spreadOf(
    await repeat(40, async (round) => {
      const { related } = await why(round);
      if (related.some(({ evidence }) => evidence.some(({ kind }) => kind === 'explained-by'))) explained += 1;
    }),
  );
  const again = spreadOf(await repeat(40, why));
  figure(
    'lintel/why with blame, p95',
    first.p95,
    'ms',
    undefined,
    `p50 ${first.p50.toFixed(0)} ms, ${explained} of 40 explained by commits`,
  );
  figure('  asked again, p95', again.p95, 'ms', undefined, `p50 ${again.p50.toFixed(0)} ms; ${worst(stalls.take(client.child.pid))}`);
}

/** A file of 30 functions, each with a comment; some cite records. */
function lensText(files: OpenFiles): string {
  const functions = [...files.texts]
    .filter(([uri]) => uri.endsWith('.ts'))
    .flatMap(([, text]) => text.match(/^\/\/[^\n]*\nexport function [^{]*\{\n[^}]*\}\n/gm) ?? []);
  return Array.from({ length: LENS_SYMBOLS }, (_, index) => (functions[index % functions.length] ?? '').replace('(', `${index}(`)).join(
    '\n',
  );
}

async function lenses(client: LspClient, folder: string, files: OpenFiles, stalls: Stalls): Promise<void> {
  const uri = pathToFileURL(join(folder, 'services/orders/src/lenses.ts')).href;
  const text = lensText(files);
  client.open(uri, text);
  const lens = (): Promise<CodeLens[]> => client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  stalls.take(client.child.pid);
  const first = await timed(lens);
  const { p50, p95 } = spreadOf(
    await repeat(20, async (round) => {
      client.edit(uri, round + 2, `${text}\n// edited ${round}\n`);
      await lens();
    }),
  );
  const note = `${first.value.length} lenses; after an edit below p50 ${p50.toFixed(0)}, p95 ${p95.toFixed(0)} ms; ${worst(stalls.take(client.child.pid))}`;
  figure(`CodeLens of a file with ${LENS_SYMBOLS} symbols`, first.ms, 'ms', undefined, note);
}

function checks(folder: string, cache: string): void {
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'check'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, ...GIT_ENVIRONMENT, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache },
    });
    if (status === null || status > 1) throw new Error(`lintel check ended with ${status}: ${stderr}`);
    return { ms: performance.now() - start, lines: stdout.split('\n').length };
  });
  figure('lintel check, new process, median of 3', spreadOf(times.map(({ ms }) => ms)).p50, 'ms', undefined, `${times[0]?.lines} lines`);
}

async function main(): Promise<void> {
  if (!existsSync(SERVER)) throw new Error('There is no dist/server.cjs. Run "npm run build" first.');
  const repository = syntheticRepository({ commits: COMMITS, documents: DOCUMENTS, seed: 1 });
  const cache = temporaryFolder('lintel-bench-hover');
  const stalls = watchStalls();
  const folder = repository.root;
  try {
    console.log(
      `made repository: ${COMMITS} commits, ${repository.decisions.length} records; load ${loadavg()
        .map((load) => load.toFixed(1))
        .join(' ')}`,
    );
    const { ms, value: indexed } = await timed(() => opened(folder, cache.path, stalls.environment));
    const stood = stalls.take(indexed.child.pid);
    await indexed.stop();
    figure('index, through the language server', ms, 'ms', undefined, worst(stood));
    await firstHovers(folder, cache.path, stalls);
    const profile = process.env.LINTEL_BENCH_PROFILE;
    const environment = profile
      ? { NODE_OPTIONS: `${stalls.environment.NODE_OPTIONS ?? ''} --cpu-prof --cpu-prof-dir=${profile}` }
      : stalls.environment;
    const client = await opened(folder, cache.path, environment);
    try {
      const files = openFiles(folder);
      for (const [uri, text] of files.texts) client.open(uri, text);
      await asked(client, files.placeAt(0));
      stalls.take(client.child.pid);
      await warmHovers(client, files);
      console.log(`  ${worst(stalls.take(client.child.pid))} while hovering`);
      await whys(client, files, stalls);
      await lenses(client, folder, files, stalls);
      await afterSaves(client, folder, files, stalls);
      const memory = residentMegabytes(client.child.pid);
      if (memory !== undefined) figure('language server memory (resident)', memory, 'MB');
    } finally {
      await client.stop();
    }
    checks(folder, cache.path);
    console.log(
      `load at the end ${loadavg()
        .map((load) => load.toFixed(1))
        .join(' ')}`,
    );
  } finally {
    stalls.remove();
    repository.remove();
    cache.remove();
  }
}

if (process.argv[1] === import.meta.filename) await main();
