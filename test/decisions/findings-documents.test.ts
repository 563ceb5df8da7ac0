import { describe, expect, it } from 'vitest';
import { findingsOfAllDocuments, findingsOfDocument, findingsWithoutIndex } from '../../server/decisions/findings/index.ts';
import { readRecord } from '../../server/knowledge/records/record.ts';
import { contextFor, type Files, type Git, inRecords, madr, nygard } from './findings-support.ts';

const A = 'docs/adr/0001-kafka.md';
const B = 'docs/adr/0002-nats.md';

const messagesAt = async (files: Files, path: string, git: Git = {}): Promise<string[]> =>
  ((await inRecords(files, git)).get(path) ?? []).map(({ message }) => message);
const titlesAt = async (files: Files, path: string, git: Git = {}): Promise<string[]> =>
  ((await inRecords(files, git)).get(path) ?? []).flatMap(({ fixes = [] }) => fixes.map(({ title }) => title));
const read = (path: string, text: string) => readRecord({ path, text, sha: '' });

describe('the message of', () => {
  it('unknown-status quotes the status and lists those that are known', async () => {
    expect(await messagesAt({ [A]: nygard('1. Kafka', 'Wobbly') }, A)).toEqual([
      'Unknown status "Wobbly". Use proposed, accepted, rejected, deprecated, or "superseded by" with a link to the record.',
    ]);
  });

  it('broken-link says to update the path or remove the link, or which record is probably meant', async () => {
    const files = { [A]: nygard('1. Kafka', 'Accepted', '[a](gone.md) [b](0007-nats.md)'), [B]: nygard('2. NATS') };
    expect(await messagesAt(files, A)).toEqual([
      'This link points to docs/adr/gone.md, which does not exist. Update the path or remove the link.',
      'This link points to docs/adr/0007-nats.md, which does not exist. Did you mean docs/adr/0002-nats.md?',
    ]);
    expect(await titlesAt(files, A)).toEqual(['Update the path to 0002-nats.md']);
  });

  it('duplicate-number names up to five of the other records', async () => {
    const files = Object.fromEntries('abcdefgh'.split('').map((name) => [`docs/adr/0001-${name}.md`, nygard(`1. Thing ${name}`)]));
    const [message = ''] = await messagesAt(files, 'docs/adr/0001-h.md');
    expect(message).toBe(
      `Number 1 is also used by ${'abcde'
        .split('')
        .map((name) => `docs/adr/0001-${name}.md`)
        .join(', ')}, so references to it are ambiguous. Renumber one of the records.`,
    );
  });

  it('superseded-by-nothing says what is wrong with the successor', async () => {
    expect(await messagesAt({ [A]: nygard('1. Kafka', 'Superseded') }, A)).toEqual([
      'This record says that it was superseded, but not by which record. Write "Superseded by" and a link to the record.',
    ]);
    expect(await messagesAt({ [A]: nygard('1. Kafka', 'Superseded by ADR-0009') }, A)).toEqual([
      'This record says that it was superseded, but no record matches "ADR-0009". Link to the record that replaces this one.',
    ]);
  });

  it('scope-gone says to update the path, and where the file is now if git knows', async () => {
    const files = { [A]: madr('Kafka', 'accepted', 'applies-to:\n  - src/orders/outbox.ts\n'), 'src/orders/box.ts': '' };
    expect(await messagesAt(files, A)).toEqual([
      'This record applies to src/orders/outbox.ts, which does not exist. Update the path, or mark the record as no longer in force.',
    ]);
    const renamed = (path: string) => (path === 'src/orders/outbox.ts' ? 'src/orders/box.ts' : undefined);
    expect(await messagesAt(files, A, { renamed })).toEqual([
      'This record applies to src/orders/outbox.ts, which does not exist. It is now src/orders/box.ts. Update the path, or mark the record as no longer in force.',
    ]);
    expect(await titlesAt(files, A, { renamed })).toEqual(['Update the path to src/orders/box.ts']);
  });

  it('scope-gone about a path in the text says where it was moved', async () => {
    const files = { [A]: nygard('1. Kafka', 'Accepted', 'See `src/a.ts`.'), 'src/b.ts': '' };
    const renamed = (path: string) => (path === 'src/a.ts' ? 'src/b.ts' : undefined);
    expect(await messagesAt(files, A, { renamed })).toEqual(['src/a.ts was moved to src/b.ts.']);
    expect(await titlesAt(files, A, { renamed })).toEqual(['Update the path to src/b.ts']);
  });

  it('supersedes-without-back-link names the other record by its path if it has no number, and says if it has no status', async () => {
    const files = { 'docs/adr/kafka.md': '# Kafka\n\nWe use Kafka.\n', [B]: nygard('2. NATS', 'Accepted\n\nSupersedes [Kafka](kafka.md)') };
    expect(await messagesAt(files, B)).toEqual([
      'This record supersedes docs/adr/kafka.md, which has no status. Update the status of that record.',
    ]);
  });

  it('reversed-in-force quotes the sentence on one line, cut at 200 letters', async () => {
    const long = `We revoke ADR-0001, ${'because it was slow and\nnobody liked it, '.repeat(8)}as everybody knows.`;
    const [message = ''] = await messagesAt({ [A]: nygard('1. Kafka'), [B]: nygard('2. NATS', 'Accepted', long) }, A);
    const quote = /says: "(.*)" Mark this record as superseded\.$/.exec(message)?.[1] ?? '';
    expect(quote).toHaveLength(200);
    expect(quote.endsWith('…')).toBe(true);
    expect(message).not.toContain('\n');
  });

  it('a title says what a fix writes and where', async () => {
    expect(await titlesAt({ [A]: nygard('1. Kafka', 'Acceptd') }, A)).toEqual(['Change the status to Accepted']);
    expect(await titlesAt({ [A]: nygard('1. Kafka'), [B]: nygard('2. NATS', 'Accepted\n\nSupersedes [1](0001-kafka.md)') }, B)).toEqual([
      'Mark record 1 as superseded by record 2',
    ]);
  });
});

describe('a document as the editor has it', () => {
  const files = { [A]: nygard('1. Kafka'), [B]: nygard('2. NATS') };
  const check = async (path: string, text: string) =>
    (await findingsOfDocument(contextFor(files), read(path, text), text)).map(({ rule }) => rule);

  it('replaces the one of the index', async () => {
    expect(await check(B, nygard('2. NATS', 'Acceptd'))).toEqual(['unknown-status']);
    expect(await check(B, nygard('2. NATS', 'Accepted\n\nSupersedes [1](0001-kafka.md)'))).toEqual(['supersedes-without-back-link']);
    expect(await check(B, nygard('2. NATS'))).toEqual([]);
  });

  it('is checked against the others before it is indexed', async () => {
    expect(await check('docs/adr/0001-rabbit.md', nygard('1. Rabbit'))).toEqual(['duplicate-number']);
  });

  it('is what its fixes edit, not what is on disk', async () => {
    const text = `\n\n${nygard('1. Kafka', 'Acceptd')}`;
    const [finding] = await findingsOfDocument(contextFor(files), read(A, text), text);
    expect(finding?.fixes?.[0]?.edits).toEqual([
      { path: A, span: { start: { line: 8, character: 0 }, end: { line: 8, character: 7 } }, text: 'Accepted' },
    ]);
  });

  it('is found to be reversed by a record of the index, and reverses another only there', async () => {
    const reversing = { ...files, [B]: nygard('2. NATS', 'Accepted', 'We revoke ADR-0001.') };
    const text = nygard('1. Kafka', 'Accepted', 'We use Kafka more.');
    const found = await findingsOfDocument(contextFor(reversing), read(A, text), text);
    expect(found.map(({ rule }) => rule)).toEqual(['reversed-in-force']);
    const own = await findingsOfDocument(contextFor(files), read(B, reversing[B]), reversing[B]);
    expect(own.map(({ rule }) => rule)).toEqual([]);
  });

  it('that is empty has the finding of its reader, and no other', async () => {
    expect(await check(B, '')).toEqual(['empty-document']);
  });
});

describe('a document without an index', () => {
  const nothing = () => false;
  const rules = (text: string, exists: (path: string) => boolean = nothing) =>
    findingsWithoutIndex(read(A, text), text, exists).then((found) => found.map(({ rule, fixes }) => [rule, fixes]));

  it('has the findings that need no other document, without fixes', async () => {
    expect(await rules(nygard('1. Kafka', 'Acceptd', '[a](gone.md)'))).toEqual([
      ['broken-link', undefined],
      ['unknown-status', undefined],
    ]);
    expect(await rules(nygard('1. Kafka', 'Superseded'))).toEqual([['superseded-by-nothing', undefined]]);
  });

  it('has no broken link to a file that exists, under any spelling that a generator takes', async () => {
    for (const [target, file] of [
      ['guide.md', 'docs/adr/guide.md'],
      ['guide', 'docs/adr/guide.md'],
      ['guide.html', 'docs/adr/guide.md'],
      ['guide/', 'docs/adr/guide/README.md'],
      ['../guide.md#why', 'docs/guide.md'],
    ])
      expect([target, await rules(nygard('1. Kafka', 'Accepted', `[a](${target})`), (path) => path === file)]).toEqual([target, []]);
  });

  it('has no findings that need the scope, because nobody knows what was moved', async () => {
    expect(await rules(madr('Kafka', 'accepted', 'applies-to:\n  - src/gone/**\n'), (path) => path === 'src')).toEqual([]);
  });
});

describe('all documents', () => {
  it('are listed with findings in the order of their paths, readers first', async () => {
    const files = {
      [B]: nygard('2. NATS', 'Acceptd'),
      [A]: `---\ntags: [a\n---\n\n${nygard('1. Kafka', 'Accepted', '[a](gone.md)')}`,
      'docs/adr/0003-fine.md': nygard('3. Fine'),
    };
    const found = await findingsOfAllDocuments(contextFor(files));
    expect(found.map(({ document, findings }) => [document.path, findings.map(({ rule }) => rule)])).toEqual([
      [A, ['broken-front-matter', 'broken-link']],
      [B, ['unknown-status']],
    ]);
  });

  it('give the same findings twice, whichever is asked first', async () => {
    const files = { [A]: nygard('1. Kafka', 'Acceptd'), [B]: nygard('2. NATS', 'Accepted\n\nSupersedes [1](0001-kafka.md)') };
    const context = contextFor(files);
    const first = await findingsOfAllDocuments(context);
    for (const { document, findings } of first) {
      const path = document.path as keyof typeof files;
      expect(await findingsOfDocument(context, read(path, files[path]), files[path])).toEqual(findings);
    }
    expect(await findingsOfAllDocuments(context)).toEqual(first);
  });

  it('ask git once for each path that is gone', async () => {
    const asked: string[] = [];
    const existed = async (path: string): Promise<boolean> => {
      asked.push(path);
      return true;
    };
    const scope = madr('Kafka', 'accepted', 'applies-to:\n  - legacy/tax/**\n  - legacy/tax/*.ts\n');
    const context = contextFor({ [A]: scope, [B]: scope }, { existed });
    await findingsOfAllDocuments(context);
    await findingsOfAllDocuments(context);
    expect(asked).toEqual(['legacy/tax']);
  });
});
