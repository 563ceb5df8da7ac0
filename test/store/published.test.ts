import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPublished } from '../../server/store/published/database.ts';
import { downloadFiles } from '../../server/store/published/download.ts';
import { decodeManifest, encodeManifest, FORMAT, hashOf, type Manifest, PART_BYTES } from '../../server/store/published/manifest.ts';
import { publishedPlace } from '../../server/store/published/place.ts';
import { uploadFiles } from '../../server/store/published/upload.ts';
import { testFolder } from '../support/folder.ts';

const manifestWith = (files: Manifest['files']): Manifest => ({
  format: FORMAT,
  repository: 'acme/shop',
  commit: 'a'.repeat(40),
  madeFrom: 'b'.repeat(64),
  documents: 1,
  commits: 1,
  files,
});

describe('the place of a published index', () => {
  it('is a folder relative to where it was named, or an address whose secrets are not shown', () => {
    expect(publishedPlace('../indexes', '/home/anna/shop')).toEqual({
      uri: '/home/anna/indexes',
      shown: '/home/anna/indexes',
      managed: false,
    });
    expect(publishedPlace('s3://bucket/lintel', '/')).toMatchObject({ uri: 's3://bucket/lintel', host: 's3://bucket/lintel' });
    expect(publishedPlace('db://lintel', '/').managed).toBe(true);
    const { shown } = publishedPlace('az://key:secret@account/lintel?sig=secret#secret', '/');
    expect(shown).toBe('az://account/lintel');
  });

  it('is refused where it is an address of another kind', () => {
    expect(() => publishedPlace('https://example.com/index', '/')).toThrow('is no place for an index');
  });
});

describe('the list of files of a published index', () => {
  it('is read as it was written, and not where one byte of it changed', () => {
    const { id, text } = encodeManifest(manifestWith([{ path: 'table/x.lance/data/0.lance', size: 3, parts: ['c'.repeat(64)] }]));
    expect(decodeManifest(id, text, 'here').files).toHaveLength(1);
    expect(() => decodeManifest(id, text.replace('acme', 'acne'), 'here')).toThrow('its list of files is not what was written');
  });

  it('names no file outside of an index folder', () => {
    for (const path of ['../index.json', 'table/../../x', '/etc/passwd', 'table//x', 'a/b', 'C:\\x', 'table/.hidden', '']) {
      const { id, text } = encodeManifest(manifestWith([{ path, size: 0, parts: [] }]));
      expect(() => decodeManifest(id, text, 'here'), path).toThrow('has a wrong entry');
    }
  });

  it('names each file once, with as many parts as it has', () => {
    const file = { path: 'code.jsonl', size: PART_BYTES + 1, parts: ['c'.repeat(64)] };
    const short = encodeManifest(manifestWith([file]));
    expect(() => decodeManifest(short.id, short.text, 'here')).toThrow('too few or too many parts');
    const twice = encodeManifest(
      manifestWith([
        { ...file, size: 1 },
        { ...file, size: 1 },
      ]),
    );
    expect(() => decodeManifest(twice.id, twice.text, 'here')).toThrow('names a file twice');
  });
});

describe('the parts of a published index', () => {
  const folder = testFolder;

  it('come back as the files that they were, whatever their size, and are written once', async () => {
    const database = await openPublished(publishedPlace(folder(), '/'));
    const large = randomBytes(2 * PART_BYTES + 5);
    const from = join(folder(), 'large');
    writeFileSync(from, large);
    const files = [
      { path: 'table/large', from },
      { path: 'table/exact', from: large.subarray(0, PART_BYTES) },
      { path: 'table/empty', from: Buffer.alloc(0) },
      { path: 'index.json', from: Buffer.from('{"a":1}') },
    ];
    const first = await uploadFiles(database, files);
    // The first part of the large file is the whole of another.
    expect(first).toMatchObject({ parts: 4, newBytes: large.length + 7 });
    expect((await uploadFiles(database, files)).newBytes).toBe(0);
    const target = folder();
    await downloadFiles(database, manifestWith(first.files), (path) => join(target, path));
    expect(readFileSync(join(target, 'table/large')).equals(large)).toBe(true);
    expect(readFileSync(join(target, 'table/exact')).equals(large.subarray(0, PART_BYTES))).toBe(true);
    expect(readFileSync(join(target, 'table/empty'))).toHaveLength(0);
    expect(readFileSync(join(target, 'index.json'), 'utf8')).toBe('{"a":1}');
    database.close();
  });

  it('are written again by force, and then found although the first ones are damaged', async () => {
    const place = folder();
    const database = await openPublished(publishedPlace(place, '/'));
    const files = [{ path: 'index.json', from: randomBytes(40_000) }];
    const { files: listed } = await uploadFiles(database, files);
    for (const name of readdirSync(join(place, 'lintel_parts_1.lance/data'))) {
      const file = join(place, 'lintel_parts_1.lance/data', name);
      const data = readFileSync(file);
      for (let at = 8_000; at < 9_000; at++) data[at] = (data[at] ?? 0) ^ 0xff;
      writeFileSync(file, data);
    }
    const hashes = listed.flatMap(({ parts }) => parts);
    expect((await database.parts(hashes)).size).toBe(0);
    expect((await uploadFiles(database, files, { force: true })).newBytes).toBe(40_000);
    expect((await database.parts(hashes)).size).toBe(1);
    database.close();
  });

  it('are refused where one is missing', async () => {
    const database = await openPublished(publishedPlace(folder(), '/'));
    await uploadFiles(database, [{ path: 'code.jsonl', from: Buffer.from('text') }]);
    const missing = manifestWith([{ path: 'code.jsonl', size: 4, parts: [hashOf('other')] }]);
    const target = folder();
    await expect(downloadFiles(database, missing, (path) => join(target, path))).rejects.toMatchObject({ code: 'published-damaged' });
    database.close();
  });

  it('are not waited for once the caller gave up', async () => {
    const giveUp = new AbortController();
    const database = await openPublished(publishedPlace(folder(), '/'), giveUp.signal);
    giveUp.abort();
    await expect(database.snapshots()).rejects.toMatchObject({ name: 'AbortError' });
    database.close();
  });
});
