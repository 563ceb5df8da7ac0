import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Hover } from 'vscode-languageserver/node';
import { temporaryFolder } from '../test/support/folder.ts';
import { figure, repeat, spreadOf } from './measure.ts';

const SERVER = join(import.meta.dirname, '../dist/server.cjs');
const HOVERS = 200;

/** Resident memory of a process in MB; `undefined` where the system does not tell. */
function residentMegabytes(pid: number | undefined): number | undefined {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return undefined;
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_000;
}

/** Hovers through the language server of the bundle, over stdio, as an editor asks them; and the server's memory afterwards. */
export async function hoverFigures({ folder }: { readonly folder: string }): Promise<void> {
  if (!existsSync(SERVER)) throw new Error('There is no dist/server.cjs. Run "npm run build" first.');
  process.env.LINTEL_TEST_SERVER = SERVER;
  const { startReady } = await import('../test/lsp/client.ts');
  const cache = temporaryFolder('lintel-bench-hover');
  const client = await startReady({ folders: [pathToFileURL(folder).href], cache: cache.path });
  try {
    const code = execFileSync('git', ['ls-files', '*.ts', '*.go', '*.py'], { cwd: folder, encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .slice(0, 20);
    const texts = new Map(code.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
    for (const [path, text] of texts) client.open(pathToFileURL(join(folder, path)).href, text);
    let shown = 0;
    const hover = async (round: number): Promise<void> => {
      const path = code[round % code.length] ?? '';
      const lines = (texts.get(path) ?? '').split('\n');
      const line = (round * 7) % lines.length;
      const character = Math.max(0, (lines[line] ?? '').search(/\S/));
      const params = { textDocument: { uri: pathToFileURL(join(folder, path)).href }, position: { line, character } };
      if ((await client.connection.sendRequest<Hover | null>('textDocument/hover', params)) !== null) shown += 1;
    };
    await repeat(20, hover);
    shown = 0;
    const { p50, p95 } = spreadOf(await repeat(HOVERS, hover));
    figure(
      'hover through the language server, p95',
      p95,
      'ms',
      { most: 25 },
      `p50 ${p50.toFixed(1)} ms, ${shown} of ${HOVERS} showed something`,
    );
    const memory = residentMegabytes(client.child.pid);
    if (memory !== undefined) figure('language server memory (resident)', memory, 'MB', { most: 400 });
  } finally {
    await client.stop();
    cache.remove();
  }
}
