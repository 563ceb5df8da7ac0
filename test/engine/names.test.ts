import { describe, expect, it } from 'vitest';
import type { Hit } from '../../server/model/answer.ts';
import type { Engine } from '../../server/model/engine.ts';
import { record, testEngine } from '../faults/support.ts';
import { testFolder } from '../support/folder.ts';
import { writeFiles } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';

const RELAY = 'export class OutboxRelay {\n  run(): void {}\n}\n';
const FILES = {
  'docs/adr/0001-relay.md': record(1, 'Relay events', 'The `OutboxRelay` sends the topic `orders.created`, named by `ORDER_TOPIC`.'),
  'docs/adr/0002-colours.md': record(2, 'Paint doors green', 'Doors are green.'),
  'src/relay.ts': RELAY,
  'src/other.ts': 'export const other = 1;\n',
};

/** Reasons by names that a record has at a place. */
const reasons = async (engine: Engine, path: string, text?: string): Promise<Record<string, string[]>> => {
  const { governing, related } = await engine.why({ path, line: 0, ...(text === undefined ? {} : { text }) });
  const named = (hit: Hit): string[] =>
    hit.evidence.flatMap((evidence) => (evidence.kind === 'scoped' ? [`${evidence.files}: ${evidence.explanation}`] : []));
  return Object.fromEntries([...governing, ...related].map((hit) => [hit.id, named(hit)] as const).filter(([, all]) => all.length > 0));
};

describe('names in code', () => {
  it('are reasons of a record, with the number of files that hold them', async () => {
    const { root } = testRepository(FILES);
    const engine = await testEngine(root);
    await engine.index();
    expect(await reasons(engine, 'src/relay.ts')).toEqual({ 'docs/adr/0001-relay.md': ['1: names `OutboxRelay`, declared on line 1'] });
    expect(await reasons(engine, 'src/other.ts')).toEqual({});
  });

  it('are those of the text in the editor, and of files that were saved since', async () => {
    const { root } = testRepository(FILES);
    const engine = await testEngine(root);
    await engine.index();
    expect(await reasons(engine, 'src/other.ts', "bus.publish('orders.created');\n")).toEqual({
      'docs/adr/0001-relay.md': ['1: names the topic `orders.created`, used on line 1'],
    });
    const users = Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`src/use${n}.ts`, 'new OutboxRelay();\n']));
    writeFiles(root, users);
    await engine.changed(Object.keys(users));
    expect(await reasons(engine, 'src/relay.ts')).toEqual({ 'docs/adr/0001-relay.md': ['7: names `OutboxRelay`, declared on line 1'] });
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`src/many${n}.ts`, 'new OutboxRelay();\n']));
    writeFiles(root, many);
    await engine.changed(Object.keys(many));
    expect(await reasons(engine, 'src/relay.ts')).toEqual({});
  });

  it('follow the record that names them', async () => {
    const { root } = testRepository(FILES);
    const engine = await testEngine(root);
    await engine.index();
    await reasons(engine, 'src/relay.ts');
    writeFiles(root, {
      'docs/adr/0001-relay.md': record(1, 'Relay events', 'Somebody sends them.'),
      'docs/adr/0002-colours.md': record(2, 'Paint doors green', 'Doors are green, says `OutboxRelay`.'),
    });
    await engine.changed(['docs/adr/0001-relay.md', 'docs/adr/0002-colours.md']);
    expect(await reasons(engine, 'src/relay.ts')).toEqual({ 'docs/adr/0002-colours.md': ['1: names `OutboxRelay`, declared on line 1'] });
  });

  it('are the same for two engines over one index', async () => {
    const { root } = testRepository(FILES);
    const indexFolder = testFolder('lintel-index');
    const [first, second] = [await testEngine(root, { indexFolder }), await testEngine(root, { indexFolder })];
    await first.index();
    expect(await reasons(second, 'src/relay.ts')).toEqual(await reasons(first, 'src/relay.ts'));
    writeFiles(root, { 'src/use.ts': 'new OutboxRelay();\n' });
    await first.changed(['src/use.ts']);
    expect(await reasons(second, 'src/relay.ts')).toEqual({ 'docs/adr/0001-relay.md': ['2: names `OutboxRelay`, declared on line 1'] });
  });
});

it('the engine tells the symbols of a file, as it is on disk or in the editor', async () => {
  const { root } = testRepository(FILES);
  const engine = await testEngine(root);
  const names = async (text?: string): Promise<string[]> =>
    (await engine.symbols({ path: 'src/relay.ts', ...(text === undefined ? {} : { text }) })).map(({ name }) => name);
  expect(await names()).toEqual(['OutboxRelay', 'run']);
  expect(await names('class Other {}')).toEqual(['Other']);
  expect(await names()).toEqual(['OutboxRelay', 'run']);
  expect(await engine.symbols({ path: 'src/gone.ts' })).toEqual([]);
  expect(await engine.symbols({ path: 'docs/adr/0001-relay.md' })).toEqual([]);
  expect(await engine.symbols({ path: '../outside.ts', text: 'class Outside {}' })).toEqual(
    await engine.symbols({ path: 'src/x.ts', text: 'class Outside {}' }),
  );
});
