// Slow: 5,000 records, and a line of a million letters.
import { describe, expect, it } from 'vitest';
import { rules } from './findings-shop.ts';
import { inCode, nygard } from './findings-support.ts';

describe('code', () => {
  it('may be one line of a million letters', () => {
    expect(rules(`// ${'x '.repeat(500_000)} ADR-0002`)).toEqual([]);
    const text = `// ADR-0002\n${'a();\n'.repeat(200_000)}`;
    expect(rules(text)).toEqual(['cites-superseded']);
  });

  it('may cite any of 5,000 records', () => {
    const records = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, at) => {
        const number = String(at + 1).padStart(4, '0');
        return [`docs/adr/${number}-thing-of-${number}.md`, nygard(`${at + 1}. Thing of ${number}`)];
      }),
    );
    const text = Array.from(
      { length: 2_000 },
      (_, at) => `// ADR-${String(at * 3 + 1).padStart(4, '0')} and docs/adr/0001-thing-of-9999.md`,
    ).join('\n');
    const found = inCode({ ...records, 'a.ts': text }, 'a.ts');
    expect(found.length).toBe(200);
    expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(['cites-nothing']));
  });
});
