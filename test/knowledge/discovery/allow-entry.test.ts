import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowInsertion } from '../../../server/knowledge/discovery/allow-entry.ts';
import { loadConfig } from '../../../server/knowledge/discovery/config.ts';

const ENTRY = { rules: ['SID001'], paths: ['src/order-id.ts'], names: ['orderId'] };
const withEntry = async (text: string, entry: Parameters<typeof allowInsertion>[1] = ENTRY): Promise<string | undefined> => {
  const made = await allowInsertion(text, entry);
  return made && text.slice(0, made.start) + made.text + text.slice(made.end);
};
const allowedIn = async (text: string) =>
  (await loadConfig('', async (path) => (path === 'lintel.yaml' ? text : undefined))).config.identifiers.allow;

const ITEM = `    - rules: [SID001]
      paths: [src/order-id.ts]
      names: [orderId]
      reason: REASON
`;

describe('an entry that allows a format', () => {
  it.each([
    ['begins a file that is not there', '', `identifiers:\n  allow:\n${ITEM}`],
    [
      'goes below the other settings, whose comments stay',
      '# ours\nrules: # all\n  broken-link: off # why\n',
      `# ours\nrules: # all\n  broken-link: off # why\nidentifiers:\n  allow:\n${ITEM}`,
    ],
    ['goes below a last line without an end', 'guides: [a]', `guides: [a]\nidentifiers:\n  allow:\n${ITEM}`],
    ['goes below a file of comments', '# nothing yet\n', `# nothing yet\nidentifiers:\n  allow:\n${ITEM}`],
    [
      'begins the list of settings that are there',
      'identifiers: # ids\n  teams: [a] # us\n',
      `identifiers: # ids\n  allow:\n${ITEM}  teams: [a] # us\n`,
    ],
    [
      'goes below the entries that are there, in their column',
      'identifiers:\n  allow:\n  - names: [b] # b\n    reason: It is b. # yes\n  teams: [a]\n',
      `identifiers:\n  allow:\n  - names: [b] # b\n    reason: It is b. # yes\n${ITEM.replaceAll(/^ {2}/gm, '')}  teams: [a]\n`,
    ],
    ['fills a key without a value', 'identifiers:\n  allow:\nguides: [a]\n', `identifiers:\n  allow:\n${ITEM}guides: [a]\n`],
    ['fills settings without a value', 'identifiers:\nguides: [a]\n', `identifiers:\n  allow:\n${ITEM}guides: [a]\n`],
    [
      'goes into a list in brackets',
      'identifiers: { teams: [a], allow: [] }\n',
      'identifiers: { teams: [a], allow: [ { rules: [SID001], paths: [src/order-id.ts], names: [orderId], reason: REASON }] }\n',
    ],
    [
      'goes into settings in braces',
      'identifiers: { teams: [a] }\n',
      'identifiers: { teams: [a], allow: [{ rules: [SID001], paths: [src/order-id.ts], names: [orderId], reason: REASON }] }\n',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await withEntry(text)).toBe(expected);
  });

  it('has the line endings of the file', async () => {
    expect(await withEntry('guides: [a]\r\n')).toBe(`guides: [a]\r\nidentifiers:\r\n  allow:\r\n${ITEM.replaceAll('\n', '\r\n')}`);
  });

  it('has no effect until somebody replaces the word REASON, and says where that word is', async () => {
    const made = await allowInsertion('', ENTRY);
    expect(made?.text.slice(made.reason.start, made.reason.end)).toBe('REASON');
    expect(await allowedIn((await withEntry('')) ?? '')).toEqual([]);
  });

  it('is refused where the file is not valid, or is no map of settings, so that nothing is made worse', async () => {
    for (const text of ['identifiers: [\n', '- a\n', '{ guides: [a] }\n', 'identifiers: 7\n', 'identifiers:\n  allow: 7\n', 'a: b: c\n'])
      expect([text, await withEntry(text)]).toEqual([text, undefined]);
  });

  it('means what it was given, whatever characters are in it, and leaves the other settings as they were', async () => {
    const text = 'guides: [a] # one\nidentifiers:\n  # two\n  allow:\n    - names: [b]\n      reason: It is b.\n\n# three\nexclude: [c]\n';
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((value) => value.trim() !== '' && value.trim() !== 'REASON');
    await fc.assert(
      fc.asyncProperty(word, word, async (name, reason) => {
        const made = await withEntry(text, { rules: ['SID001'], paths: [], names: [name], reason });
        const trimmed = reason.replace(/\s+/g, ' ').trim();
        expect(await allowedIn(made ?? '')).toEqual([
          { rules: [], paths: [], names: ['b'], reason: 'It is b.' },
          { rules: ['SID001'], paths: [], names: [name.trim()], reason: trimmed },
        ]);
        for (const comment of ['# one', '# two', '# three']) expect(made).toContain(comment);
      }),
      { numRuns: 100 },
    );
  });

  it('means one file, though its name has the characters of patterns', async () => {
    const path = 'app/[id]/page.tsx';
    const made = (await withEntry('', { rules: ['SID002'], paths: [path], names: [], reason: 'It is.' })) ?? '';
    const [entry] = await allowedIn(made);
    expect(entry?.paths).toEqual(['app/\\[id\\]/page.tsx']);
  });
});
