import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFileDocument, readRelated } from '../../../server/knowledge/read.ts';
import { metadataPathOf } from '../../../server/knowledge/records/metadata-file.ts';
import { testFolder } from '../../support/folder.ts';

const LIMITS = { fileSize: 200_000 };
const PATH = 'keps/sig-a/1027-unions/README.md';
const KEP = (status: string): string =>
  `title: Union types\nkep-number: 1027\nauthors:\n  - "@a"\nstatus: ${status}\ncreation-date: 2019-03-25\nlast-updated: 2022-06-13\nsee-also:\n  - "/keps/sig-a/0006-apply.md"\nreplaces:\n  - "https://example.com/doc"\n  - KEP-12\nsuperseded-by: []\n`;

describe('the file with the status of a record', () => {
  it('is named after the series and lies beside the README of a numbered folder', () => {
    expect(metadataPathOf(PATH)).toBe('keps/sig-a/1027-unions/kep.yaml');
    for (const path of ['keps/README.md', 'docs/adr/0007-x/README.md', 'keps/sig-a/1027-unions/notes.md'])
      expect(metadataPathOf(path)).toBeUndefined();
  });

  it('gives title, number, status, day and relations, and is read again when it changes', async () => {
    const root = await testFolder();
    await mkdir(join(root, 'keps/sig-a/1027-unions'), { recursive: true });
    await writeFile(join(root, PATH), '# KEP-1027: Unions\n\n## Summary\n\nUnions.\n');
    const file = { path: PATH, kind: 'decision', format: 'markdown' } as const;
    expect(await readFileDocument(root, file, 'abc', LIMITS)).not.toHaveProperty('status');
    expect((await readRelated(root, file, 'abc', LIMITS)).reads).toEqual(['keps/sig-a/1027-unions/kep.yaml']);
    const words = {
      provisional: 'proposed',
      implementable: 'accepted',
      implemented: 'accepted',
      deferred: 'proposed',
      rejected: 'rejected',
      withdrawn: 'rejected',
      replaced: 'superseded',
    };
    for (const [word, value] of Object.entries(words)) {
      await writeFile(join(root, 'keps/sig-a/1027-unions/kep.yaml'), KEP(word));
      const document = await readFileDocument(root, file, 'abc', LIMITS);
      expect(document).toMatchObject({ title: 'Union types', number: '1027', date: '2019-03-25', status: { value, text: word } });
      expect(document?.links.map(({ kind, target }) => `${kind} ${target}`)).toEqual(['supersedes KEP-12']);
    }
    await writeFile(join(root, 'keps/sig-a/1027-unions/kep.yaml'), '{{broken');
    expect(await readFileDocument(root, file, 'abc', LIMITS)).toMatchObject({ title: 'Unions' });
  });
});
