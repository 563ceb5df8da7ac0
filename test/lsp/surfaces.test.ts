import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeLens, Hover, MarkupContent, Range } from 'vscode-languageserver/node';
import { materialise } from '../../kb-samples/materialise.mjs';
import type { ShowWhyArgument, WhyParams, WhyResult, WireHit } from '../../protocol/index.ts';
import { positionOf, wordsBetween } from '../support/text.ts';
import { FULL, type LspClient, PLAIN, startReady } from './client.ts';
import { temporaryFolder } from './sample-repository.ts';

const work = temporaryFolder();
const folder = join(work, 'shop');
const uri = (path: string): string => pathToFileURL(join(folder, path)).href;
const text = (path: string): string => readFileSync(join(folder, path), 'utf8');

/** The place of a text in a file of the sample, at its first character. */
const at = (path: string, words: string) => positionOf(text(path), words, path);

const OUTBOX = 'services/orders/src/events/outbox.ts';
const PAYMENTS = 'services/orders/src/clients/payments.ts';
const LEDGER = 'services/inventory/app/ledger.py';
const PICKUP = 'services/orders/src/pickup/pickup.ts';
const COMMANDS = { ...FULL, experimental: { commands: { commands: ['lintel.showWhy'] } } };

let client: LspClient;

beforeAll(async () => {
  await materialise(folder);
  client = await startReady({ folders: [pathToFileURL(folder).href], cache: join(work, 'cache'), capabilities: COMMANDS });
  for (const path of [OUTBOX, PAYMENTS, LEDGER, PICKUP]) client.open(uri(path), text(path));
});
afterAll(() => client.stop());

const hoverAt = (path: string, words: string, of: LspClient = client): Promise<Hover | null> =>
  of.connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri: uri(path) }, position: at(path, words) });
const markdownOf = (hover: Hover | null): string => (hover?.contents as MarkupContent | undefined)?.value ?? '';
const shown = (hover: Hover | null): string => markdownOf(hover).replace(/\\(?=[!-/:-@[-`{-~])/g, '');
const lensesOf = (path: string, of: LspClient = client): Promise<CodeLens[]> =>
  of.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: uri(path) } });
const titlesOf = (lenses: readonly CodeLens[]): string[] => lenses.map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);
const why = (params: WhyParams): Promise<WhyResult> => client.connection.sendRequest<WhyResult>('lintel/why', params);

/** The words at a range of a file of the sample. */
const cut = (path: string, range: Range): string => wordsBetween(text(path), range);

describe('the hover at a place of the sample shop', () => {
  it('is about the whole function over its name, and about the line elsewhere', async () => {
    const overName = await hoverAt(OUTBOX, 'appendEvent');
    expect(cut(OUTBOX, overName?.range as Range)).toMatch(/^(?:async )?function appendEvent[\s\S]*\}$/);
    const line = text(OUTBOX).split('\n')[at(OUTBOX, 'appendEvent').line + 1] ?? '';
    const inside = await hoverAt(OUTBOX, line.trim());
    expect(cut(OUTBOX, inside?.range as Range)).toBe(line.trim());
  });

  it('quotes what the record decides, verbatim, with a link to its line', async () => {
    const words = shown(await hoverAt(OUTBOX, 'appendEvent'));
    const source = /\[0014-transactional-outbox\.md:(\d+)\]\(<(file:[^>]+)#L(\d+)>\)/.exec(words);
    expect(source?.[1]).toBe(source?.[3]);
    expect(source?.[2]).toBe(uri('docs/decisions/0014-transactional-outbox.md'));
    const line = text('docs/decisions/0014-transactional-outbox.md').split('\n')[Number(source?.[1]) - 1] ?? '';
    const quote = /^> (.+)$/m.exec(words)?.[1] ?? '';
    expect(quote.length).toBeGreaterThan(40);
    expect(line).toContain(quote);
  });

  it('gives status, day and the reasons, names as code', async () => {
    const words = shown(await hoverAt(OUTBOX, 'appendEvent'));
    expect(words).toMatch(/^\*\*\[0014 Transactional outbox[^\]]*\]\(<[^>]+0014-transactional-outbox\.md>\)\*\* `Accepted` `2025-02-25`$/m);
    expect(words).toMatch(/^- cited on line \d+ as "ADR-0014"$/m);
    expect(words).toMatch(/^- .*names `appendEvent`/m);
    expect(words).not.toMatch(/similar/);
  });

  it('leads to Why this code only for clients that run the command', async () => {
    const place = at(OUTBOX, 'appendEvent').line;
    const link =
      /\[Why this code\]\(<command:lintel\.showWhy\?([^>]+)>\)/.exec(markdownOf(await hoverAt(OUTBOX, 'appendEvent')))?.[1] ?? '';
    const [argument] = JSON.parse(decodeURIComponent(link)) as ShowWhyArgument[];
    expect(argument?.uri).toBe(uri(OUTBOX));
    expect(argument?.line).toBe(place);
    expect(argument?.endLine).toBeGreaterThan(place);
    const other = await startReady({ folders: [pathToFileURL(folder).href], cache: join(work, 'cache'), capabilities: FULL });
    try {
      other.open(uri(OUTBOX), text(OUTBOX));
      const words = markdownOf(await hoverAt(OUTBOX, 'appendEvent', other));
      expect(words).toContain('Transactional outbox');
      expect(words).not.toContain('command:');
    } finally {
      await other.stop();
    }
  });

  it('is plain text for a client without Markdown', async () => {
    const plain = await startReady({ folders: [pathToFileURL(folder).href], cache: join(work, 'cache'), capabilities: PLAIN }, 1);
    try {
      plain.open(uri(OUTBOX), text(OUTBOX));
      const hover = await hoverAt(OUTBOX, 'appendEvent', plain);
      expect(hover?.contents).toMatchObject({ kind: 'plaintext' });
      expect(markdownOf(hover)).toMatch(/^0014 Transactional outbox[^\n]* \[Accepted, 2025-02-25\]\n {2}\S/);
      expect(markdownOf(hover)).toMatch(/\n- cited on line \d+/);
    } finally {
      await plain.stop();
    }
  });

  it('quotes the cited record of another language and format', async () => {
    const words = shown(await hoverAt(LEDGER, '0002_stock_as_ledger'));
    expect(words).toContain('> Every change of stock is a row in `inventory.movements`');
  });
});

describe('the lenses of a file of the sample shop', () => {
  it('are above the function that a decision governs by evidence in its own lines', async () => {
    const line = at(PAYMENTS, 'function paymentsClient').line;
    const lenses = await lensesOf(PAYMENTS);
    expect(titlesOf(lenses)).toEqual([`${line + 1} Decision: 0007 Idempotency keys for payments`]);
    const [argument] = (lenses[0]?.command?.arguments ?? []) as ShowWhyArgument[];
    expect(lenses[0]?.command?.command).toBe('lintel.showWhy');
    expect(argument).toMatchObject({ uri: uri(PAYMENTS), line });
    expect(argument?.endLine).toBe(text(PAYMENTS).trimEnd().split('\n').length - 1);
  });

  it('are one at the top when a record is about the whole file', async () => {
    expect(titlesOf(await lensesOf(LEDGER))).toEqual(['1 1 decision governs this file']);
  });

  it('follow the text of the editor: a function that moves keeps its lens, one that cites nothing has none', async () => {
    const path = 'services/orders/src/clients/moved.ts';
    const body = (comment: string): string => `export function pay(): string {\n  // ${comment}\n  return 'paid';\n}\n`;
    const free = `export function free(): string {\n  return 'nothing';\n}\n`;
    const ask = (): Promise<CodeLens[]> => client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: uri(path) } });
    client.open(uri(path), `${body('idempotency-keys-for-payments')}\n${free}`);
    expect(titlesOf(await ask())).toContain('1 Decision: 0007 Idempotency keys for payments');
    client.edit(uri(path), 2, `${free}\n${free.replaceAll('free', 'spare')}\n${body('idempotency-keys-for-payments')}`);
    const moved = titlesOf(await ask()).filter((title) => title.includes('Idempotency'));
    expect(moved).toEqual(['9 Decision: 0007 Idempotency keys for payments']);
    client.edit(uri(path), 3, `${free}\n${body('nothing to cite')}`);
    expect(titlesOf(await ask()).filter((title) => title.includes('Idempotency'))).toEqual([]);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } });
  });

  it('are as fine as the setting says, and gone with it', async () => {
    const path = 'services/orders/src/clients/members.ts';
    const source = `export class Payer {\n  start(): void {}\n\n  /** idempotency-keys-for-payments */\n  pay(): void {}\n}\n\nexport class Other {\n  stop(): void {}\n}\n`;
    client.open(uri(path), source);
    const ask = async (codeLens: unknown): Promise<string[]> => {
      client.configuration = { codeLens };
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      // The server asks for its settings before it answers what is sent after that.
      await client.connection.sendRequest('lintel/why', { uri: uri(path), line: 0 });
      return titlesOf(await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: uri(path) } }));
    };
    expect(await ask({ granularity: 'file' })).toEqual([expect.stringMatching(/^1 \d decisions? governs? this file$/)]);
    const top = await ask({ granularity: 'topLevel' });
    expect(top).toContain('1 Decision: 0007 Idempotency keys for payments');
    expect(top.some((title) => title.startsWith('5 '))).toBe(false);
    // What the class says already is not said again by its method.
    expect(await ask({ granularity: 'all' })).toEqual(top);
    expect(await ask({ enabled: false })).toEqual([]);
    expect((await ask({})).length).toBe(top.length);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } });
  });

  it('never name a record that is only similar, or not in force', async () => {
    for (const path of [OUTBOX, PAYMENTS, LEDGER, PICKUP]) {
      const titles = titlesOf(await lensesOf(path)).join('\n');
      expect(titles).not.toMatch(/Kafka|RabbitMQ|Readable order numbers|Edge caching/);
    }
  });
});

const of = (hits: readonly WireHit[], id: string): WireHit | undefined => hits.find((hit) => hit.id === id);

describe('Why this code in the sample shop', () => {
  it('considers all lines of a selection, not only the first', async () => {
    const { line } = at(PAYMENTS, 'export function paymentsClient');
    const one = await why({ uri: uri(PAYMENTS), line: 0 });
    const all = await why({ uri: uri(PAYMENTS), line, endLine: line + 14 });
    const explained = (answer: WhyResult): number =>
      answer.related.filter(({ kind, evidence }) => kind === 'commit' && evidence.some((each) => each.kind === 'explained-by')).length;
    expect(explained(all)).toBeGreaterThan(explained(one));
    expect(all.governing.map(({ id }) => id)).toContain('docs/decisions/0007-idempotency-keys-for-payments.md');
  });

  it('names what replaced a superseded record, with its place', async () => {
    const { related } = await why({ uri: uri('infra/terraform/events.tf'), line: 0 });
    const kafka = of(related, 'docs/decisions/0010-kafka-for-domain-events.md');
    expect(kafka?.status).toBe('superseded');
    expect(kafka?.successors).toEqual([
      {
        id: 'docs/decisions/0019-nats-jetstream-for-domain-events.md',
        number: '0019',
        title: 'NATS JetStream for domain events',
        uri: uri('docs/decisions/0019-nats-jetstream-for-domain-events.md'),
        status: 'accepted',
        span: expect.objectContaining({ start: expect.objectContaining({ line: 26 }) }),
      },
    ]);
    expect(related.filter(({ supersededBy }) => supersededBy.length === 0).every(({ successors }) => successors === undefined)).toBe(true);
  });

  it('says which commit is the reason', async () => {
    const { related } = await why({ uri: uri(PAYMENTS), line: at(PAYMENTS, 'idempotency').line });
    const history = related
      .flatMap(({ evidence }) => evidence)
      .filter((item) => item.kind === 'explained-by' || item.kind === 'changed-together');
    expect(history.length).toBeGreaterThan(0);
    for (const { sha } of history) expect(sha).toMatch(/^[0-9a-f]{40}$/);
  });

  it('puts the specification of the endpoint before those that are only similar, with the lines of both sides', async () => {
    const { line } = at(PAYMENTS, '/v1/payments');
    const { related } = await why({ uri: uri(PAYMENTS), line });
    const specifications = related.filter(({ kind }) => kind === 'specification');
    expect(specifications[0]?.id).toBe('contracts/openapi/payments.yaml');
    const [evidence] = specifications[0]?.evidence ?? [];
    expect(evidence?.kind).toBe('scoped');
    expect(cut(PAYMENTS, evidence?.codeSpan as Range)).toBe('/v1/payments');
    expect(cut('contracts/openapi/payments.yaml', evidence?.documentSpan as Range)).toMatch(/^post:/);
    for (const other of specifications.slice(1)) expect(other.evidence.map(({ kind }) => kind)).toEqual(['similar']);
  });
});
