import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { SEARCH, type SearchResult, WHY, type WhyResult } from '../../protocol/index.ts';
import { indexFolderIn } from '../../server/store/folder.ts';
import { type LspClient, start } from '../lsp/client.ts';
import { temporaryFolder } from '../support/folder.ts';
import { git, writeFiles } from '../support/git.ts';
import { syntheticRepository } from '../support/synthetic.ts';
import { random } from '../support/vocabulary.ts';
import { lintel } from './cli.ts';
import { contentsOf, freshContents, GOOD, GOOD_PATH, record } from './support.ts';

/** What a soak found. */
export interface SoakReport {
  readonly asked: number;
  readonly changed: number;
  readonly rebuilt: number;
  /** Answers that were wrong, with what was expected; empty if all is well. */
  readonly wrong: readonly string[];
  /** Memory of each language server over the second half of the time. */
  readonly memory: readonly MemoryReport[];
}

export interface MemoryReport {
  readonly server: string;
  /** Megabytes at the start, at most and at the end. */
  readonly first: number;
  readonly most: number;
  readonly last: number;
  /** Megabytes by which it grows in a minute: the slope of a line through all samples of the second half. */
  readonly slope: number;
}

export interface SoakOptions {
  readonly minutes: number;
  /** Questions to ask at least, for up to four minutes more, however slow the machine is. Default: 0. */
  readonly least?: number;
  readonly seed?: number;
  readonly log?: (line: string) => void;
}

const CITING = 'src/hoist.ts';
const SAMPLE_MS = 1_000;

interface Sample {
  readonly minute: number;
  readonly megabytes: number;
}

/** Slope of the line through samples by least squares. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number): number => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean(({ minute }) => minute), mean(({ megabytes }) => megabytes)];
  const spread = samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
  return spread === 0 ? 0 : samples.reduce((sum, { minute, megabytes }) => sum + (minute - x) * (megabytes - y), 0) / spread;
}

const memoryOf = (pid: number): number => {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
};

/**
 * Two editors, command lines, edits, commits, branches and rebuilds of one repository at the same time. One record and the code that cites it never
 * change: every answer has to contain them. At the end the index has to equal one that is built from nothing.
 */
export async function soak({ minutes, least = 0, seed = 1, log = () => undefined }: SoakOptions): Promise<SoakReport> {
  const numbers = random(seed);
  const repository = syntheticRepository({ commits: 400, documents: 80, codeFiles: 120, seed, memory: false });
  const cache = temporaryFolder('lintel-soak');
  const { root } = repository;
  const indexFolder = indexFolderIn(cache.path, root);
  const commit = (message: string): string => git(root, ['commit', '--quiet', '--all', '--allow-empty', '--message', message]);
  writeFiles(root, { ...GOOD, [CITING]: '// docs/adr/0001-use-ropes.md\nexport function hoist() {\n  return 1;\n}\n' });
  git(root, ['add', '--all']);
  commit('Use ropes');
  const branch = git(root, ['branch', '--show-current']).trim();

  const began = performance.now();
  const minute = (): number => (performance.now() - began) / 60_000;
  const wrong: string[] = [];
  let [asked, changed, rebuilt] = [0, 0, 0];
  const expect = (what: string, isRight: boolean, found: unknown): void => {
    asked += 1;
    if (isRight) return;
    wrong.push(`${minute().toFixed(2)} min: ${what}: ${JSON.stringify(found)?.slice(0, 300)}`);
    log(wrong.at(-1) ?? '');
  };
  const running = (): boolean => (minute() < minutes || (asked < least && minute() < minutes + 4)) && wrong.length < 20;

  const open = (): Promise<LspClient> =>
    start({ folders: [pathToFileURL(root).href], cache: cache.path, environment: { LINTEL_INDEX: cache.path } });
  const editors = [await open(), await open()];
  const uri = pathToFileURL(join(root, CITING)).href;
  const samples = editors.map((): Sample[] => []);
  // The first build: until it is complete there is nothing to be right or wrong.
  await lintel(['index'], { folder: root, indexFolder });

  const editing = async (editor: LspClient, name: string): Promise<void> => {
    while (running()) {
      const search = await editor.connection.sendRequest<SearchResult>(SEARCH, { query: 'hemp ropes', limit: 20 });
      expect(
        `${name} searches`,
        search.hits.some(({ id }) => id === GOOD_PATH),
        search,
      );
      const why = await editor.connection.sendRequest<WhyResult>(WHY, { uri, line: 1 });
      expect(
        `${name} asks why`,
        why.governing.some(({ id }) => id === GOOD_PATH),
        why,
      );
      const hover = await editor.connection.sendRequest('textDocument/hover', {
        textDocument: { uri },
        position: { line: 0, character: 5 },
      });
      expect(`${name} hovers`, JSON.stringify(hover)?.includes('Use ropes'), hover);
      await sleep(100 + numbers.below(300));
    }
  };
  const asking = async (): Promise<void> => {
    while (running()) {
      const search = await lintel(['search', 'hemp', '--json'], { folder: root, indexFolder });
      expect('the command line searches', search.code === 0 && search.stdout.includes(GOOD_PATH), search);
      const why = await lintel(['why', `${CITING}:2`, '--json'], { folder: root, indexFolder });
      expect('the command line asks why', why.code === 0 && why.stdout.includes(GOOD_PATH), why);
      await sleep(500);
    }
  };
  const tell = (paths: readonly string[], type: number): void => {
    for (const { connection } of editors)
      void connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: paths.map((path) => ({ uri: pathToFileURL(join(root, path)).href, type })),
      });
  };
  const changing = async (): Promise<void> => {
    for (let turn = 0; running(); turn++) {
      changed += 1;
      const number = 900 + (turn % 40);
      const path = `docs/adr/0${number}-soak.md`;
      if (turn % 7 === 6) {
        git(root, ['add', '--all']);
        commit(`Turn ${turn}`);
        tell(['.git/HEAD'], 2);
      } else if (turn % 11 === 10) {
        git(root, ['add', '--all']);
        commit(`Before branch ${turn}`);
        git(root, ['checkout', '--quiet', '-B', `soak-${turn % 3}`, 'HEAD~1']);
        tell(['.git/HEAD'], 2);
        await sleep(700);
        git(root, ['checkout', '--quiet', branch]);
        tell(['.git/HEAD'], 2);
      } else if (turn % 13 === 12) {
        rmSync(join(root, path), { force: true });
        tell([path], 3);
      } else {
        writeFiles(root, {
          [path]: record(number, `Soak ${turn}`, `Turn ${turn} of the soak.`),
          [`src/soak${turn % 5}.ts`]: `// turn ${turn}\n`,
        });
        tell([path, `src/soak${turn % 5}.ts`], 2);
      }
      await sleep(300 + numbers.below(900));
    }
  };
  const rebuilding = async (): Promise<void> => {
    while (running()) {
      await sleep(Math.min(20_000, (minutes * 60_000) / 4));
      if (!running()) return;
      rebuilt += 1;
      const { code, stderr } = await lintel(['index', '--full'], { folder: root, indexFolder });
      expect('the command line rebuilds', code === 0, stderr);
    }
  };
  const sampling = async (): Promise<void> => {
    while (running()) {
      for (const [at, { child }] of editors.entries()) samples[at]?.push({ minute: minute(), megabytes: memoryOf(child.pid ?? 0) });
      await sleep(SAMPLE_MS);
    }
  };

  try {
    await Promise.all([
      ...editors.map((editor, at) => editing(editor, `editor ${at + 1}`)),
      asking(),
      changing(),
      rebuilding(),
      sampling(),
    ]);
    for (const editor of editors) await editor.stop();
    const { code, stderr } = await lintel(['index'], { folder: root, indexFolder });
    expect('the last update', code === 0, stderr);
    const [here, fresh] = [await contentsOf(indexFolder), await freshContents(root)];
    const differs = fresh.find((line, at) => line !== here[at]);
    expect('the index at the end', differs === undefined && here.length === fresh.length, [here.length, fresh.length, differs]);
  } finally {
    for (const editor of editors) await editor.stop();
    cache.remove();
    repository.remove();
  }
  const memory = samples.map((all, at): MemoryReport => {
    const sizes = all.map(({ megabytes }) => megabytes);
    const half = all.slice(Math.floor(all.length / 2));
    return { server: `editor ${at + 1}`, first: sizes[0] ?? 0, most: Math.max(...sizes), last: sizes.at(-1) ?? 0, slope: slopeOf(half) };
  });
  return { asked, changed, rebuilt, wrong, memory };
}
