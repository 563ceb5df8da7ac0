import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AuthoredResult,
  CITATION,
  DECISIONS,
  type DecisionsResult,
  FEEDBACK,
  type FeedbackResult,
  HISTORY,
  type HistoryResult,
  LINK_CODE,
  NEW_DECISION,
  SUPERSEDE,
  type WireAuthored,
} from '../../protocol/authoring.ts';
import { WHY, type WhyResult } from '../../protocol/index.ts';
import { FULL, type LspClient, startReady, until } from './client.ts';
import { OUTBOX, type SampleRepository, shopRepository, temporaryFolder } from './sample-repository.ts';

const CODE = 'services/orders/src/outbox.ts';
const PAINT = 'tools/paint.ts';
const POSTGRES = 'docs/adr/0001-keep-orders-in-postgresql.md';
const KAFKA = 'docs/adr/0002-send-events-through-kafka.md';
const NATS = 'docs/adr/0003-send-events-through-nats.md';
const DAY = '2026-11-21';

let shop: SampleRepository;
let client: LspClient;
const ask = <T>(method: string, params: object): Promise<T> => client.connection.sendRequest<T>(method, params);
const authored = async (method: string, params: object): Promise<WireAuthored> => {
  const answer = await ask<AuthoredResult>(method, params);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
};
const governing = async (path: string): Promise<(string | undefined)[]> =>
  (await ask<WhyResult>(WHY, { uri: shop.uri(path) })).governing.map((hit) => hit.path);

beforeAll(async () => {
  shop = shopRepository();
  client = await startReady({ folders: [shop.uri('')], capabilities: FULL, cache: temporaryFolder() });
});
afterAll(async () => {
  await client.stop();
  shop.remove();
});

describe('writing decisions over LSP', () => {
  it('lists the decisions of a repository, with their addresses', async () => {
    const { decisions } = await ask<DecisionsResult>(DECISIONS, { uri: shop.uri(CODE) });
    expect(decisions.map(({ path }) => path)).toEqual([POSTGRES, KAFKA, NATS, 'docs/adr/0004-sort-the-shelves.md']);
    expect(decisions[1]).toMatchObject({ uri: shop.uri(KAFKA), number: '2', title: 'Send events through Kafka', status: 'superseded' });
    expect((await ask<DecisionsResult>(DECISIONS, { uri: shop.uri('') })).decisions).toHaveLength(4);
  });

  it('answers a new decision as one file to create, with the words of its title selected; nothing is written', async () => {
    const { edits, uri, selection } = await authored(NEW_DECISION, { uri: shop.uri(CODE), title: 'Pack boxes', today: DAY });
    expect(uri).toBe(shop.uri('docs/adr/0005-pack-boxes.md'));
    expect(edits).toEqual([
      {
        uri,
        create: true,
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        text: '# 5. Pack boxes\n\nDate: 2026-11-21\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n',
      },
    ]);
    expect(selection).toEqual({ start: { line: 0, character: 5 }, end: { line: 0, character: 15 } });
    expect(existsSync(join(shop.root, 'docs/adr/0005-pack-boxes.md'))).toBe(false);
  });

  it('quotes the selected lines of the text that the editor has', async () => {
    client.open(shop.uri(CODE), `${OUTBOX}const unsaved = 1;\n`);
    const selection = { start: { line: 6, character: 4 }, end: { line: 8, character: 0 } };
    const { edits } = await authored(NEW_DECISION, { uri: shop.uri(CODE), title: 'Pack boxes', today: DAY, selection });
    expect(edits[0]?.text).toContain(
      `## Context\n\n\`${CODE}\`, lines 7 to 8:\n\n\`\`\`ts\nexport const relay = async () => pool.query('select * from outbox');\nconst unsaved = 1;\n\`\`\`\n`,
    );
  });

  it('begins with what is changed in the work tree', async () => {
    shop.write(PAINT, 'export const colour = 43;\n');
    const { edits } = await authored(NEW_DECISION, { uri: shop.uri(''), title: 'Pack boxes', today: DAY, fromChanges: true });
    expect(edits[0]?.text).toContain(`- \`${PAINT}\` (changed)\n`);
    shop.git('checkout', '--', PAINT);
  });

  it('answers a supersession as edits of both records, on the text that the editor has', async () => {
    const text = readFileSync(join(shop.root, POSTGRES), 'utf8');
    client.open(shop.uri(POSTGRES), `<!-- unsaved -->\n${text}`, 'markdown');
    const { edits, uri } = await authored(SUPERSEDE, {
      uri: shop.uri(POSTGRES),
      title: 'Keep orders in files',
      today: DAY,
      accept: true,
    });
    expect(edits.map((edit) => [edit.uri, edit.create])).toEqual([
      [uri, true],
      [shop.uri(POSTGRES), false],
    ]);
    const line = text.split('\n').indexOf('Accepted') + 1;
    expect(edits[1]).toMatchObject({
      range: { start: { line, character: 0 }, end: { line, character: 'Accepted'.length } },
      text: 'Superseded by [5. Keep orders in files](0005-keep-orders-in-files.md)',
    });
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: shop.uri(POSTGRES) } });
  });

  it('refuses in words, with the records that are meant', async () => {
    expect(await ask<AuthoredResult>(SUPERSEDE, { uri: shop.uri(KAFKA), title: 'Send pigeons', today: DAY })).toMatchObject({
      refused: expect.stringContaining('is already superseded'),
      candidates: [{ uri: shop.uri(NATS) }],
    });
    expect(await ask<AuthoredResult>(SUPERSEDE, { uri: shop.uri(CODE), title: 'x', today: DAY })).toEqual({
      refused: expect.stringContaining('No decision matches'),
    });
  });

  it('answers a link as a comment above the line, once', async () => {
    const params = { uri: shop.uri(PAINT), line: 0, decisionUri: shop.uri(NATS) };
    const { edits } = await authored(LINK_CODE, params);
    expect(edits).toEqual([
      {
        uri: shop.uri(PAINT),
        create: false,
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        text: `// See ${NATS}\n`,
      },
    ]);
    client.open(shop.uri(PAINT), `// See ${NATS}\nexport const colour = 42;\n`);
    expect((await authored(LINK_CODE, { ...params, line: 1 })).edits).toEqual([]);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: shop.uri(PAINT) } });
  });

  it('returns a citation in the form of this repository', async () => {
    expect(await ask(CITATION, { uri: shop.uri(NATS) })).toEqual({ text: 'ADR-0003' });
  });

  it('returns the history of a record with its chain', async () => {
    const answer = await ask<HistoryResult>(HISTORY, { uri: shop.uri(KAFKA) });
    expect(answer).toMatchObject({
      record: { title: 'Send events through Kafka' },
      events: [
        { kind: 'commit', subject: 'Keep orders in PostgreSQL', statusChanged: true, status: expect.stringContaining('Superseded by') },
        { kind: 'superseded-by', record: { uri: shop.uri(NATS) } },
      ],
    });
  });

  it.each([
    [NEW_DECISION, { title: 'x', today: DAY }, 'needs the "uri" of a file'],
    [NEW_DECISION, { uri: 'file:///elsewhere/a.ts', title: 'x', today: DAY }, 'not in an open repository'],
    [NEW_DECISION, { uri: 'SHOP', title: ' ', today: DAY }, 'needs "title"'],
    [NEW_DECISION, { uri: 'SHOP', title: 'x', today: 'now' }, 'needs "today" as a day'],
    [FEEDBACK, { uri: 'SHOP', decisionUri: 'SHOP', verdict: 'maybe', today: DAY }, 'needs "verdict"'],
    [DECISIONS, {}, 'needs the "uri" of a file'],
  ])('fails %s of %j with a sentence', async (method, params, sentence) => {
    const given = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, value === 'SHOP' ? shop.uri(CODE) : value]));
    await expect(ask(method, given)).rejects.toThrow(sentence);
  });
});

describe('feedback over LSP', () => {
  it('makes the record govern until it is revoked, and asks the client to refresh', async () => {
    expect(await governing(PAINT)).toEqual([]);
    const params = { uri: shop.uri(PAINT), decisionUri: shop.uri(NATS), today: DAY };
    const before = client.asked.length;
    expect(await ask<FeedbackResult>(FEEDBACK, { ...params, verdict: 'governs' })).toEqual({
      done: 'added',
      uri: shop.uri('.lintel/links.yaml'),
    });
    await until(
      () => 'a refresh',
      () => client.asked.slice(before).includes('workspace/codeLens/refresh'),
    );
    expect(await governing(PAINT)).toEqual([NATS]);
    expect(await ask<FeedbackResult>(FEEDBACK, { ...params, verdict: 'does-not-govern' })).toMatchObject({ done: 'replaced' });
    expect(await governing(PAINT)).toEqual([]);
  });

  it('is saved for several records in one edit, and for none where one of them cannot be found', async () => {
    const links = () => readFileSync(join(shop.root, '.lintel/links.yaml'), 'utf8');
    const before = links();
    const params = { uri: shop.uri(PAINT), verdict: 'governs', today: DAY };
    const refused = await ask<FeedbackResult>(FEEDBACK, { ...params, decisionUri: [shop.uri(NATS), shop.uri(CODE)] });
    expect(refused).toMatchObject({ refused: expect.stringContaining(CODE) });
    expect(links()).toBe(before);
    expect(await ask<FeedbackResult>(FEEDBACK, { ...params, decisionUri: [shop.uri(NATS), shop.uri(POSTGRES)] })).toEqual({
      done: 'replaced',
      uri: shop.uri('.lintel/links.yaml'),
    });
    expect((await governing(PAINT)).sort()).toEqual([POSTGRES, NATS]);
    await expect(ask(FEEDBACK, { ...params, decisionUri: [] })).rejects.toThrow(
      'needs "decisionUri", the URI of a record or a list of them',
    );
  });

  it('is read again when a person edits the file, and its faults are reported there', async () => {
    const uri = shop.uri('.lintel/links.yaml');
    shop.write(
      '.lintel/links.yaml',
      `links:\n  - decision: 3\n    code: ${PAINT}\n    verdict: governs\n  - decision: 99\n    code: x\n    verdict: governs\n`,
    );
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    expect(await governing(PAINT)).toEqual([NATS]);
    const report = (): Promise<{ items: { code?: string; message: string; range: { start: { line: number } } }[] }> =>
      client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    expect((await report()).items).toMatchObject([
      { code: 'link-unknown-decision', message: expect.stringContaining('No decision record matches "99"'), range: { start: { line: 4 } } },
    ]);
    client.open(uri, 'links:\n  - nonsense\n', 'yaml');
    expect((await report()).items).toMatchObject([{ code: 'link-invalid', range: { start: { line: 1 } } }]);
  });

  it('is about the symbol around a line', async () => {
    const answer = await ask<FeedbackResult>(FEEDBACK, {
      uri: shop.uri(CODE),
      line: 6,
      decisionUri: shop.uri(POSTGRES),
      verdict: 'does-not-govern',
      today: DAY,
    });
    expect(answer).toMatchObject({ done: 'added', symbol: 'relay' });
    const why = async (line: number): Promise<(string | undefined)[]> =>
      (await ask<WhyResult>(WHY, { uri: shop.uri(CODE), line })).governing.map((hit) => hit.path);
    expect(await why(6)).not.toContain(POSTGRES);
    expect(await why(3)).toContain(POSTGRES);
  });
});
