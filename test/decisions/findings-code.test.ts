import { describe, expect, it } from 'vitest';
import { CODE, find, RECORDS, rules } from './findings-shop.ts';
import { applied, type Files, inCode, nygard } from './findings-support.ts';

/** What the file is after the first fix of its first finding; the same finding is then gone. */
const fixed = (text: string, past = {}, path = CODE, which = 0): string | undefined => {
  const files = { ...RECORDS, [path]: text };
  const fix = inCode(files, path, past)[0]?.fixes?.[which];
  if (!fix) return undefined;
  const after = applied(files, fix);
  expect(inCode(after, path, past)).toEqual([]);
  return after[path];
};

describe('a citation of a superseded record', () => {
  it.each([
    ['// ADR-0002: at least once', '// ADR-0003: at least once'],
    ['// see adr 2.', '// see adr 3.'],
    ['// (ADR2)', '// (ADR3)'],
    ['/* adr/0002 */', '/* adr/0003 */'],
    ['// @ADR(2) keeps order', '// @ADR(3) keeps order'],
    ['// as in docs/decisions/0002-kafka-for-events.md', '// as in docs/decisions/0003-nats-for-events.md'],
    ['// as in ../../docs/decisions/0002-kafka-for-events.md', '// as in ../../docs/decisions/0003-nats-for-events.md'],
    ['// 0002-kafka-for-events.md', '// 0003-nats-for-events.md'],
    ['// see 0002-kafka-for-events', '// see 0003-nats-for-events'],
    ['// see kafka-for-events', '// see nats-for-events'],
    ['// ADRs 1 and 2', '// ADRs 1 and 3'],
    ['const page = "docs/decisions/0002-kafka-for-events.md";', 'const page = "docs/decisions/0003-nats-for-events.md";'],
  ])('is rewritten in its own form: %s', (before, after) => {
    expect(rules(before)).toEqual(['cites-superseded']);
    expect(find(before)[0]?.fixes).toMatchObject([{ preferred: true }]);
    expect(fixed(before)).toBe(after);
  });

  it('has a finding that names the record in force and points at both', () => {
    const [found] = find('// ADR-0002');
    expect(found?.message).toBe('ADR 2 "Kafka for events" was superseded. Cite ADR 3 "NATS for events" instead, which is in force.');
    expect(found?.severity).toBe('warning');
    expect(found?.related?.map(({ path }) => path)).toEqual([
      'docs/decisions/0002-kafka-for-events.md',
      'docs/decisions/0003-nats-for-events.md',
    ]);
    expect(found?.span).toEqual({ start: { line: 0, character: 3 }, end: { line: 0, character: 11 } });
  });

  it('says of a successor without a status only that it replaced the other', () => {
    const files = { ...RECORDS, 'docs/decisions/0003-nats-for-events.md': '# 3. NATS for events\n\n## Decision\n\nWe use NATS.\n' };
    const [found] = inCode({ ...files, [CODE]: '// ADR-0002' }, CODE);
    expect(found?.message).toBe('ADR 2 "Kafka for events" was superseded. Cite ADR 3 "NATS for events" instead.');
    expect(found?.related?.map(({ message }) => message)).toEqual(['The cited record.', 'What replaced it.']);
  });

  it('gives every successor a fix and prefers none where there are two', () => {
    const fixes = find('// ADR-0005')[0]?.fixes ?? [];
    expect(fixes.map(({ title, preferred }) => [title, preferred])).toEqual([
      ['Cite ADR-0006 instead', undefined],
      ['Cite ADR-0007 instead', undefined],
    ]);
  });

  it('loses an anchor into the old record, so its fix is not preferred', () => {
    expect(find('// ADR-0002#partitions')[0]?.fixes?.[0]?.preferred).toBeUndefined();
    expect(fixed('// ADR-0002#partitions hold')).toBe('// ADR-0003 hold');
    expect(fixed('// ADR-0002 §partitions hold')).toBe('// ADR-0003 hold');
  });

  it('in a migration is told, with no fix, because the file must not change once it ran', () => {
    const path = 'db/migrations/0007_events.sql';
    const [found, ...others] = find('-- ADR-0002', {}, path);
    expect(others).toEqual([]);
    expect([found?.rule, found?.severity, found?.fixes]).toEqual(['cites-superseded', 'info', undefined]);
    expect(found?.message).toMatch(/Leave it as it is if this file ran anywhere, because it must not change after that\.$/);
  });

  it('has no finding when the same comment cites the successor', () => {
    expect(rules('// ADR-0002 said Kafka,\n// until ADR-0003.')).toEqual([]);
  });

  it('has a finding without a fix when no record in force replaces it', () => {
    const files = {
      'docs/adr/0001-a.md': nygard('1. First thing', 'Superseded by [2](0002-b.md)'),
      'docs/adr/0002-b.md': nygard('2. Second thing', 'Proposed'),
      'a.ts': '// ADR-0001',
    };
    const [found] = inCode(files, 'a.ts');
    expect(found?.message).toContain('No record in force replaces it.');
    expect(found?.fixes).toBeUndefined();
  });

  it('leads through a chain to the record in force, and through a circle to nothing', () => {
    const chain = {
      'docs/adr/0001-a.md': nygard('1. First thing', 'Superseded by [2](0002-b.md)'),
      'docs/adr/0002-b.md': nygard('2. Second thing', 'Superseded by [3](0003-c.md)'),
      'docs/adr/0003-c.md': nygard('3. Third thing'),
      'a.ts': '// ADR-0001',
    };
    expect(inCode(chain, 'a.ts')[0]?.fixes?.map(({ title }) => title)).toEqual(['Cite ADR-0003 instead']);
    const circle = { ...chain, 'docs/adr/0003-c.md': nygard('3. Third thing', 'Superseded by [1](0001-a.md)') };
    expect(inCode(circle, 'a.ts')).toEqual([]);
  });

  it('is rewritten to a name where the number of the successor is ambiguous', () => {
    const files = {
      'docs/adr/0001-old-way-of-doing.md': nygard('1. Old way', 'Superseded by [2](0002-new-way-of-doing.md)'),
      'docs/adr/0002-new-way-of-doing.md': nygard('2. New way'),
      'docs/adr/0002-another-matter.md': nygard('2. Another matter'),
      'a.ts': '// ADR-0001',
    };
    const fix = inCode(files, 'a.ts')[0]?.fixes?.[0];
    expect(fix?.edits[0]?.text).toBe('0002-new-way-of-doing');
    expect(fix?.preferred).toBeUndefined();
  });
});

describe('the number in a fix', () => {
  const fixIn = (text: string, old: string, next: string): string | undefined => {
    const files = {
      [old]: nygard('Old thing', `Superseded by [new](${next.split('/').at(-1)})`),
      [next]: nygard('New thing'),
      'a.ts': text,
    };
    const [found] = inCode(files, 'a.ts');
    return found?.fixes?.[0]?.edits[0]?.text;
  };

  it.each([
    ['// ADR-0007', 'docs/adr/0007-old.md', 'docs/adr/0012-new.md', 'ADR-0012'],
    ['// ADR-7', 'docs/adr/0007-old.md', 'docs/adr/0012-new.md', 'ADR-12'],
    ['// ADR-153', 'docs/adr/153-old.md', 'docs/adr/038-new.md', 'ADR-038'],
    ['// ADR-153', 'docs/adr/0153-old.md', 'docs/adr/0038-new.md', 'ADR-38'],
    ['// ADR 0099', 'docs/adr/0099-old.md', 'docs/adr/0100-new.md', 'ADR 0100'],
  ])('has the width of the cited one: %s', (text, old, next, expected) => expect(fixIn(text, old, next)).toBe(expected));
});

describe('a citation of a record that only its successor calls superseded', () => {
  it('is an info, because the status of the record is to be mended first', () => {
    const files = {
      'docs/adr/0001-a.md': nygard('1. First thing'),
      'docs/adr/0002-b.md': nygard('2. Second thing', 'Accepted (supersedes ADR-0001)'),
      'a.ts': '// ADR-0001',
    };
    const [found] = inCode(files, 'a.ts');
    expect([found?.rule, found?.severity]).toEqual(['cites-superseded', 'info']);
    expect(found?.message).toContain('was superseded, though its own status does not say so.');
  });
});

describe('a path without a file is no finding', () => {
  it.each([
    "exclude = ['docs/adr/0000-template.md', 'docs/adr/template.md']",
    '// See docs/0228-move-the-jobs.md in ops-tools.',
    '// See `docs/adr/0228-move-the-jobs.md` in the platform repository.',
    '# ~/src/handbook/docs/adr/0228-move-the-jobs.md',
  ])('of a template, or of another repository: %s', (text) => {
    expect(inCode({ 'docs/adr/0001-a.md': nygard('1. First thing'), 'a.py': text }, 'a.py')).toEqual([]);
  });

  it('nor is a number that a file or folder has in a format that is not read', () => {
    const records = Object.fromEntries(
      [1, 2, 3].map((number) => [`docs/rfcs/bip-000${number}.md`, nygard(`BIP-${number}: Rule ${number}`)]),
    );
    const rulesIn = (more: Record<string, string>): string[] =>
      inCode({ ...records, ...more, 'a.py': '# as BIP 7 says' }, 'a.py').map(({ rule }) => rule);
    expect(rulesIn({})).toEqual(['cites-nothing']);
    expect(rulesIn({ 'bip-0007.mediawiki': '' })).toEqual([]);
    expect(rulesIn({ 'bip-0007/vectors.json': '{}' })).toEqual([]);
  });

  it('unless nothing says so', () => {
    const found = inCode({ 'docs/adr/0001-a.md': nygard('1. First thing'), 'a.py': '# docs/adr/0228-move-the-jobs.md in a loop' }, 'a.py');
    expect(found.map(({ rule }) => rule)).toEqual(['cites-nothing']);
  });
});

describe('a citation of nothing', () => {
  const renamed = (path: string) => (path === 'docs/adr/0003-nats-for-events.md' ? 'docs/decisions/0003-nats-for-events.md' : undefined);

  it('is a number of our series that no record has', () => {
    expect(find('// ADR-0008')[0]).toMatchObject({
      rule: 'cites-nothing',
      message: '"ADR-0008" does not match any record in this repository.',
    });
    expect(fixed('// ADR-0008: sessions live in PostgreSQL')).toBe('// ADR-0006: sessions live in PostgreSQL');
  });

  it('is no number far beyond the series, of another name space, or of a repository without a series', () => {
    expect(rules('// ADR-0900, RFC 7231, RFC 4, KEP-1880, ADR-0000')).toEqual([]);
    expect(inCode({ 'docs/adr/0001-a.md': nygard('1. A thing'), 'a.ts': '// ADR-0002' }, 'a.ts')).toEqual([]);
  });

  it('follows git to where the record is now, without asking', () => {
    expect(fixed('// docs/adr/0003-nats-for-events.md', { renamed })).toBe('// docs/decisions/0003-nats-for-events.md');
    expect(find('// docs/adr/0003-nats-for-events.md', { renamed })[0]?.fixes?.[0]?.preferred).toBe(true);
  });

  it('follows the file name, the words of the name, and the nearest name, but only when asked', () => {
    for (const [written, preferred] of [
      ['docs/old/0003-nats-for-events.md', undefined],
      ['docs/old/0033-nats-for-events.md', undefined],
      ['docs/decisions/0003-nats-for-event.md', undefined],
    ] as const) {
      expect(find(`// ${written}`)[0]?.fixes?.[0]?.preferred).toBe(preferred);
      expect(fixed(`// ${written}`)).toBe('// docs/decisions/0003-nats-for-events.md');
    }
  });

  it('has no fix where no record is near, and says which record has the number now', () => {
    const [found] = find('// docs/decisions/0003-paint-the-office-walls.md');
    expect(found?.fixes).toBeUndefined();
    expect(found?.message).toContain('Number 3 is now docs/decisions/0003-nats-for-events.md.');
  });

  it('is no path outside the folders of records, and no address of a site or of one commit', () => {
    expect(rules('// see notes/0099-something.md and CHANGELOG.md and README.md')).toEqual([]);
    expect(rules('// https://docs.example.com/adr/0003-nats-for-events.md')).toEqual([]);
    expect(rules('// https://github.com/shop/market/blob/3f2a1c/docs/adr/0003-nats-for-events.md', {}, CODE, 'shop/market')).toEqual([]);
  });
});

describe('an ambiguous citation', () => {
  it('gets a fix for each record, which rewrites every place in the file', () => {
    const text = '// ADR-0004\nconst a = 1;\n// (ADR 4)\n';
    const found = find(text);
    expect(found.map(({ rule, severity }) => [rule, severity])).toEqual([['cites-ambiguous', 'hint']]);
    expect(found[0]?.message).toContain('(2 times in this file)');
    expect(found[0]?.fixes?.some(({ preferred }) => preferred)).toBe(false);
    expect(fixed(text, {}, CODE, 0)).toBe('// 0004-flags-in-configuration\nconst a = 1;\n// (0004-flags-in-configuration)\n');
    expect(fixed(text, {}, CODE, 1)).toBe('// 0004-graphql-for-the-shop\nconst a = 1;\n// (0004-graphql-for-the-shop)\n');
  });

  it('in an annotation is replaced with its brackets', () => {
    expect(fixed('// @ADR(4): rules')).toBe('// 0004-flags-in-configuration: rules');
  });

  it('is none when the words around it name one record', () => {
    expect(rules('// ADR-0004: flags come from the configuration')).toEqual([]);
    expect(rules('// ADR-0004:\n// flags come from the configuration')).toEqual([]);
  });

  it('is one of a number that was given to another record, where the one of now is not in force', () => {
    const files: Files = {
      ...RECORDS,
      'docs/decisions/0009-soft-delete.md': nygard('9. Soft delete of customers', 'Rejected'),
      'docs/decisions/0011-money-in-cents.md': nygard('11. Money in cents'),
      [CODE]: '// never a fraction: ADR-0009',
    };
    const past = { formerPaths: (path: string) => (path.includes('0011') ? ['docs/decisions/0009-money-in-cents.md'] : []) };
    const [found] = inCode(files, CODE, past);
    expect(found).toMatchObject({ rule: 'cites-ambiguous' });
    expect(found?.message).toContain('the number was later given to another record');
    expect(found?.fixes?.map(({ title }) => title)).toEqual([
      'Cite 0011-money-in-cents ("Money in cents")',
      'Cite 0009-soft-delete ("Soft delete of customers", rejected)',
    ]);
    expect(found?.message).toContain('"Money in cents" (docs/decisions/0011-money-in-cents.md) or ADR 9');
    expect(applied(files, found?.fixes?.[0] ?? { edits: [] })[CODE]).toBe('// never a fraction: 0011-money-in-cents');
    expect(inCode(files, CODE)).toEqual([]);
  });
});

describe('a citation of another repository', () => {
  it.each([
    '// ADR-0003 of the platform:\n// https://github.com/platform/infra/blob/main/doc/adr/0003-x.md',
    '// see platform/infra#ADR-0003',
    '// as in ADR 031 of cosmos-sdk',
    "// follows cosmos-sdk's ADR 031",
    '// Tendermint does so since ADR 031 (of Tendermint)'.replace('(of Tendermint)', 'of Tendermint'),
  ])('is a hint and nothing more: %s', (text) => {
    expect(find(text, {}, CODE, 'shop/market').map(({ rule, severity, fixes }) => [rule, severity, fixes])).toEqual([
      ['cites-foreign', 'hint', undefined],
    ]);
  });

  it('makes the same number foreign in the rest of the file', () => {
    const text = '// ADR 10: https://github.com/cosmos/sdk/blob/main/docs/architecture/adr-010.md\nconst a = 1;\n\n// ADR 10 again\n';
    expect(rules(text)).toEqual(['cites-foreign', 'cites-foreign']);
  });

  it('is none for numbers of the IETF, nor for an address of our own record', () => {
    expect(rules('// [RFC 8949](https://www.rfc-editor.org/rfc/rfc8949)')).toEqual([]);
    expect(rules('// ADR-0003: https://git.example.com/x/y/blob/main/docs/decisions/0003-nats-for-events.md')).toEqual([]);
  });
});
