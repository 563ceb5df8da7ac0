import { describe, expect, it, test } from 'vitest';
import { readRecord } from '../../server/knowledge/records/record.ts';
import { catalogueOf } from '../../server/register/catalogue.ts';
import { findCitations } from '../../server/register/citations/citations.ts';
import { type Files, inCode, inRecords } from '../decisions/findings-support.ts';

const record = (title: string, more = ''): string => `# ${title}\n\n## Status\n\nAccepted\n\n## Decision\n\nWe do so.${more}\n`;
const NFC = 'docs/adr/0002-größe-in-zentimetern.md'.normalize('NFC');
const NFD = NFC.normalize('NFD');

const rulesInCode = (files: Files, line: string): string[] =>
  inCode({ ...files, 'src/a.ts': `// ${line}\n` }, 'src/a.ts').map(({ rule }) => rule);

describe('names of files that a file system takes for the same', () => {
  const files: Files = { 'docs/adr/0001-Use-Ropes.md': record('Use ropes') };

  test.each(['docs/adr/0001-Use-Ropes.md', 'docs/adr/0001-use-ropes.md', 'DOCS/ADR/0001-USE-ROPES.MD', 'docs\\adr\\0001-use-ropes.md'])(
    'a citation of %s finds the record in any case and with either slash',
    (citation) => {
      expect(rulesInCode(files, `See ${citation}`)).toEqual([]);
    },
  );

  it('a citation means the record whose name has the same case, where two differ in nothing else', () => {
    const paths = ['docs/adr/0001-Use-Ropes.md', 'docs/adr/0001-use-ropes.md'];
    const catalogue = catalogueOf(paths.map((path) => readRecord({ path, text: record('Ropes'), sha: '' })));
    for (const path of paths) {
      const [citation] = findCitations(`See ${path}`, catalogue, 'src/a.ts', undefined);
      expect(citation?.targets.map((target) => target.record.path)).toEqual([path]);
    }
  });

  it('a link in another case is told, because it leads nowhere where case counts, and mended', async () => {
    const found = await inRecords({ ...files, 'docs/adr/0003-b.md': record('B', ' See [ropes](0001-use-ropes.md).') });
    const [finding] = found.get('docs/adr/0003-b.md') ?? [];
    expect(finding?.message).toContain('Use the same upper and lower case');
    expect(finding?.fixes?.[0]?.edits[0]?.text).toBe('0001-Use-Ropes.md');
  });

  it('a record stored with decomposed names, as macOS writes them, is found by composed ones and the other way', () => {
    for (const [stored, cited] of [
      [NFC, NFD],
      [NFD, NFC],
    ] as const)
      expect(rulesInCode({ [stored]: record('Größe') }, `See ${cited}`)).toEqual([]);
  });

  it('a link in another form of Unicode is not broken', async () => {
    const found = await inRecords({
      [NFD]: record('Größe'),
      'docs/adr/0003-b.md': record('B', ` See [größe](0002-größe-in-zentimetern.md).`.normalize('NFC')),
    });
    expect([...found.values()].flat().map(({ rule }) => rule)).toEqual([]);
  });
});
