import { describe, expect, it } from 'vitest';
import type { Hit } from '../../../server/model/answer.ts';
import { memoryRepository } from '../../support/why.ts';

/** A record in the usual form. */
const adr = (title: string, status: string, decision: string, front = ''): string =>
  `${front === '' ? '' : `---\n${front}\n---\n`}# ${title}\n\n## Status\n\n${status}\n\n## Decision\n\n${decision}\n`;

const OUTBOX = 'docs/adr/0001-outbox.md';
const QUEUE = 'docs/adr/0002-queue.md';
const CODE = 'src/outbox.ts';

const SOURCE = `import { db } from './db';

/** Written with the order: ADR-0001. */
export function appendEvent(event: string): void {
  db.insert(event);
}

export function relayEvents(): number {
  return 0;
}
`;
/** Lines of the two functions. */
const IN_APPEND = 4;
const IN_RELAY = 8;

const ids = (hits: readonly Hit[]): string[] => hits.map(({ id }) => id);

describe('a citation in a comment', () => {
  const files = { [OUTBOX]: adr('1. Outbox', 'Accepted', 'We write events into a table.'), [CODE]: SOURCE };

  it('makes the cited record govern the function that the comment documents', async () => {
    const { governing } = await (await memoryRepository(files)).why({ path: CODE, line: IN_APPEND });
    expect(ids(governing)).toEqual([OUTBOX]);
    expect(governing[0]?.evidence[0]).toMatchObject({ kind: 'cited', citation: 'ADR-0001', explanation: 'cited on line 3 as "ADR-0001"' });
  });

  it('does not make the record govern the next function', async () => {
    const { governing, related } = await (await memoryRepository(files)).why({ path: CODE, line: IN_RELAY });
    expect(governing).toEqual([]);
    expect(ids(related)).toEqual([OUTBOX]);
  });

  it('makes the record govern the file as a whole', async () => {
    const { governing } = await (await memoryRepository(files)).why({ path: CODE });
    expect(ids(governing)).toEqual([OUTBOX]);
  });

  it('quotes the sentence that decides, with its place in the record', async () => {
    const { governing } = await (await memoryRepository(files)).why({ path: CODE, line: IN_APPEND });
    expect(governing[0]?.snippet).toBe('We write events into a table.');
    expect(governing[0]?.span.start).toEqual({ line: 8, character: 0 });
  });

  it('says nothing at all of a file that cites no record and shares no word with one', async () => {
    const repository = await memoryRepository({ ...files, 'src/other.ts': 'export const unrelated = 1;\n' });
    expect(await repository.why({ path: 'src/other.ts', line: 0 })).toEqual({ governing: [], probable: [], related: [] });
  });
});

describe('a record that is not in force', () => {
  it.each(['Proposed', 'Rejected', 'Deprecated'])('never governs while its status is %s, although it is cited', async (status) => {
    const files = { [OUTBOX]: adr('1. Outbox', status, 'We write events into a table.'), [CODE]: SOURCE };
    const { governing, related } = await (await memoryRepository(files)).why({ path: CODE, line: IN_APPEND });
    expect(governing).toEqual([]);
    expect(ids(related)).toEqual([OUTBOX]);
  });

  it('passes its citation on to the record that replaced it', async () => {
    const files = {
      [OUTBOX]: adr('1. Outbox', 'Superseded by [2](0002-queue.md)', 'We write events into a table.'),
      [QUEUE]: adr('2. Queue', 'Accepted', 'We publish to a queue.\n\nSupersedes [1](0001-outbox.md).'),
      [CODE]: SOURCE,
    };
    const { governing, related } = await (await memoryRepository(files)).why({ path: CODE, line: IN_APPEND });
    expect(ids(governing)).toEqual([QUEUE]);
    expect(governing[0]?.evidence[0]?.explanation).toBe('replaces "Outbox", which is cited on line 3 as "ADR-0001"');
    expect(related.find(({ id }) => id === OUTBOX)?.supersededBy).toEqual([QUEUE]);
  });

  it('passes nothing on to a successor that is only proposed', async () => {
    const files = {
      [OUTBOX]: adr('1. Outbox', 'Superseded by [2](0002-queue.md)', 'We write events into a table.'),
      [QUEUE]: adr('2. Queue', 'Proposed', 'We publish to a queue.'),
      [CODE]: SOURCE,
    };
    expect((await (await memoryRepository(files)).why({ path: CODE, line: IN_APPEND })).governing).toEqual([]);
  });
});

describe('the front matter of a record', () => {
  const applies = (pattern: string) => adr('1. Outbox', 'Accepted', 'We write events.', `applies-to:\n  - ${pattern}`);
  const plain = 'export const a = 1;\nexport const b = 2;\n';

  it.each([
    ['src/**', true],
    ['src/outbox.ts', true],
    ['*.ts', true],
    ['/src', true],
    ['lib/**', false],
    ['src/*.js', false],
    ['**', false],
    ['*', false],
  ])('with applies-to %s governs src/outbox.ts: %s', async (pattern, expected) => {
    const repository = await memoryRepository({ [OUTBOX]: applies(`'${pattern}'`), [CODE]: plain });
    const { governing } = await repository.why({ path: CODE, line: 1 });
    expect(ids(governing)).toEqual(expected ? [OUTBOX] : []);
  });
});

describe('what people said in .lintel/links.yaml', () => {
  const link = (verdict: string, more = '') =>
    `links:\n  - decision: ${OUTBOX}\n    code: ${CODE}\n    verdict: ${verdict}\n    date: 2026-01-01\n${more}`;
  const record = adr('1. Outbox', 'Accepted', 'We write events into a table.');

  it('makes a record govern with certainty', async () => {
    const repository = await memoryRepository({ [OUTBOX]: record, [CODE]: 'const a = 1;\n', '.lintel/links.yaml': link('governs') });
    const { governing } = await repository.why({ path: CODE, line: 0 });
    expect(governing.map(({ id, confidence }) => [id, confidence])).toEqual([[OUTBOX, 1]]);
    expect(governing[0]?.evidence[0]?.kind).toBe('declared');
  });

  it('takes away what a citation says', async () => {
    const repository = await memoryRepository({ [OUTBOX]: record, [CODE]: SOURCE, '.lintel/links.yaml': link('does-not-govern') });
    const { governing } = await repository.why({ path: CODE, line: IN_APPEND });
    expect(governing).toEqual([]);
  });

  it('holds for one function when the link names it', async () => {
    const links = link('governs', '    symbol: relayEvents\n');
    const repository = await memoryRepository({ [OUTBOX]: record, [CODE]: SOURCE.replace('ADR-0001', 'x'), '.lintel/links.yaml': links });
    expect(ids((await repository.why({ path: CODE, line: IN_RELAY })).governing)).toEqual([OUTBOX]);
    expect(ids((await repository.why({ path: CODE, line: IN_APPEND })).governing)).toEqual([]);
  });
});

describe('related records', () => {
  const many = Object.fromEntries(
    Array.from({ length: 12 }, (_, n) => [`docs/adr/00${n + 10}-cited.md`, adr(`${n + 10}. Cited`, 'Proposed', 'We do it.')]),
  );
  const citing = Array.from({ length: 12 }, (_, n) => `// ADR-00${n + 10}`).join('\n'.repeat(5));

  it('are at most eight, unless the caller asks for more', async () => {
    const repository = await memoryRepository({ ...many, 'src/x.ts': citing });
    expect((await repository.why({ path: 'src/x.ts', line: 0 })).related).toHaveLength(8);
    expect((await repository.why({ path: 'src/x.ts', line: 0 }, 100)).related).toHaveLength(12);
    expect((await repository.why({ path: 'src/x.ts', line: 0 }, 3)).related).toHaveLength(3);
  });

  it('come in the same order whatever the order of the files', async () => {
    const forwards = await memoryRepository({ ...many, 'src/x.ts': citing });
    const backwards = await memoryRepository({ 'src/x.ts': citing, ...Object.fromEntries(Object.entries(many).reverse()) });
    const place = { path: 'src/x.ts', line: 5 };
    expect(await backwards.why(place)).toEqual(await forwards.why(place));
  });

  it('never include the record whose own file is asked about', async () => {
    const files = {
      [OUTBOX]: adr('1. Outbox', 'Accepted', 'See ADR-0001 and ADR-0002.'),
      [QUEUE]: adr('2. Queue', 'Accepted', 'We queue.'),
    };
    const { governing, related } = await (await memoryRepository(files)).why({ path: OUTBOX, line: 8 }, 10);
    expect([...ids(governing), ...ids(related)]).not.toContain(OUTBOX);
  });
});

describe('commits that wrote a record and a file together', () => {
  const files = { [OUTBOX]: adr('1. Outbox', 'Accepted', 'We write events.'), [CODE]: 'export const a = 1;\n' };

  it('are evidence for the record, but too little to govern', async () => {
    const repository = await memoryRepository(files, [{ message: 'Write events into a table', paths: [OUTBOX, CODE] }]);
    const { governing, related } = await repository.why({ path: CODE, line: 0 });
    expect(governing).toEqual([]);
    expect(related[0]?.evidence.find(({ kind }) => kind === 'changed-together')?.explanation).toMatch(/^written together in commit /);
  });

  it('count when they cite the record without changing it', async () => {
    const repository = await memoryRepository(files, [{ message: 'Use the outbox\n\nADR-0001', paths: [CODE] }]);
    const { related } = await repository.why({ path: CODE, line: 0 });
    expect(related[0]?.evidence.find(({ kind }) => kind === 'changed-together')?.explanation).toMatch(/^cited by commit /);
  });

  it('say nothing when they changed more than 80 files', async () => {
    const mass = Array.from({ length: 100 }, (_, n) => `gen/${n}.ts`);
    const repository = await memoryRepository(files, [{ message: 'Reformat', paths: [OUTBOX, CODE, ...mass] }]);
    const { related } = await repository.why({ path: CODE, line: 0 }, 10);
    expect(related.flatMap(({ evidence }) => evidence).filter(({ kind }) => kind === 'changed-together')).toEqual([]);
  });
});

describe('a record', () => {
  const files = {
    [OUTBOX]: adr('1. Outbox', 'Accepted', 'We write events into a table.'),
    [QUEUE]: adr('2. Queue', 'Accepted', 'We publish events to a queue, from the table of ADR-0001, see `src/outbox.ts`.'),
    [CODE]: SOURCE,
  };

  it('is not governed by the record that it cites, which is related', async () => {
    const { governing, probable, related } = await (await memoryRepository(files)).why({ path: QUEUE, line: 8 });
    expect({ governing, probable }).toEqual({ governing: [], probable: [] });
    expect(ids(related)).toContain(OUTBOX);
  });

  it('is governed by a record whose front matter applies to the folder of records', async () => {
    const RECORDS = 'docs/adr/0003-records.md';
    const repository = await memoryRepository({
      ...files,
      [RECORDS]: adr('3. Write records', 'Accepted', 'We write records.', 'applies-to: docs/adr/0002-*.md'),
    });
    expect(ids((await repository.why({ path: QUEUE, line: 8 })).governing)).toEqual([RECORDS]);
  });
});

describe('many records', () => {
  const COUNT = 400;
  const FILES = 60;
  const code = (at: number): string => `src/part${at}.ts`;
  const files: Record<string, string> = {};
  for (let at = 0; at < FILES; at++) files[code(at)] = `export function part${at}(): number {\n  return ${at};\n}\n`;
  for (let at = 1; at <= COUNT; at++) {
    const number = String(at).padStart(4, '0');
    files[`docs/adr/${number}-topic.md`] = adr(`${at}. Topic ${at}`, 'Accepted', `Topic number ${at} is settled in its own way.`);
  }
  const INVENTORY = 'docs/adr/0401-inventory.md';
  files[INVENTORY] = adr('401. Inventory', 'Accepted', Array.from({ length: FILES }, (_, at) => `- \`${code(at)}\` is a part.`).join('\n'));
  files['docs/adr/0402-part.md'] = adr('402. The seventh part', 'Accepted', 'The seventh part lives in `src/part7.ts`.');

  it('of which one names every path say nothing unasked of a file that only that one names', async () => {
    const repository = await memoryRepository(files);
    for (const at of [0, 33, 59]) {
      const { governing, probable, related } = await repository.why({ path: code(at), line: 1 });
      expect({ governing: ids(governing), probable: ids(probable) }).toEqual({ governing: [], probable: [] });
      expect(related.length).toBeLessThanOrEqual(8);
    }
    const { governing, probable } = await repository.why({ path: code(7), line: 1 });
    expect([...ids(governing), ...ids(probable)]).toEqual(['docs/adr/0402-part.md']);
  });
});
