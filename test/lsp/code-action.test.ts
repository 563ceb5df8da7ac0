import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  Range,
  TextEdit,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { FULL, type LspClient, ready, start, startReady, until } from './client.ts';
import { OUTBOX, type SampleRepository, shopRepository, temporaryFolder } from './sample-repository.ts';

const OUTBOX_PATH = 'services/orders/src/outbox.ts';
const CLIENT: ClientCapabilities = {
  ...FULL,
  workspace: { ...FULL.workspace, workspaceEdit: { documentChanges: true } },
  textDocument: { ...FULL.textDocument, publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [2] } } },
};
const WHOLE: Range = { start: { line: 0, character: 0 }, end: { line: 1_000, character: 0 } };

describe('fixes in the editor', () => {
  let shop: SampleRepository;
  let client: LspClient;
  let uri: string;
  const diagnostics = async (of = uri): Promise<Diagnostic[]> => {
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: of },
      identifier: 'lintel',
    });
    return report.kind === 'full' ? report.items : [];
  };
  const actions = (range: Range, shown: readonly Diagnostic[], only?: readonly string[], of = uri) =>
    client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: of },
      range,
      context: { diagnostics: shown, ...(only === undefined ? {} : { only }) },
    });
  const changesOf = (action: CodeAction | undefined): { uri: string; version: number | null; edits: TextEdit[] }[] =>
    (action?.edit?.documentChanges ?? []).flatMap((change) =>
      'textDocument' in change
        ? [
            {
              uri: change.textDocument.uri,
              version: change.textDocument.version,
              edits: change.edits.filter((edit): edit is TextEdit => 'newText' in edit && 'range' in edit),
            },
          ]
        : [],
    );

  beforeAll(async () => {
    shop = shopRepository();
    shop.write(
      'docs/adr/0005-keep-carts-in-redis.md',
      '# 5. Keep carts in Redis\n\n## Status\n\nAccepted\n\n## Decision\n\nCarts are in Redis.\n',
    );
    shop.write(
      'docs/adr/0006-keep-carts-in-postgresql.md',
      '# 6. Keep carts in PostgreSQL\n\n## Status\n\nAccepted\n\nSupersedes [5. Keep carts in Redis](0005-keep-carts-in-redis.md)\n\n## Decision\n\nNo Redis.\n',
    );
    shop.commit('Carts move');
    client = await startReady({ folders: [shop.uri('')], cache: temporaryFolder(), capabilities: CLIENT });
    uri = shop.uri(OUTBOX_PATH);
    client.open(uri, OUTBOX);
  });
  afterAll(async () => {
    await client?.stop();
    shop?.remove();
  });

  it('are announced', () => {
    expect(client.initialized.capabilities.codeActionProvider).toEqual({
      codeActionKinds: ['quickfix', 'source.fixAll.lintel'],
      resolveProvider: false,
    });
  });

  it('strikes a superseded citation through and points at both records', async () => {
    const [found, ...others] = await diagnostics();
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      code: 'cites-superseded',
      severity: 2,
      tags: [2],
      range: { start: { line: 4, character: 3 }, end: { line: 4, character: 11 } },
    });
    expect(found?.relatedInformation?.map(({ location }) => location.uri)).toEqual([
      shop.uri('docs/adr/0002-send-events-through-kafka.md'),
      shop.uri('docs/adr/0003-send-events-through-nats.md'),
    ]);
  });

  it('rewrites the citation for the version that the editor has, and the problem is gone', async () => {
    const shown = await diagnostics();
    const found = await actions(shown[0]?.range ?? WHOLE, shown);
    expect(found.map(({ title, kind, isPreferred }) => [title, kind, isPreferred])).toEqual([
      ['Cite ADR-0003 instead', 'quickfix', true],
      ['Ignore cites-superseded here, for a reason', 'quickfix', undefined],
    ]);
    expect(found[0]?.diagnostics).toEqual(shown);
    const [change] = changesOf(found[0]);
    expect(change).toMatchObject({ uri, version: 1 });
    const text = TextDocument.applyEdits(TextDocument.create(uri, 'typescript', 1, OUTBOX), change?.edits ?? []);
    expect(text).toContain('// ADR-0003 said otherwise once.');
    client.edit(uri, 2, text);
    expect(await diagnostics()).toEqual([]);
    client.edit(uri, 3, OUTBOX);
    expect(changesOf((await actions(WHOLE, shown))[0])[0]?.version).toBe(3);
  });

  it('computes nothing where the editor shows no problem of ours', async () => {
    expect(await actions(WHOLE, [])).toEqual([]);
    expect(await actions(WHOLE, [{ range: WHOLE, message: 'of another', source: 'eslint' }])).toEqual([]);
    expect(await actions({ start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, await diagnostics())).toEqual([]);
    expect(await actions(WHOLE, await diagnostics(), ['refactor'])).toEqual([]);
  });

  it('makes all auto-fixable fixes of a file at once when asked, and only within it', async () => {
    client.edit(uri, 4, `${OUTBOX}// ADR 2 again, and ADR-0001\n`);
    const found = await actions(WHOLE, [], ['source.fixAll']);
    expect(found.map(({ kind }) => kind)).toEqual(['source.fixAll.lintel']);
    const changes = changesOf(found[0]);
    expect(changes.map((change) => change.uri)).toEqual([uri]);
    expect(changes[0]?.edits.map(({ newText }) => newText)).toEqual(['ADR-0003', 'ADR 3']);
    expect(await actions(WHOLE, [], ['source.fixAll.lintel'], shop.uri('docs/adr/0006-keep-carts-in-postgresql.md'))).toEqual([]);
    client.edit(uri, 5, OUTBOX);
  });

  it('edits the other record, unless the editor holds it with changes that are not saved', async () => {
    const newer = shop.uri('docs/adr/0006-keep-carts-in-postgresql.md');
    const older = shop.uri('docs/adr/0005-keep-carts-in-redis.md');
    const shown = await diagnostics(newer);
    expect(shown.map(({ code }) => code)).toEqual(['supersedes-without-back-link']);
    const [change] = changesOf((await actions(WHOLE, shown, undefined, newer))[0]);
    expect(change).toMatchObject({ uri: older, version: null });
    expect(change?.edits[0]?.newText).toBe('Superseded by [6. Keep carts in PostgreSQL](0006-keep-carts-in-postgresql.md)');
    client.open(older, '# 5. Keep carts in Redis\n\nA draft.\n\n## Status\n\nAccepted\n', 'markdown');
    expect(await actions(WHOLE, shown, undefined, newer)).toEqual([]);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: older } });
    expect(await actions(WHOLE, shown, undefined, newer)).toHaveLength(1);
  });

  it('reports code with the workspace, and asks the editor to refresh after a save', async () => {
    const ask = () =>
      client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { identifier: 'lintel', previousResultIds: [] });
    expect((await ask()).items.map((item) => item.uri)).toContain(uri);
    const late = shop.uri('tools/late.ts');
    shop.write('tools/late.ts', '// ADR-0002\n');
    const before = client.asked.length;
    client.open(late, '// ADR-0002\n');
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: late } });
    await until(
      () => 'a request to refresh',
      () => client.asked.slice(before).includes('workspace/diagnostic/refresh'),
    );
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: late } });
    expect((await ask()).items.map((item) => item.uri)).toContain(late);
  });

  it('is quiet in code, and only there, when that is switched off', async () => {
    client.configuration = { diagnostics: { code: { enabled: false } } };
    const shown = await diagnostics();
    expect(shown).toHaveLength(1);
    const before = client.asked.length;
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await until(
      () => 'a request to refresh',
      () => client.asked.slice(before).includes('workspace/diagnostic/refresh'),
    );
    expect(await diagnostics()).toEqual([]);
    expect(await actions(WHOLE, shown)).toEqual([]);
    expect(await diagnostics(shop.uri('docs/adr/0004-sort-the-shelves.md'))).not.toEqual([]);
    const report = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      identifier: 'lintel',
      previousResultIds: [],
    });
    for (const item of report.items) if (item.kind === 'full' && item.uri.endsWith('.ts')) expect(item.items).toEqual([]);
    client.configuration = null;
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    for (let tries = 0; (await diagnostics()).length === 0 && tries < 100; tries++) await new Promise((done) => setTimeout(done, 50));
    expect(await diagnostics()).toHaveLength(1);
  });
});

it('gives an older client plain changes without versions, tags or related places', async () => {
  const shop = shopRepository();
  const client = await start({ folders: [shop.uri('')], cache: temporaryFolder(), capabilities: { textDocument: { codeAction: {} } } });
  try {
    await ready(client, 1);
    const uri = shop.uri(OUTBOX_PATH);
    client.open(uri, OUTBOX);
    const pushed = await until(
      () => 'pushed diagnostics',
      () => client.published.get(uri)?.diagnostics,
    );
    expect(pushed).toMatchObject([{ code: 'cites-superseded' }]);
    expect(pushed[0]?.tags).toBeUndefined();
    const found = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: WHOLE,
      context: { diagnostics: pushed },
    });
    expect(found[0]?.edit).toEqual({
      changes: { [uri]: [{ range: { start: { line: 4, character: 3 }, end: { line: 4, character: 11 } }, newText: 'ADR-0003' }] },
    });
  } finally {
    await client.stop();
    shop.remove();
  }
});
