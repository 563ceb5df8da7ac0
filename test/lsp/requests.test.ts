import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CodeLens,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type DocumentLink,
  type Hover,
  MarkupContent,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import type { AskResult } from '../../protocol/ask.ts';
import type { CommitResult, IndexResult, SearchResult, WhyResult } from '../../protocol/index.ts';
import { type LspClient, startReady, until } from './client.ts';
import { OUTBOX, type SampleRepository, shopRepository, temporaryFolder } from './sample-repository.ts';

const OUTBOX_PATH = 'services/orders/src/outbox.ts';

const words = (hover: Hover | null): string => {
  if (hover === null) return '';
  return MarkupContent.is(hover.contents) ? hover.contents.value : JSON.stringify(hover.contents);
};
/** Markdown with its escapes taken away, to compare words. */
const unescaped = (hover: Hover | null): string => words(hover).replace(/\\([^A-Za-z0-9\s])/g, '$1');

describe('a language server on a shop', () => {
  let shop: SampleRepository;
  let client: LspClient;
  const hoverAt = (uri: string, line: number, character: number) =>
    client.connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri }, position: { line, character } });
  const diagnosticsOf = (uri: string, previousResultId?: string) =>
    client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
      identifier: 'lintel',
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  const search = (query: string, more: object = {}) => client.connection.sendRequest<SearchResult>('lintel/search', { query, ...more });

  beforeAll(async () => {
    shop = shopRepository();
    client = await startReady({ folders: [shop.uri('')], cache: temporaryFolder() });
    client.open(shop.uri(OUTBOX_PATH), OUTBOX);
  });
  afterAll(async () => {
    await client?.stop();
    shop?.remove();
  });

  it('names itself and what it can do', () => {
    const { capabilities, serverInfo } = client.initialized;
    expect(serverInfo?.name).toBe('Lintel');
    expect(serverInfo?.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(capabilities).toMatchObject({
      hoverProvider: true,
      codeLensProvider: {},
      documentLinkProvider: {},
      diagnosticProvider: { identifier: 'lintel', interFileDependencies: true, workspaceDiagnostics: true },
      workspace: { workspaceFolders: { supported: true } },
    });
  });

  it('reports the state of the repository with the number of documents of each kind', () => {
    const [status] = client.statuses.at(-1)?.repositories ?? [];
    expect(status).toMatchObject({ root: shop.root, state: 'ready', git: true, index: { sha: shop.git('rev-parse', 'HEAD'), behind: 0 } });
    expect(status?.counts).toMatchObject({ decision: 4, commit: 3 });
    expect(status?.model).not.toBe('');
  });

  it('hovers over a citation with the card of the cited record', async () => {
    const hover = await hoverAt(shop.uri(OUTBOX_PATH), 2, 5);
    expect(unescaped(hover)).toContain('Keep orders in PostgreSQL');
    expect(words(hover)).toContain('`Accepted`');
    expect(words(hover)).toContain('0001-keep-orders-in-postgresql.md');
    expect(unescaped(hover)).toContain('one PostgreSQL database');
    expect(hover?.range).toEqual({ start: { line: 2, character: 3 }, end: { line: 2, character: 11 } });
  });

  it('says over a citation of a superseded record what replaced it', async () => {
    const hover = await hoverAt(shop.uri(OUTBOX_PATH), 4, 5);
    expect(words(hover)).toContain('`Superseded`');
    expect(unescaped(hover)).toMatch(/Superseded by .*Send events through NATS/);
  });

  it('hovers over governed code with the decision, its status and the reason', async () => {
    const hover = await hoverAt(shop.uri(OUTBOX_PATH), 3, 15);
    expect(unescaped(hover)).toContain('Keep orders in PostgreSQL');
    expect(words(hover)).toContain('`Accepted`');
    expect(unescaped(hover)).toMatch(/cited/);
    expect(words(hover).split('\n---\n').length).toBeLessThanOrEqual(4);
  });

  it('says nothing unasked over code whose file a decision names, and names the decision where somebody asks why', async () => {
    expect(await hoverAt(shop.uri(OUTBOX_PATH), 6, 15)).toBeNull();
    const answer = await client.connection.sendRequest<WhyResult>('lintel/why', { uri: shop.uri(OUTBOX_PATH), line: 6 });
    expect(answer.governing.map(({ id }) => id)).toContain('docs/adr/0003-send-events-through-nats.md');
  });

  it('stays quiet over blank space and over code that nothing governs', async () => {
    expect(await hoverAt(shop.uri(OUTBOX_PATH), 5, 0)).toBeNull();
    expect(await hoverAt(shop.uri('tools/paint.ts'), 0, 15)).toBeNull();
  });

  it('stays quiet in a file of no repository and in a document without a file', async () => {
    expect(await hoverAt('file:///nowhere/at/all.ts', 0, 0)).toBeNull();
    expect(await hoverAt('untitled:Untitled-1', 0, 0)).toBeNull();
    expect(await hoverAt('vscode-vfs://github/a/b.ts', 0, 0)).toBeNull();
  });

  it('uses the text of the editor, not of the disk', async () => {
    const uri = shop.uri('tools/paint.ts');
    client.open(uri, '// see ADR-0003\nexport const colour = 42;\n');
    expect(unescaped(await hoverAt(uri, 0, 8))).toContain('Send events through NATS');
    client.edit(uri, 2, 'export const colour = 42;\n');
    expect(await hoverAt(uri, 0, 8)).toBeNull();
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  });

  it('puts lenses on what is governed and none on others', async () => {
    const lensesOf = (path: string) =>
      client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: shop.uri(path) } });
    const lenses = await lensesOf(OUTBOX_PATH);
    expect(lenses.length).toBeGreaterThan(0);
    for (const { command } of lenses) {
      expect(command).toMatchObject({ command: 'lintel.showWhy', arguments: [{ uri: shop.uri(OUTBOX_PATH) }] });
      expect(command?.title).toMatch(/^Decision: \S|^\d decisions? governs? /);
    }
    expect(await lensesOf('tools/paint.ts')).toEqual([]);
  });

  it('says in a superseded record what replaces it, and in every record how often it is cited', async () => {
    const titlesOf = async (path: string) => {
      const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: shop.uri(path) } });
      return lenses.map(({ command }) => [command?.title, command?.arguments?.[0]?.uri]);
    };
    const kafka = 'docs/adr/0002-send-events-through-kafka.md';
    const nats = 'docs/adr/0003-send-events-through-nats.md';
    expect(await titlesOf(kafka)).toEqual([
      [expect.stringMatching(/^Superseded by .*Send events through NATS$/), shop.uri(nats)],
      [expect.stringMatching(/^Cited \w+/), shop.uri(kafka)],
    ]);
    expect(await titlesOf(nats)).toEqual([[expect.stringMatching(/^(?:Governs|Cited) /), shop.uri(nats)]]);
  });

  it('links every citation in code to its record', async () => {
    const links = await client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri: shop.uri(OUTBOX_PATH) },
    });
    expect(links.map(({ range, target }) => [range.start.line, target])).toEqual([
      [2, shop.uri('docs/adr/0001-keep-orders-in-postgresql.md')],
      [4, shop.uri('docs/adr/0002-send-events-through-kafka.md')],
    ]);
    expect(links[0]?.tooltip).toContain('Keep orders in PostgreSQL');
    expect(links[1]?.tooltip).toContain('superseded');
  });

  it('reports the problems of a record at their place, each with its rule explained', async () => {
    const report = await diagnosticsOf(shop.uri('docs/adr/0004-sort-the-shelves.md'));
    if (report.kind !== 'full') throw new Error('expected a full report');
    const status = report.items.find(({ code }) => code === 'unknown-status');
    const link = report.items.find(({ code }) => code === 'broken-link');
    expect(status?.range.start.line).toBe(6);
    expect(link?.range.start.line).toBe(14);
    const page = readFileSync(join(import.meta.dirname, '../../docs/rules.md'), 'utf8');
    for (const item of report.items as Diagnostic[]) {
      expect(page).toContain(`\n## ${item.code}\n`);
      expect(item.source).toBe('Lintel');
      expect(item.message).not.toBe('');
      expect(item.codeDescription?.href).toMatch(new RegExp(`^file:.*/(?:docs/rules\\.md#${item.code}|dist/rules/${item.code}\\.md)$`));
    }
  });

  it('answers "unchanged" to who knows the result, and with the editor\'s text when that changed', async () => {
    const uri = shop.uri('docs/adr/0004-sort-the-shelves.md');
    const first = await diagnosticsOf(uri);
    expect(first.resultId).toBeDefined();
    expect(await diagnosticsOf(uri, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    client.open(uri, '# 4. Sort the shelves\n\n## Status\n\nAccepted\n\n## Decision\n\nWe sort shelves.\n', 'markdown');
    const healthy = await diagnosticsOf(uri, first.resultId);
    expect(healthy).toMatchObject({ kind: 'full', items: [] });
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    expect(await diagnosticsOf(uri, healthy.resultId)).toMatchObject({ kind: 'full', resultId: first.resultId });
  });

  it('finds in code what it cites wrongly, and nothing elsewhere', async () => {
    expect(await diagnosticsOf(shop.uri(OUTBOX_PATH))).toMatchObject({ kind: 'full', items: [{ code: 'cites-superseded' }] });
    expect(await diagnosticsOf(shop.uri('tools/paint.ts'))).toMatchObject({ kind: 'full', items: [] });
  });

  it('reports the problems of the whole workspace, then only what changed, then what became healthy', async () => {
    const ask = (previousResultIds: readonly { uri: string; value: string }[]) =>
      client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { identifier: 'lintel', previousResultIds });
    const first = await ask([]);
    const broken = first.items.find(({ uri }) => uri === shop.uri('docs/adr/0004-sort-the-shelves.md'));
    expect(broken?.kind).toBe('full');
    const known = first.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
    for (const item of (await ask(known)).items) expect(item.kind).toBe('unchanged');
    const gone = shop.uri('docs/adr/0098-was-here.md');
    const later = await ask([...known, { uri: gone, value: 'old' }]);
    expect(later.items.find(({ uri }) => uri === gone)).toMatchObject({ kind: 'full', items: [] });
  });

  it('searches, with filters and limit', async () => {
    const { hits, index } = await search('publish events through NATS');
    expect(hits[0]).toMatchObject({
      id: 'docs/adr/0003-send-events-through-nats.md',
      kind: 'decision',
      status: 'accepted',
      uri: shop.uri('docs/adr/0003-send-events-through-nats.md'),
    });
    expect(hits[0]?.evidence.length).toBeGreaterThan(0);
    expect(index).toEqual({ sha: shop.git('rev-parse', 'HEAD'), behind: 0 });
    const commits = await search('Kafka', { kinds: ['commit'], limit: 1 });
    expect(commits.hits).toHaveLength(1);
    expect(commits.hits[0]).toMatchObject({ kind: 'commit' });
    expect(commits.hits[0]?.uri).toBeUndefined();
    const old = await search('events', { statuses: ['superseded'] });
    expect(old.hits.map(({ id }) => id)).toEqual(['docs/adr/0002-send-events-through-kafka.md']);
    expect(old.hits[0]?.supersededBy).toEqual(['docs/adr/0003-send-events-through-nats.md']);
  });

  it('answers a question with the lines of a record, which stand there word for word', async () => {
    const { repositories } = await client.connection.sendRequest<AskResult>('lintel/ask', {
      question: 'How are events sent between services?',
    });
    const answer = repositories[0]?.answer ?? expect.fail(JSON.stringify(repositories));
    expect(answer.verdict).not.toBe('not-recorded');
    expect(answer.searched.records).toBeGreaterThan(0);
    for (const { uri = '', path = '', text, startLine, endLine } of answer.spans.filter(({ kind }) => kind !== 'commit')) {
      expect(uri).toBe(shop.uri(path));
      expect(
        readFileSync(new URL(uri), 'utf8')
          .split('\n')
          .slice(startLine - 1, endLine)
          .join('\n'),
      ).toBe(text);
    }
    expect(answer.spans.map(({ title }) => title).join()).toContain('Send events through NATS');
  });

  it('says what is wrong with a search that it does not understand', async () => {
    await expect(search('x', { kinds: ['desision'] })).rejects.toThrow(/no kind "desision".*decision/);
    await expect(client.connection.sendRequest('lintel/search', {})).rejects.toThrow(/query/);
    await expect(client.connection.sendRequest('lintel/why', {})).rejects.toThrow(/uri/);
  });

  it('answers why for a place, and with nothing for a file of no repository', async () => {
    const answer = await client.connection.sendRequest<WhyResult>('lintel/why', { uri: shop.uri(OUTBOX_PATH), line: 6 });
    expect(answer.governing.map(({ id }) => id)).toContain('docs/adr/0003-send-events-through-nats.md');
    expect(answer.governing.every(({ evidence }) => evidence.some(({ kind }) => kind === 'cited' || kind === 'scoped'))).toBe(true);
    expect(answer.index.behind).toBe(0);
    expect(await client.connection.sendRequest('lintel/why', { uri: 'file:///nowhere.ts' })).toMatchObject({ governing: [], related: [] });
  });

  it('gives the text of a commit, and nothing for one that it does not know', async () => {
    const sha = shop.git('rev-parse', 'HEAD~1');
    const { text } = await client.connection.sendRequest<CommitResult>('lintel/commit', { sha });
    expect(text).toContain(`commit ${sha}`);
    expect(text).toContain('Author: Ada');
    expect(text).toContain('Replace Kafka by NATS\n\nRunning Kafka cost more than it carried.');
    expect(text).toContain('services/orders/src/outbox.ts');
    expect(text?.match(/Replace Kafka by NATS/g)).toHaveLength(1);
    expect(await client.connection.sendRequest('lintel/commit', { sha: 'f'.repeat(40) })).toEqual({});
  });

  it('brings the index up to date on request and reports what it did', async () => {
    const { repositories } = await client.connection.sendRequest<IndexResult>('lintel/index', {});
    expect(repositories).toHaveLength(1);
    expect(repositories[0]).toMatchObject({ root: shop.root, added: 0, removed: 0, cancelled: false });
    const full = await client.connection.sendRequest<IndexResult>('lintel/index', { full: true });
    expect(full.repositories[0]?.added).toBeGreaterThanOrEqual(8);
    expect(full.repositories[0]?.error).toBeUndefined();
  });

  it('makes a saved record searchable and asks the editor to refresh', async () => {
    const path = 'docs/adr/0005-paint-the-doors-turquoise.md';
    const text = '# 5. Paint the doors turquoise\n\n## Status\n\nAccepted\n\n## Decision\n\nAll doors of the warehouse are turquoise.\n';
    client.open(shop.uri(path), text, 'markdown');
    shop.write(path, text);
    const refreshes = client.asked.filter((method) => method === 'workspace/diagnostic/refresh').length;
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: shop.uri(path) } });
    await until(
      () => 'a request to refresh the diagnostics',
      () => client.asked.filter((method) => method === 'workspace/diagnostic/refresh').length > refreshes,
    );
    expect((await search('turquoise doors')).hits[0]?.id).toBe(path);
  });

  it('watches records, specifications, code and the history', async () => {
    const watched = client.registrations.find(({ method }) => method === 'workspace/didChangeWatchedFiles');
    const patterns = JSON.stringify(watched?.registerOptions);
    for (const part of ['md', 'rst', 'yaml', 'proto', 'feature', 'CODEOWNERS', 'tsx,', 'go.mod', '.git/{HEAD', '.git/refs/heads'])
      expect(patterns).toContain(part);
    expect(client.registrations.map(({ method }) => method)).toContain('workspace/didChangeConfiguration');
  });

  it('follows a file that another program wrote, and its deletion', async () => {
    const path = 'docs/adr/0006-use-magnets.md';
    shop.write(path, '# 6. Use magnets\n\n## Status\n\nAccepted\n\n## Decision\n\nPosters hang on neodymium magnets.\n');
    const tell = (type: 1 | 2 | 3) =>
      client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: shop.uri(path), type }] });
    const found = async () => (await search('neodymium magnets')).hits.some(({ id }) => id === path);
    await tell(1);
    for (let tries = 0; !(await found()) && tries < 200; tries++) await new Promise((done) => setTimeout(done, 50));
    expect(await found()).toBe(true);
    rmSync(`${shop.root}/${path}`);
    await tell(3);
    for (let tries = 0; (await found()) && tries < 200; tries++) await new Promise((done) => setTimeout(done, 50));
    expect(await found()).toBe(false);
  });

  it('follows a commit when HEAD or a branch moves', async () => {
    const sha = shop.commit('Describe the zeppelin hangar');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: shop.uri('.git/refs/heads/main'), type: 2 }],
    });
    await until(
      () => `a status at ${sha}`,
      () => client.statuses.at(-1)?.repositories[0]?.index.sha === sha,
    );
    expect((await search('zeppelin hangar', { kinds: ['commit'] })).hits[0]?.sha).toBe(sha);
  });

  it('lets every surface be switched off while it runs, and names a setting that it does not understand', async () => {
    client.configuration = {
      hover: { enabled: false },
      codeLens: { enabled: false },
      documentLinks: { enabled: false },
      diagnostics: { enabled: false },
      embedding: 7,
    };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await until(
      () => 'a complaint about lintel.embedding',
      () => client.logs.some(({ message }) => message.includes('lintel.embedding')),
    );
    const uri = shop.uri(OUTBOX_PATH);
    expect(await hoverAt(uri, 2, 5)).toBeNull();
    expect(await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } })).toEqual([]);
    expect(await client.connection.sendRequest('textDocument/documentLink', { textDocument: { uri } })).toEqual([]);
    expect(await diagnosticsOf(shop.uri('docs/adr/0004-sort-the-shelves.md'))).toMatchObject({ items: [] });
    client.configuration = null;
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    for (let tries = 0; (await hoverAt(uri, 2, 5)) === null && tries < 100; tries++) await new Promise((done) => setTimeout(done, 50));
    expect(await hoverAt(uri, 2, 5)).not.toBeNull();
  });
});
