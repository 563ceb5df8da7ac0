import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Views } from '../../server/engine/view.ts';
import { DocumentIndex } from '../../server/retrieval/document-index.ts';
import { Loader } from '../../server/retrieval/loader.ts';
import { StoreUnusable } from '../../server/store/failure.ts';
import { decodeHead, parseObject } from '../../server/store/head.ts';
import { databaseFolder } from '../../server/store/table.ts';
import { openWorkspace } from '../../server/workspace/workspace.ts';
import { GOOD, indexHere } from '../faults/support.ts';
import { temporaryFolder, testFolder } from '../support/folder.ts';
import { type MadeRepository, makeRepository } from '../support/repository.ts';

/** Overwrites a word by one of the same length in every data file of a table, as a faulty disk would. */
const changeBytes = (database: string, from: string, to: string): void => {
  for (const name of globSync('*.lance/data/*.lance', { cwd: database })) {
    const bytes = readFileSync(join(database, name));
    for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) bytes.write(to, at);
    writeFileSync(join(database, name), bytes);
  }
};

const FOLDER = '/cache/lintel/shop';
const HEAD = {
  id: 'docs/adr/0001-use-ropes.md',
  kind: 'decision',
  sha: '',
  title: 'Use ropes',
  format: 'markdown',
  links: [],
  findings: [],
  contentHash: '0',
};

describe('the data of a stored document', () => {
  it('is parsed where it is what was written', () => {
    const { contentHash, ...head } = HEAD;
    expect(decodeHead(JSON.stringify(HEAD), FOLDER)).toEqual(head);
    expect(contentHash).toBe('0');
  });

  it.each([
    ['no JSON', '{"id": "a'],
    ['empty', ''],
    ['null', 'null'],
    ['a number', '7'],
    ['without its title', JSON.stringify({ ...HEAD, title: undefined })],
    ['with a number for its id', JSON.stringify({ ...HEAD, id: 7 })],
    ['with a text for its links', JSON.stringify({ ...HEAD, links: 'x' })],
    ['with a key whose bit flipped', JSON.stringify(HEAD).replace('"kind"', '"kine"')],
  ])('is damage where it is %s', (_, json) => {
    expect(() => decodeHead(json, FOLDER)).toThrow(
      expect.objectContaining({ name: 'StoreUnusable', state: 'damaged', reason: 'its rows are not what was written' }),
    );
  });

  it('names the folder of the index in the message, and keeps the cause', () => {
    expect(() => parseObject('{', FOLDER)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(FOLDER), cause: expect.any(SyntaxError) }),
    );
  });
});

describe('a failure while the index is loaded', () => {
  let made: MadeRepository;
  const index = temporaryFolder('lintel-index');
  beforeAll(async () => {
    made = makeRepository(GOOD);
    await indexHere({ root: made.root, indexFolder: index.path });
  });
  afterAll(() => {
    made.remove();
    index.remove();
  });
  const openViews = async (indexFolder = index.path): Promise<Views> => {
    const workspace = await openWorkspace(made.root);
    const views = new Views({
      workspace: () => workspace,
      indexFolder,
      modelFolder: '',
      model: () => 'static',
    });
    onTestFinished(() => views.close());
    return views;
  };

  it.each([
    ['a TypeError', new TypeError("Cannot read properties of undefined (reading 'span')")],
    ['a RangeError', new RangeError('Invalid array length')],
    ['a SyntaxError', new SyntaxError('Invalid regular expression')],
  ])('surfaces where it is a fault of ours: %s', async (_, fault) => {
    const update = vi.spyOn(DocumentIndex.prototype, 'update').mockImplementation(() => {
      throw fault;
    });
    onTestFinished(() => update.mockRestore());
    const views = await openViews();
    await expect(views.current()).rejects.toBe(fault);
    expect(views.broken).toBeUndefined();
  });

  it('is damage where the store says so, and the next view opens the index again', async () => {
    const refresh = vi
      .spyOn(Loader.prototype, 'refresh')
      .mockRejectedValueOnce(new StoreUnusable('damaged', 'its files are damaged', index.path));
    onTestFinished(() => refresh.mockRestore());
    const views = await openViews();
    expect((await views.current())?.documentIndex.documents().length).toBe(1);
    expect(views.broken).toBeUndefined();
  });

  it('is damage where the checksums of the rows are wrong, whatever failed first', async () => {
    const damaged = testFolder('lintel-index');
    cpSync(index.path, damaged, { recursive: true });
    changeBytes(databaseFolder(damaged), 'hemp', 'kemp');
    // Whoever wrote the file wrote it wrong: its own checksum is right.
    rmSync(join(databaseFolder(damaged), 'checksums.json'));
    const update = vi.spyOn(DocumentIndex.prototype, 'update').mockImplementation(() => {
      throw new TypeError('undefined is not a function');
    });
    onTestFinished(() => update.mockRestore());
    const views = await openViews(damaged);
    expect(await views.current()).toBeUndefined();
    expect(views.broken).toMatch(/^the passage .+ is not what was written$/);
  });
});
