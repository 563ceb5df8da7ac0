import { describe, expect, it } from 'vitest';
import { LSPErrorCodes } from 'vscode-languageserver/node';
import { citesNothing } from '../../server/decisions/findings/code/cites-nothing.ts';
import type { EngineOptions } from '../../server/model/engine.ts';
import { EngineError } from '../../server/model/errors.ts';
import { CURRENT, fakeEngine, hitWith, spanAt, statusWith } from '../support/engine.ts';
import { FULL } from './client.ts';
import { connect, eventually, SHOP } from './in-memory.ts';

const uri = `${SHOP}/src/relay.ts`;
const HOVER = { textDocument: { uri }, position: { line: 0, character: 0 } };
const GOVERNED = fakeEngine({ inspect: async () => ({ governing: [hitWith()], probable: [], index: CURRENT }) });

describe('the settings of a client', () => {
  it('are read from the initialization options of a client without configuration', async () => {
    const on = await connect({ engine: GOVERNED });
    await on.open('src/relay.ts', 'relay();\n');
    expect(await on.request('textDocument/hover', HOVER)).not.toBeNull();
    const off = await connect({ engine: GOVERNED, initializationOptions: { hover: { enabled: false } } });
    await off.open('src/relay.ts', 'relay();\n');
    expect(await off.request('textDocument/hover', HOVER)).toBeNull();
  });

  it('are fetched before the first folder opens, and decide where its index is', async () => {
    const opened: EngineOptions[] = [];
    const client = await connect({
      capabilities: FULL,
      configuration: () => ({ index: { folder: '/indexes' }, embedding: { model: 'acme/words' } }),
      openEngine: async (options) => {
        opened.push(options);
        return fakeEngine();
      },
    });
    await client.request('lintel/why', { uri });
    expect(opened).toMatchObject([{ folder: '/shop', indexHome: '/indexes', model: 'acme/words' }]);
  });

  it('reopen the engines when the index folder or the model changes, and only then', async () => {
    let configuration: unknown = { hover: { enabled: true } };
    const homes: (string | undefined)[] = [];
    let disposed = 0;
    const client = await connect({
      capabilities: FULL,
      configuration: () => configuration,
      openEngine: async ({ indexHome }) => {
        homes.push(indexHome);
        return fakeEngine({
          dispose: async () => {
            disposed += 1;
          },
        });
      },
    });
    await client.request('lintel/why', { uri });
    configuration = { hover: { enabled: false } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await eventually('the setting is applied', () => client.received.includes('workspace/codeLens/refresh'));
    configuration = { index: { folder: '/elsewhere' } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await eventually('the engine is opened again', () => homes.length === 2);
    expect(homes).toEqual([undefined, '/elsewhere']);
    expect(disposed).toBe(1);
  });

  it('that are invalid are named in the log, and their defaults apply', async () => {
    const client = await connect({ capabilities: FULL, configuration: () => ({ hover: { enabled: 'yes' } }), engine: GOVERNED });
    await client.open('src/relay.ts', 'relay();\n');
    expect(await client.request('textDocument/hover', HOVER)).not.toBeNull();
    expect(client.logs.some((line) => /^The setting lintel\.hover\.enabled is invalid .* Using its default\.$/.test(line))).toBe(true);
  });
});

describe('the folders of a client', () => {
  it('whose engine cannot be opened are failed in the status, with the reason as a notice', async () => {
    const client = await connect({
      openEngine: async () => {
        throw new EngineError('not-a-folder', 'There is no folder /shop.');
      },
    });
    await eventually('the status is sent', () => client.statuses.at(-1)?.repositories.length === 1);
    expect(client.statuses.at(-1)?.repositories).toEqual([
      {
        root: '/shop',
        state: 'failed',
        index: { sha: '', behind: 0 },
        counts: {},
        model: '',
        notices: ['There is no folder /shop.'],
        git: false,
      },
    ]);
  });

  it('are opened by lintel/index if they could not be opened before', async () => {
    let tries = 0;
    const client = await connect({
      openEngine: async () => {
        tries += 1;
        if (tries === 1) throw new Error('Not yet.');
        return fakeEngine();
      },
    });
    expect(await client.request('lintel/index', null)).toMatchObject({ repositories: [{ root: '/shop', added: 1, cancelled: false }] });
    expect(tries).toBe(2);
  });

  it('of one repository share an engine, which closes with the last of them', async () => {
    let open = 0;
    const client = await connect({
      capabilities: FULL,
      folders: [`${SHOP}/services`, `${SHOP}/docs`],
      openEngine: async () => {
        open += 1;
        return fakeEngine({
          dispose: async () => {
            open -= 1;
          },
        });
      },
    });
    await client.request('lintel/why', { uri });
    expect(open).toBe(1);
    const remove = (name: string) =>
      client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: [], removed: [{ uri: `${SHOP}/${name}`, name }] },
      });
    await remove('services');
    expect(await client.request('lintel/index', {})).toMatchObject({ repositories: [{ root: '/shop' }] });
    expect(open).toBe(1);
    await remove('docs');
    await eventually('the engine is closed', () => open === 0);
  });

  it('send their status once for many changes, and only when it differs from the last one', async () => {
    let report: NonNullable<EngineOptions['onStatus']> = () => undefined;
    const client = await connect({
      openEngine: async ({ onStatus }) => {
        report = onStatus ?? report;
        return fakeEngine({ status: async () => statusWith() });
      },
    });
    await eventually('the first status is sent', () => client.statuses.at(-1)?.repositories[0]?.state === 'ready');
    const before = client.statuses.length;
    for (const behind of [1, 2, 3]) report(statusWith({ position: { sha: 'a', behind } }));
    await eventually('the change is sent', () => client.statuses.at(-1)?.repositories[0]?.index.behind === 3);
    report(statusWith({ position: { sha: 'a', behind: 3 } }));
    await new Promise((done) => setTimeout(done, 100));
    expect(client.statuses.length).toBe(before + 1);
  });
});

describe('changes of files', () => {
  it('are passed to the engine together and sorted, and changes of git compare the whole repository', async () => {
    const changed: (readonly string[])[] = [];
    let runs = 0;
    const engine = fakeEngine({
      changed: async (paths) => {
        changed.push(paths);
        return fakeEngine().changed([]);
      },
      index: async () => {
        runs += 1;
        return fakeEngine().index();
      },
    });
    const client = await connect({ engine, capabilities: FULL });
    await eventually('the first run is over', () => runs === 1);
    const notify = (...paths: string[]) =>
      client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: paths.map((path) => ({ uri: `${SHOP}/${path}`, type: 2 })),
      });
    await notify('b.md', 'a.md');
    await notify('b.md');
    await eventually('the engine has the files', () => changed.length === 1);
    expect(changed).toEqual([['a.md', 'b.md']]);
    await notify('c.md', '.git/HEAD');
    await eventually('the repository is compared', () => runs === 2);
    await notify(...Array.from({ length: 201 }, (_, number) => `${number}.md`));
    await eventually('a checkout compares the repository as well', () => runs === 3);
    expect(changed).toHaveLength(1);
  });

  it('publish the diagnostics of clients that do not pull them, and take them back when they are gone', async () => {
    let findings = [{ rule: citesNothing.info.id, severity: 'warning' as const, message: 'There is no ADR-9.', span: spanAt(0, 0, 5) }];
    const engine = fakeEngine({
      allFindings: async () => [{ document: { id: 'a.md', kind: 'decision', path: 'a.md' }, findings }],
    });
    const client = await connect({ engine });
    await eventually('the finding is published', () => client.published.get(`${SHOP}/a.md`)?.length === 1);
    expect(client.published.get(`${SHOP}/a.md`)).toMatchObject([{ source: 'Lintel', code: 'cites-nothing', severity: 2 }]);
    findings = [];
    await client.request('lintel/index', null);
    await eventually('the finding is taken back', () => client.published.get(`${SHOP}/a.md`)?.length === 0);
  });
});

describe('a request that the client cancels', () => {
  it('ends at once with RequestCancelled, and its signal fires', async () => {
    let stopped = false;
    const engine = fakeEngine({
      search: (_, signal) =>
        new Promise(() => {
          signal?.addEventListener('abort', () => {
            stopped = true;
          });
        }),
    });
    const client = await connect({ engine });
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    const answer = client.connection.sendRequest('lintel/search', { query: 'x' }, source.token);
    setTimeout(() => source.cancel(), 20);
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    expect(stopped).toBe(true);
  });
});
