import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, type Hover, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { IndexResult, SearchResult } from '../../protocol/index.ts';
import { lintel } from '../cli/run.ts';
import { type ClientOptions, FULL, type LspClient, PLAIN, ready, start, startReady, until } from './client.ts';
import { emptyRepository, OUTBOX, type SampleRepository, shopRepository, temporaryFolder } from './sample-repository.ts';

const clients: LspClient[] = [];
const repositories: SampleRepository[] = [];

const kept = <T>(list: T[], one: T): T => {
  list.push(one);
  return one;
};
const shopHere = (root?: string) => kept(repositories, shopRepository(root));
const begin = async (options: Omit<ClientOptions, 'cache'> & { readonly cache?: string }) =>
  kept(clients, await start({ cache: temporaryFolder(), ...options }));
const beginReady = async (options: Omit<ClientOptions, 'cache'>, count?: number) =>
  kept(clients, await startReady({ cache: temporaryFolder(), ...options }, count));

/** A repository with so many commits that indexing takes seconds. */
const longHistory = (commits: number): SampleRepository => {
  const repository = kept(repositories, emptyRepository());
  const words = ['relay', 'outbox', 'ledger', 'basket', 'parcel', 'refund', 'voucher', 'courier', 'pallet', 'invoice'];
  const stream: string[] = [];
  for (let number = 0; number < commits; number++) {
    const message = `${words[number % 10]} ${words[(number * 7) % 10]} number ${number}\n\n${words
      .map((word, place) => `${word}${number + place}`)
      .join(' ')
      .repeat(5)}`;
    const content = `line ${number}\n`;
    stream.push(
      `commit refs/heads/main\ncommitter Ada <ada@example.com> ${1_600_000_000 + number * 60} +0000\ndata ${Buffer.byteLength(message)}\n${message}\nM 100644 inline src/file${number % 50}.ts\ndata ${content.length}\n${content}\n`,
    );
  }
  const file = join(repository.root, '.git', 'stream');
  writeFileSync(file, stream.join(''));
  const { status } = spawnGit(repository.root, file);
  if (status !== 0) throw new Error('git fast-import failed');
  repository.git('reset', '--hard', '--quiet', 'main');
  rmSync(file);
  return repository;
};

const spawnGit = (root: string, file: string) => {
  const { openSync, closeSync } = process.getBuiltinModule('node:fs');
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const input = openSync(file, 'r');
  try {
    return spawnSync('git', ['fast-import', '--quiet'], { cwd: root, stdio: [input, 'ignore', 'inherit'] });
  } finally {
    closeSync(input);
  }
};

afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
  for (const repository of repositories.splice(0)) repository.remove();
});

describe('the folders of a workspace', () => {
  it('have one engine for each repository, and answers of all are merged', async () => {
    const one = shopHere();
    const two = kept(repositories, emptyRepository());
    two.write(
      'docs/adr/0001-bake-in-clay-ovens.md',
      '# 1. Bake in clay ovens\n\n## Status\n\nAccepted\n\n## Decision\n\nEvents of baking happen in clay ovens.\n',
    );
    two.commit('Bake');
    const client = await beginReady({ folders: [one.uri(''), two.uri('')] });
    const { hits, index } = await client.connection.sendRequest<SearchResult>('lintel/search', { query: 'events' });
    expect(new Set(hits.map(({ uri }) => uri?.startsWith(one.uri(''))))).toEqual(
      new Set([true, false, ...(hits.some(({ uri }) => uri === undefined) ? [undefined] : [])]),
    );
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
    expect(index.behind).toBe(0);
    const inTwo = await client.connection.sendRequest<SearchResult>('lintel/search', {
      query: 'clay ovens',
      kinds: ['decision'],
      folderUri: two.uri(''),
    });
    expect(inTwo.hits.map(({ uri }) => uri)).toEqual([two.uri('docs/adr/0001-bake-in-clay-ovens.md')]);
    expect(inTwo.index.sha).toBe(two.git('rev-parse', 'HEAD'));
  });

  it('share an engine when they lie in one repository, added and removed at run time', async () => {
    const shop = shopHere();
    const client = await beginReady({ folders: [shop.uri('services')] }, 1);
    expect(client.statuses.at(-1)?.repositories[0]?.root).toBe(shop.root);
    const change = (added: string[], removed: string[]) =>
      client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: added.map((uri) => ({ uri, name: uri })), removed: removed.map((uri) => ({ uri, name: uri })) },
      });
    const other = shopHere();
    await change([shop.uri('docs'), other.uri('')], []);
    await ready(client, 2);
    await change([], [shop.uri('services')]);
    const uri = shop.uri('services/orders/src/outbox.ts');
    const still = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 2, character: 5 },
    });
    expect(still).not.toBeNull();
    await change([], [shop.uri('docs')]);
    await ready(client, 1);
    expect(client.statuses.at(-1)?.repositories[0]?.root).toBe(other.root);
    expect(
      await client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 2, character: 5 } }),
    ).toBeNull();
  });

  it('keep the spelling of the editor when they are reached through a symbolic link', async () => {
    const shop = shopHere();
    const link = join(temporaryFolder(), 'shop');
    symlinkSync(shop.root, link, 'dir');
    const client = await beginReady({ folders: [pathToFileURL(link).href] });
    const uri = pathToFileURL(join(link, 'services/orders/src/outbox.ts')).href;
    const links = await client.connection.sendRequest<{ target?: string }[]>('textDocument/documentLink', { textDocument: { uri } });
    expect(links[0]?.target).toBe(pathToFileURL(join(link, 'docs/adr/0001-keep-orders-in-postgresql.md')).href);
  });

  it('that do not exist are failed in the status, the others work, and a new try opens them once they are there', async () => {
    const shop = shopHere();
    const missing = join(temporaryFolder(), 'not-yet');
    const client = await begin({ folders: [pathToFileURL(missing).href, shop.uri('')] });
    await until(
      () => `one failed and one ready repository in ${JSON.stringify(client.statuses.at(-1))}`,
      () => {
        const states = client.statuses.at(-1)?.repositories.map(({ state }) => state);
        return states?.length === 2 && states.includes('failed') && states.includes('ready');
      },
    );
    const failed = client.statuses.at(-1)?.repositories.find(({ state }) => state === 'failed');
    expect(failed?.notices[0]).toContain('not-yet');
    expect((await client.connection.sendRequest<SearchResult>('lintel/search', { query: 'kafka' })).hits.length).toBeGreaterThan(0);
    shopHere(missing);
    const { repositories: outcomes } = await client.connection.sendRequest<IndexResult>('lintel/index', {});
    expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined]);
    await ready(client, 2);
  });

  it('may be none, or not on this machine: the server answers with nothing', async () => {
    const client = await begin({ folders: ['vscode-vfs://github/some/repository'] });
    expect(await client.connection.sendRequest('lintel/search', { query: 'x' })).toEqual({ hits: [], index: { sha: '', behind: 0 } });
  });

  it('may be a plain folder without git', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'docs', 'adr'), { recursive: true });
    writeFileSync(join(folder, 'docs/adr/0001-use-ropes.md'), '# 1. Use ropes\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use ropes.\n');
    const client = await beginReady({ folders: [pathToFileURL(folder).href] });
    expect(client.statuses.at(-1)?.repositories[0]).toMatchObject({ git: false });
    expect((await client.connection.sendRequest<SearchResult>('lintel/search', { query: 'ropes' })).hits[0]?.id).toBe(
      'docs/adr/0001-use-ropes.md',
    );
  });
});

describe('a client that knows only the oldest parts of the protocol', () => {
  it('gets plain hovers, pushed diagnostics, and no request that it did not announce', async () => {
    const shop = shopHere();
    const client = await begin({ folders: [shop.uri('')], capabilities: PLAIN });
    await ready(client, 1);
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    const uri = shop.uri('docs/adr/0004-sort-the-shelves.md');
    const pushed = await until(
      () => 'pushed diagnostics',
      () => client.published.get(uri),
    );
    expect(pushed.diagnostics.map(({ code }) => code)).toContain('unknown-status');
    client.open(uri, '# 4. Sort the shelves\n\n## Status\n\nAccepted\n\n## Decision\n\nWe sort shelves.\n', 'markdown');
    await until(
      () => 'pushed diagnostics without a problem',
      () => client.published.get(uri)?.diagnostics.length === 0,
    );
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri: shop.uri('services/orders/src/outbox.ts') },
      position: { line: 2, character: 5 },
    });
    expect(hover.contents).toMatchObject({ kind: 'plaintext' });
    expect(JSON.stringify(hover.contents)).toContain('Keep orders in PostgreSQL [Accepted');
    expect(client.asked).toEqual([]);
    expect(client.registrations).toEqual([]);
  });

  it('has its saves followed by a look at the whole repository, because it watches nothing', async () => {
    const shop = shopHere();
    const client = await begin({ folders: [shop.uri('')], capabilities: PLAIN });
    await ready(client, 1);
    const sha = shop.commit('A commit behind the back of the editor');
    client.open(shop.uri('services/orders/src/outbox.ts'), OUTBOX);
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: shop.uri('services/orders/src/outbox.ts') } });
    await until(
      () => 'the new commit',
      () => client.statuses.at(-1)?.repositories[0]?.index.sha === sha,
    );
  });

  it('may send its settings with initialize', async () => {
    const shop = shopHere();
    const client = await begin({ folders: [shop.uri('')], capabilities: PLAIN, initializationOptions: { hover: { enabled: false } } });
    await ready(client, 1);
    const uri = shop.uri('services/orders/src/outbox.ts');
    expect(
      await client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 2, character: 5 } }),
    ).toBeNull();
  });
});

describe('two windows and a command line on one repository', () => {
  it('take turns in writing, and all of them answer from the same index', async () => {
    const shop = shopHere();
    const cache = temporaryFolder();
    const [one, two, { code, stdout }] = await Promise.all([
      begin({ folders: [shop.uri('')], cache }),
      begin({ folders: [shop.uri('')], cache }),
      lintel(['search', 'events', '--json'], { folder: shop.root, cache }),
    ]);
    expect(code).toBe(0);
    const found = (JSON.parse(stdout) as SearchResult).hits.map(({ id }) => id);
    for (const client of [one, two]) {
      await ready(client, 1);
      const { hits } = await client.connection.sendRequest<SearchResult>('lintel/search', { query: 'events' });
      expect(hits.map(({ id }) => id)).toEqual(found);
    }
    const path = 'docs/adr/0005-paint-the-doors-turquoise.md';
    shop.write(path, '# 5. Paint the doors turquoise\n\n## Status\n\nAccepted\n\n## Decision\n\nAll doors are turquoise.\n');
    await one.connection.sendRequest('lintel/index', {});
    const { hits } = await two.connection.sendRequest<SearchResult>('lintel/search', { query: 'turquoise doors' });
    expect(hits[0]?.id).toBe(path);
  });
});

describe('long work', () => {
  it('shows progress with rising percentages after two seconds, and ends when the user cancels', async () => {
    const repository = longHistory(8_000);
    const client = await begin({ folders: [repository.uri('')] });
    const begun = await until(
      () => `a progress bar; ${client.logs.map(({ message }) => message).join(' | ')}`,
      () => client.progress.find(({ value }) => value.kind === 'begin'),
    );
    expect(begun.value.title).toContain('Lintel');
    expect(client.asked).toContain('window/workDoneProgress/create');
    await until(
      () => 'a report of progress',
      () => client.progress.some(({ value }) => value.kind === 'report'),
    );
    await client.connection.sendNotification('window/workDoneProgress/cancel', { token: begun.token });
    await until(
      () => 'the end of the progress bar',
      () => client.progress.some(({ token, value }) => token === begun.token && value.kind === 'end'),
    );
    const percentages = client.progress.flatMap(({ token, value }) =>
      token === begun.token && value.percentage !== undefined ? [value.percentage] : [],
    );
    expect(percentages).toEqual([...percentages].sort((a, b) => a - b));
    expect(percentages.at(-1)).toBeLessThan(100);
    await until(
      () => `a word about the cancelling; ${client.logs.map(({ message }) => message).join(' | ')}`,
      () => client.logs.some(({ message }) => message.includes('canceled')),
    );
    expect(client.statuses.some(({ repositories: [first] }) => first?.state === 'indexing' && first.percent !== undefined)).toBe(true);
  });

  it('ends at once with the answer "cancelled" when a request is cancelled', async () => {
    const repository = longHistory(8_000);
    const client = await begin({ folders: [repository.uri('')] });
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest<IndexResult>('lintel/index', {}, source.token);
    await until(
      () => 'indexing',
      () => client.statuses.some(({ repositories: [first] }) => first?.state === 'indexing'),
    );
    source.cancel();
    const outcome = await asked.catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(ResponseError);
    expect((outcome as ResponseError<void>).code).toBe(LSPErrorCodes.RequestCancelled);
    expect((await client.connection.sendRequest<SearchResult>('lintel/search', { query: 'parcel' })).hits).toBeInstanceOf(Array);
  });

  it('shows no progress bar for work that is done in a moment', async () => {
    const shop = shopHere();
    const client = await beginReady({ folders: [shop.uri('')] });
    // A busy machine may take long for a little: what counts is a run that was short.
    for (let tries = 0; tries < 20; tries++) {
      const before = client.progress.length;
      const { repositories: outcomes } = await client.connection.sendRequest<IndexResult>('lintel/index', {});
      if ((outcomes[0]?.milliseconds ?? 0) > 1_000) continue;
      expect(client.progress.slice(before)).toEqual([]);
      return;
    }
    throw new Error('No run was short.');
  });
});

describe('the life of the server', () => {
  it('ends with code 0 after shutdown and exit, and with 1 without a shutdown', async () => {
    const polite = await begin({ capabilities: FULL });
    await polite.connection.sendRequest('shutdown');
    await polite.connection.sendNotification('exit');
    expect((await polite.exited).code).toBe(0);
    const rude = await begin({ capabilities: FULL });
    await rude.connection.sendNotification('exit');
    expect((await rude.exited).code).toBe(1);
  });

  it('ends when its standard input is closed', async () => {
    const shop = shopHere();
    const client = await beginReady({ folders: [shop.uri('')] });
    client.child.stdin?.end();
    expect((await client.exited).code).toBe(1);
  });

  it('ends when the process that started it is gone', async () => {
    const parent = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e6)'], { stdio: 'ignore' });
    const client = await begin({ processId: parent.pid ?? null });
    parent.kill('SIGKILL');
    expect((await client.exited).code).toBe(1);
  });

  it('connects over node IPC too', async () => {
    const shop = shopHere();
    const client = await beginReady({ folders: [shop.uri('')], transport: 'ipc' });
    expect((await client.connection.sendRequest<SearchResult>('lintel/search', { query: 'kafka' })).hits.length).toBeGreaterThan(0);
  });

  it('connects over standard input and output when no transport is named', async () => {
    const client = await begin({ transport: 'none' });
    expect(client.initialized.serverInfo?.name).toBe('Lintel');
  });

  it('goes on after messages that are no JSON, no requests, or of unknown methods', async () => {
    const shop = shopHere();
    const client = await beginReady({ folders: [shop.uri('')] });
    const raw = (body: string) => client.child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    raw('{"jsonrpc": "2.0", "id": 1, "method": ');
    raw('[]');
    raw('null');
    raw('{"jsonrpc":"2.0","id":"odd","method":"no/such/method","params":{"a":1}}');
    raw('{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{}}');
    raw(
      '{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///x","version":1},"contentChanges":[{"range":1}]}}',
    );
    raw('{"jsonrpc":"2.0","method":"workspace/didChangeWatchedFiles","params":{"changes":[{"uri":"%%%"}]}}');
    raw('{"jsonrpc":"2.0","id":77,"method":"textDocument/hover","params":null}');
    await expect(client.connection.sendRequest('no/such/method', {})).rejects.toThrow(/[Uu]nhandled method/);
    expect((await client.connection.sendRequest<SearchResult>('lintel/search', { query: 'kafka' })).hits.length).toBeGreaterThan(0);
    expect(client.child.exitCode).toBeNull();
  });

  it('writes nothing but the protocol to standard output', async () => {
    const shop = shopHere();
    const client = await beginReady({ folders: [shop.uri('')] });
    await client.connection.sendRequest('lintel/index', { full: true });
    expect(client.errors.filter((line) => line.startsWith('connection:'))).toEqual([]);
    expect(client.logs.some(({ message }) => message.startsWith('Indexed '))).toBe(true);
  });
});
