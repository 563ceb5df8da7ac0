import { describe, expect, it, onTestFinished } from 'vitest';
import { openEmbedder } from '../../server/embedding/embedder.ts';
import { Views } from '../../server/engine/view.ts';
import { openStore } from '../../server/store/store.ts';
import { openWorkspace } from '../../server/workspace/workspace.ts';
import { GOOD, GOOD_PATH, indexHere } from '../faults/support.ts';
import { testFolder } from '../support/folder.ts';
import { testRepository } from '../support/repository.ts';

/** More than a store reads before the index is opened anew. */
const MANY = 55;

describe('an index of which one process has read many versions', () => {
  it('is opened anew, so that memory stays flat, while questions under way end as they began', { timeout: 240_000 }, async () => {
    const { root } = testRepository(GOOD);
    const indexFolder = testFolder('lintel-index');
    await indexHere({ root, indexFolder });
    const workspace = await openWorkspace(root);
    const views = new Views({ workspace: () => workspace, indexFolder, modelFolder: '', model: () => 'static' });
    onTestFinished(() => views.close());
    const first = await views.current();
    const { fingerprint, dimensions } = await openEmbedder({ model: 'static', cacheFolder: '' });
    const writer = await openStore(indexFolder, { fingerprint, dimensions });
    for (let time = 0; time < MANY; time++) await writer.remove([`gone-${time}`]);
    await writer.close();
    const same = await views.current();
    expect(same?.store).toBe(first?.store);
    const renewed = await views.current();
    expect(renewed?.store).not.toBe(first?.store);
    expect(renewed?.register).toBeDefined();
    expect((await views.current())?.store).toBe(renewed?.store);
    for (const view of [first, renewed])
      expect((await view?.store.documents(['decision']))?.map(({ documentId }) => documentId)).toEqual([GOOD_PATH]);
  });
});
