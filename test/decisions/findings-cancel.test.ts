import { describe, expect, it } from 'vitest';
import { CHECKED_BYTES, findingsOfAllCode, findingsOfAllDocuments, findingsOfCode } from '../../server/decisions/findings/index.ts';
import { turnTaker } from '../../server/text/yielding.ts';
import { sourceIndexOf } from '../support/register.ts';
import { contextFor, type Files, nygard } from './findings-support.ts';

const OLD = 'docs/adr/0001-kafka-for-events.md';
const RECORDS: Files = {
  [OLD]: nygard('1. Kafka for events', 'Superseded by [2](0002-nats-for-events.md)'),
  'docs/adr/0002-nats-for-events.md': nygard('2. NATS for events'),
  'docs/adr/0003-retries.md': nygard('3. Retries'),
};
const CODE: Files = Object.fromEntries(
  Array.from({ length: 20 }, (_, at) => [`src/file${String(at).padStart(2, '0')}.ts`, '// ADR-0001\n']),
);
const REASON = new Error('The editor asks no more.');

/** Reads the files from memory and notes which; `also` runs at every read. */
const recorder = (files: Files, read: string[], also: () => unknown = () => undefined) => ({
  read: async (path: string) => {
    read.push(path);
    also();
    return files[path];
  },
});

describe('the findings of all code', () => {
  it('stop at the file during which they are cancelled, and reject with the reason of the signal', async () => {
    const controller = new AbortController();
    const read: string[] = [];
    const context = contextFor(
      { ...RECORDS, ...CODE },
      recorder(CODE, read, () => read.length === 3 && controller.abort(REASON)),
    );
    await expect(findingsOfAllCode(context, sourceIndexOf(CODE), controller.signal)).rejects.toBe(REASON);
    expect(read).toEqual(['src/file00.ts', 'src/file01.ts', 'src/file02.ts']);
  });

  it('that were cancelled continue from what was already checked', async () => {
    let controller = new AbortController();
    const read: string[] = [];
    const context = contextFor(
      { ...RECORDS, ...CODE },
      recorder(CODE, read, () => read.length === 5 && controller.abort(REASON)),
    );
    const sources = sourceIndexOf(CODE);
    await expect(findingsOfAllCode(context, sources, controller.signal)).rejects.toBe(REASON);
    controller = new AbortController();
    expect(await findingsOfAllCode(context, sources, controller.signal)).toHaveLength(20);
    expect(read).toHaveLength(20);
  });

  it('read a file again only after it changed', async () => {
    const read: string[] = [];
    const context = contextFor({ ...RECORDS, ...CODE }, recorder(CODE, read));
    const sources = sourceIndexOf(CODE);
    await findingsOfAllCode(context, sources);
    await findingsOfAllCode(context, sources);
    expect(read).toHaveLength(20);
    const [path = ''] = Object.keys(CODE);
    sources.take({
      restarted: false,
      changes: [{ path, size: 99, mtimeMs: 2, names: new Uint32Array(), citing: sources.citingLines().get(path) ?? [] }],
    });
    await findingsOfAllCode(context, sources);
    expect(read.slice(20)).toEqual([path]);
  });

  it('read no file whose lines cite nothing of the register', async () => {
    const read: string[] = [];
    const code = { 'src/a.ts': '// RFC 7231, ADR-0900\n', 'src/b.ts': '// ADR-0001\n' };
    const context = contextFor({ ...RECORDS, ...code }, recorder(code, read));
    const found = await findingsOfAllCode(context, sourceIndexOf(code));
    expect(found.map(({ document }) => document)).toEqual([{ id: 'src/b.ts', path: 'src/b.ts', kind: 'code' }]);
    expect(read).not.toContain('docs/adr/0001-kafka-for-events.md');
  });

  it('have none of a file that cannot be read any more', async () => {
    const context = contextFor({ ...RECORDS, ...CODE }, { read: async () => undefined });
    expect(await findingsOfAllCode(context, sourceIndexOf(CODE))).toEqual([]);
  });

  it('do not begin under a signal that already fired', async () => {
    const read: string[] = [];
    const context = contextFor({ ...RECORDS, ...CODE }, recorder(CODE, read));
    await expect(findingsOfAllCode(context, sourceIndexOf(CODE), AbortSignal.abort(REASON))).rejects.toBe(REASON);
    expect(read).toEqual([]);
  });
});

describe('the findings of all documents', () => {
  const many: Files = Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [`docs/adr/000${at}-thing-${at}.md`, nygard(`${at}. Thing ${at}`, 'Acceptd')]),
  );

  it('stop at the document during which they are cancelled, and reject with the reason of the signal', async () => {
    const controller = new AbortController();
    const read: string[] = [];
    const context = contextFor(
      many,
      recorder(many, read, () => read.length === 4 && controller.abort(REASON)),
    );
    await expect(findingsOfAllDocuments(context, controller.signal)).rejects.toBe(REASON);
    expect(read).toHaveLength(4);
  });

  it('let a timer fire while they work, so that a request to cancel can arrive', async () => {
    const controller = new AbortController();
    const slow = contextFor(many, {
      exists: () => {
        const until = performance.now() + 3;
        while (performance.now() < until);
        return false;
      },
      read: async (path) => many[path],
    });
    const linked = Object.fromEntries(Object.entries(many).map(([path, text]) => [path, `${text}\n[a](a.md) [b](b.md) [c](c.md)\n`]));
    const context = { ...contextFor(linked), exists: slow.exists };
    setTimeout(() => controller.abort(REASON), 5);
    await expect(findingsOfAllDocuments(context, controller.signal)).rejects.toBe(REASON);
  });

  it('read the text of a document only if a finding needs it for a fix', async () => {
    const read: string[] = [];
    const files = { ...RECORDS, 'docs/adr/0004-typo.md': nygard('4. Typo', 'Acceptd') };
    await findingsOfAllDocuments(contextFor(files, recorder(files, read)));
    expect(read).toEqual(['docs/adr/0004-typo.md']);
  });
});

describe('a turn taker', () => {
  it('goes on at once within its slice, and lets other work have its turn after it', async () => {
    const takeTurn = turnTaker();
    const order: string[] = [];
    setImmediate(() => order.push('other work'));
    await takeTurn();
    order.push('within the slice');
    const until = performance.now() + 20;
    while (performance.now() < until);
    await takeTurn();
    order.push('after the slice');
    expect(order).toEqual(['within the slice', 'other work', 'after the slice']);
  });
});

describe('a file of code that is too large', () => {
  /** More bytes than are checked, in fewer letters. */
  const filler = `// ${'æ'.repeat(60)}\n`.repeat(12_000);

  it('is checked up to the same byte, whether it comes from disk or from the editor', async () => {
    const text = `// ADR-0001\n${filler}// ADR-0001\n`;
    const context = contextFor({ ...RECORDS, 'src/a.ts': text });
    const fromDisk = await findingsOfCode(context, 'src/a.ts');
    const fromEditor = await findingsOfCode(context, 'src/a.ts', text);
    expect(fromDisk?.findings.map(({ span }) => span.start.line)).toEqual([0]);
    expect(fromEditor).toEqual(fromDisk);
  });

  it('is measured in bytes of UTF-8, not in letters', async () => {
    const context = contextFor(RECORDS);
    const letters = Array.from({ length: 6_000 }, () => `// ${'æ'.repeat(60)}\n`).join('');
    const lines = async (text: string) => (await findingsOfCode(context, 'src/a.ts', text))?.findings.length;
    expect(letters.length).toBeLessThan(CHECKED_BYTES / 2);
    expect(await lines(`${letters}// ADR-0001\n`)).toBe(1);
    const twice = letters + letters;
    expect(twice.length).toBeLessThan(CHECKED_BYTES);
    expect(Buffer.byteLength(twice)).toBeGreaterThan(CHECKED_BYTES);
    expect(await lines(`${twice}// ADR-0001\n`)).toBe(0);
  });

  it('may end in the middle of a letter', async () => {
    const context = contextFor(RECORDS);
    const start = '// ADR-0001\n';
    const text = start + 'x'.repeat(10) + '\n'.repeat(CHECKED_BYTES - start.length - 12) + '𝒳'.repeat(10);
    expect((await findingsOfCode(context, 'src/a.ts', text))?.findings).toHaveLength(1);
  });

  it('counts positions without a byte order mark', async () => {
    const [finding] = (await findingsOfCode(contextFor(RECORDS), 'src/a.ts', '\uFEFF// ADR-0001\n'))?.findings ?? [];
    expect(finding?.span.start).toEqual({ line: 0, character: 3 });
  });

  it.each(['docs/notes.txt', 'logo.svg', 'node_modules/a/index.js'])('is not looked at where nothing is checked: %s', async (path) => {
    expect(await findingsOfCode(contextFor(RECORDS), path, '// ADR-0001\n')).toBeUndefined();
  });
});
