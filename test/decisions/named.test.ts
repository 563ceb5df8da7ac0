import { describe, expect, it, test } from 'vitest';
import { nameForm } from '../../server/code/name-forms.ts';
import { nameHash as hashOf } from '../../server/code/names.ts';
import { placeNames } from '../../server/code/place-names.ts';
import { SourceFile } from '../../server/code/source-file.ts';
import { symbolsOf } from '../../server/code/symbols.ts';
import { nameEvidence, symbolWeights } from '../../server/decisions/governing/named.ts';
import type { ScopedEvidence } from '../../server/model/evidence.ts';
import { codeNamesOf, NameIndex, spanOfName } from '../../server/register/code-names.ts';
import type { IndexedDocument } from '../../server/retrieval/document-index.ts';
import type { MutableSourceIndex } from '../../server/retrieval/source-index.ts';
import { indexedRecord, sourceIndexOf } from '../support/register.ts';

const adr = (text: string, path = 'docs/adr/0001-x.md'): IndexedDocument => indexedRecord(path, `# 1. Decide\n\n## Decision\n\n${text}\n`);
const namesOf = (text: string): string[] => codeNamesOf(adr(text)).map(({ name }) => name);

const bookOf = (...documents: IndexedDocument[]): NameIndex => {
  const book = new NameIndex();
  book.update(documents);
  return book;
};

/** Evidence at a place, by record. */
const evidenceAt = async (
  book: NameIndex,
  code: MutableSourceIndex,
  path: string,
  text: string,
  line?: number,
): Promise<Map<string, ScopedEvidence[]>> =>
  nameEvidence(
    book,
    code,
    placeNames({ path, ...(line === undefined ? {} : { line }) }, new SourceFile(path, text), await symbolsOf(path, text)),
  );

const ID = 'docs/adr/0001-x.md';
const shown = (found: Map<string, ScopedEvidence[]>, id = ID): string[] =>
  (found.get(id) ?? []).map(({ weight, explanation }) => `${weight} ${explanation}`);

describe('the names of code in a record', () => {
  test.each([
    ['We use the OutboxRelay.', ['OutboxRelay']],
    ['Set `relay` and set it well.', ['relay']],
    ['Call `relay.publish_all(batch)` or `OutboxRelay.run()`.', ['relay.publish_all', 'publish_all', 'OutboxRelay.run', 'OutboxRelay']],
    ['`POST /orders/{id}` answers.', ['/orders/{id}']],
    ['The topic `orders.created` and the queue `order-events`.', ['orders.created', 'order-events']],
    ['The package `@shop/orders`.', ['@shop/orders']],
    ['ORDER_TOPIC is read at the start.', ['ORDER_TOPIC']],
    ['``Relay``', ['Relay']],
    ['Plain English, with JavaScript, PostgreSQL and HTTP.', []],
    ['`true`, `null`, `string`, `if`, `x`', []],
    ['[text](https://example.org/SomeThing) and https://example.org/OtherThing?a=b_c and mail@some_host.org', []],
    ['src/outboxRelay.ts is no identifier of its own', []],
  ])('%s', (text, expected) => {
    expect(namesOf(text).sort()).toEqual([...expected].sort());
  });

  it('have the place of their first use, and count as code where any use is in a code span', () => {
    const text = '# 1. Decide\n\n## Context\n\nThe OutboxRelay is\n  `OutboxRelay`.\n';
    const [name] = codeNamesOf(indexedRecord(ID, text));
    expect(name).toMatchObject({ name: 'OutboxRelay', code: true, literal: false });
    const { start, end } = spanOfName(name as NonNullable<typeof name>);
    expect(text.split('\n')[start.line]?.slice(start.character, end.character)).toBe('OutboxRelay');
    expect(start.line).toBe(4);
  });

  it('end at 2,000, whatever a record lists', () => {
    expect(namesOf(Array.from({ length: 5_000 }, (_, n) => `\`src/module${n}/file.ts\``).join('\n'))).toHaveLength(2_000);
  });

  it('are found in a line of a megabyte without harm', () => {
    expect(namesOf('`a'.repeat(500_000)).length).toBeLessThan(2_001);
  });
});

describe('evidence by names', () => {
  const book = bookOf(
    adr('The `OutboxRelay` sends `orders.created` with ORDER_TOPIC to `POST /orders/{id}` from `outbox_events`, by `@shop/bus`.'),
  );
  const relay = 'export class OutboxRelay {\n  run() {}\n}\n';
  const code = sourceIndexOf({ 'src/relay.ts': relay, 'src/a.ts': 'OutboxRelay' });

  it('says where a symbol is declared, on both sides', async () => {
    const [evidence] = (await evidenceAt(book, code, 'src/run.ts', relay, 0)).get(ID) ?? [];
    expect(evidence).toEqual({
      kind: 'scoped',
      form: 'symbol',
      names: 'OutboxRelay',
      files: 2,
      weight: 0.8,
      codeSpan: { start: { line: 0, character: 13 }, end: { line: 0, character: 24 } },
      documentSpan: { start: { line: 4, character: 5 }, end: { line: 4, character: 16 } },
      explanation: 'names `OutboxRelay`, declared on line 1',
    });
  });

  test.each([
    ['src/a.ts', 'new OutboxRelay();', '0.45 names `OutboxRelay`, used on line 1'],
    ['src/a.ts', "bus.publish('orders.created');", '0.45 names the topic `orders.created`, used on line 1'],
    ['src/a.ts', 'const topic = process.env.ORDER_TOPIC;', '0.45 names the environment variable `ORDER_TOPIC`, used on line 1'],
    ['a.py', 'os.environ["ORDER_TOPIC"]', '0.45 names the environment variable `ORDER_TOPIC`, used on line 1'],
    ['deploy.sh', 'echo "$ORDER_TOPIC"', '0.45 names the environment variable `ORDER_TOPIC`, used on line 1'],
    ['docker-compose.yml', '  ORDER_TOPIC: x', '0.45 names the environment variable `ORDER_TOPIC`, used on line 1'],
    ['a.go', 'mux.HandleFunc("POST /orders/{order}", h)', '0.45 names the endpoint `/orders/{id}`, used on line 1'],
    ['m.sql', 'create table if not exists outbox_events (id int);', '0.45 names the table `outbox_events`, used on line 1'],
    ['a.rb', 'create_table :outbox_events do |t|', '0.45 names the table `outbox_events`, used on line 1'],
    ['A.java', '@Table(name = "outbox_events") class A {}', '0.45 names the table `outbox_events`, used on line 1'],
    ['src/a.ts', "import { Bus } from '@shop/bus';", '0.27 names the dependency `@shop/bus`, used on line 1'],
    ['package.json', '{ "dependencies": { "@shop/bus": "1.0.0" } }', '0.27 names the dependency `@shop/bus`, used on line 1'],
    ['k8s.yaml', 'topic: orders.created', '0.45 names the topic `orders.created`, used on line 1'],
  ])('in %s, %s: %s', async (path, text, expected) => {
    expect(shown(await evidenceAt(book, code, path, text, 0))).toEqual([expected]);
  });

  it('is less for a name far from the line, and knows the class around it', async () => {
    const far = `${relay}${'\n'.repeat(100)}const x = 1;\n`;
    expect(shown(await evidenceAt(book, code, 'src/run.ts', far, 103))).toEqual(['0.4 names `OutboxRelay`, declared on line 1']);
    const inside = `class OutboxRelay {\n${'\n'.repeat(100)}  run() {}\n}\n`;
    expect(shown(await evidenceAt(book, code, 'src/run.ts', inside, 101))).toEqual(['0.8 names `OutboxRelay`, declared on line 1']);
    expect(shown(await evidenceAt(book, code, 'src/run.ts', far))).toEqual(['0.8 names `OutboxRelay`, declared on line 1']);
  });

  it('is as strong for a file that is called as the record names it', async () => {
    expect(shown(await evidenceAt(book, code, 'src/outbox-relay.ts', 'new OutboxRelay();', 0))).toEqual([
      '0.8 names `OutboxRelay`, as this file is called',
    ]);
  });

  it('is less for a plain word, although in a code span', async () => {
    const plain = bookOf(adr('The `orders` are many.'));
    expect(shown(await evidenceAt(plain, code, 'src/a.ts', 'const list = orders;', 0))).toEqual(['0.27 names `orders`, used on line 1']);
  });

  test.each([
    [5, '0.8 ', '0.45'],
    [10, '0.6 ', '0.38'],
    [25, '0.3 ', '0.19'],
    [39, '0.02', '0.01'],
    [40, undefined, undefined],
    [41, undefined, undefined],
  ])('of a name of %d files is, declared %s, used %s', async (files, declared, used) => {
    const many = sourceIndexOf(Object.fromEntries(Array.from({ length: files }, (_, n) => [`src/f${n}.ts`, 'OutboxRelay'])));
    expect(shown(await evidenceAt(book, many, 'src/run.ts', relay, 0))[0]?.slice(0, 4)).toBe(declared);
    expect(shown(await evidenceAt(book, many, 'src/run.ts', 'new OutboxRelay()', 0))[0]?.slice(0, 4)).toBe(used);
  });

  it('names the three strongest names of a record, ties by name', async () => {
    const many = bookOf(adr('`zetaName` `alphaName` `betaName` `gammaName`'));
    const found = await evidenceAt(many, code, 'src/a.ts', 'zetaName alphaName betaName gammaName', 0);
    expect(found.get(ID)?.map(({ names }) => names)).toEqual(['alphaName', 'betaName', 'gammaName']);
  });

  it('is none without shared names, in an empty file and for an empty book', async () => {
    expect(await evidenceAt(book, code, 'src/a.ts', 'const other = 1;', 0)).toEqual(new Map());
    expect(await evidenceAt(book, code, 'src/a.ts', '', 0)).toEqual(new Map());
    expect(await evidenceAt(bookOf(), code, 'src/a.ts', relay, 0)).toEqual(new Map());
  });
});

describe('the weight of the names of a window', () => {
  const first = adr('`OutboxRelay` and `ORDER_TOPIC`', 'docs/adr/0001-a.md');
  const second = adr('the OutboxRelay', 'docs/adr/0002-b.md');
  const code = sourceIndexOf(
    Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`f${n}.ts`, n < 4 ? 'OutboxRelay common' : 'common'])),
  );

  it('is the sum of how rare each name is in code and among records, half as much again in a code span', () => {
    const place = placeNames({ path: 'x.ts', line: 0 }, new SourceFile('x.ts', 'OutboxRelay OutboxRelay unknown'), []);
    const weights = symbolWeights(bookOf(first, second), code, place);
    const rare = Math.log(1 + 20 / 4) / Math.log(21);
    const special = Math.log(1 + 2 / 2) / Math.log(3);
    expect(weights.get('docs/adr/0001-a.md')).toBeCloseTo(1.5 * rare * special, 10);
    expect(weights.get('docs/adr/0002-b.md')).toBeCloseTo(rare * special, 10);
  });

  it('counts only the 40 lines around the place', () => {
    const text = `OutboxRelay\n${'\n'.repeat(200)}`;
    expect(symbolWeights(bookOf(first), code, placeNames({ path: 'x.ts', line: 150 }, new SourceFile('x.ts', text), []))).toEqual(
      new Map(),
    );
    expect(symbolWeights(bookOf(first), code, placeNames({ path: 'x.ts', line: 10 }, new SourceFile('x.ts', text), [])).size).toBe(1);
    expect(symbolWeights(bookOf(first), code, placeNames({ path: 'x.ts' }, new SourceFile('x.ts', text), [])).size).toBe(1);
  });
});

describe('the book of names', () => {
  it('follows records that come, change and go', () => {
    const [a, b] = [adr('`OutboxRelay`', 'docs/adr/a.md'), adr('`OutboxRelay` `orderTopic`', 'docs/adr/b.md')];
    const book = bookOf(b, a);
    const who = (name: string): string[] => book.named(hashOf(name)).map(({ id }) => id);
    expect(who('OutboxRelay')).toEqual(['docs/adr/a.md', 'docs/adr/b.md']);
    const changed = adr('`orderTopic`', 'docs/adr/a.md');
    book.update([changed, b]);
    expect(who('OutboxRelay')).toEqual(['docs/adr/b.md']);
    expect(who('orderTopic')).toEqual(['docs/adr/a.md', 'docs/adr/b.md']);
    book.update([changed]);
    expect(who('OutboxRelay')).toEqual([]);
    expect(book.size).toBe(1);
  });

  it('holds 5,000 records, and one more is one more', () => {
    const documents = Array.from({ length: 5_000 }, (_, n) =>
      adr(`The \`Service${n}Relay\` and \`Service${n % 50}Port\` use \`topic.${n}\`.`, `docs/adr/${String(n).padStart(4, '0')}.md`),
    );
    const book = bookOf(...documents);
    expect(book.named(hashOf('Service7Port'))).toHaveLength(100);
    const added = adr('`Service7Port`', 'docs/adr/9999.md');
    book.update([...documents, added]);
    expect(book.named(hashOf('Service7Port')).at(-1)?.id).toBe('docs/adr/9999.md');
  });
});

describe('what a name is', () => {
  test.each([
    ['orders.created', 'const a = "orders.created"', 'a.ts', 'topic'],
    ['config.yaml', 'load("config.yaml")', 'a.ts', 'symbol'],
    ['order-events', 'channel.assertQueue("order-events")', 'a.ts', 'topic'],
    ['blue-green', 'x = "blue-green"', 'a.ts', 'symbol'],
    ['OrderCreated', 'emit("OrderCreated")', 'a.ts', 'topic'],
    ['OrderCreated', 'class OrderCreated {}', 'a.ts', 'symbol'],
    ['MAX_SIZE', 'const MAX_SIZE = 1', 'a.ts', 'symbol'],
    ['orders', 'SELECT * FROM orders', 'a.py', 'table'],
    ['orders', 'import orders from "./orders"', 'a.ts', 'symbol'],
    ['left-pad', '  "left-pad": "1.0.0"', 'package.json', 'dependency'],
    ['/orders', 'app.get("/orders")', 'a.ts', 'endpoint'],
  ])('%s in %s (%s) is a %s', (name, line, path, form) => {
    expect(nameForm(name, line, line.indexOf(name), path)).toBe(form);
  });
});
