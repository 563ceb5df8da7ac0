import { describe, expect, it } from 'vitest';
import { readState, writeState } from '../../server/store/state.ts';
import { GOOD, indexHere } from '../faults/support.ts';
import { testFolder } from '../support/folder.ts';
import { testRepository } from '../support/repository.ts';

describe('an index whose documents an earlier version of the readers read', () => {
  it('is read again, and only what is read otherwise now is written', async () => {
    const { root } = testRepository(GOOD);
    const indexFolder = testFolder('lintel-index');
    await indexHere({ root, indexFolder });
    const found = await readState(indexFolder);
    if (found.status !== 'present') throw new Error(found.status);
    const { state } = found;
    const [[path, file] = []] = Object.entries(state.files);
    if (path === undefined || file === undefined) throw new Error('nothing was indexed');
    const limits = JSON.parse(state.reading ?? '{}') as { readonly readers?: number };
    await writeState(indexFolder, {
      ...state,
      reading: JSON.stringify({ ...limits, readers: (limits.readers ?? 0) - 1 }),
      files: { ...state.files, [path]: { ...file, hash: 'as it was read before' } },
    });
    const report = await indexHere({ root, indexFolder });
    expect([report.added, report.updated, report.removed]).toEqual([0, 1, 0]);
    expect(await readState(indexFolder)).toMatchObject({ state: { reading: state.reading } });
    expect((await indexHere({ root, indexFolder })).updated).toBe(0);
  });
});
