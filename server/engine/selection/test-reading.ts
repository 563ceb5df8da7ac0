import { type TestReading, testId } from '../../indexing/test-reading.ts';
import { mayConcernSuite, readSpec, specDocument } from '../../selection/index.ts';
import { suiteKeeper } from './known-suite.ts';

/** How the indexing process finds and reads end-to-end tests: as the selection does, which shares the found suite with it. */
export function testReading(): TestReading {
  const keepers = new Map<string, ReturnType<typeof suiteKeeper>>();
  return {
    mayConcern: mayConcernSuite,
    async find(workspace, files, indexFolder) {
      const keeper = keepers.get(indexFolder) ?? suiteKeeper(indexFolder);
      keepers.set(indexFolder, keeper);
      const { specs } = await keeper(workspace, files);
      return specs.map(({ path, framework, tags = [] }) => ({ path, framework, tags }));
    },
    read: async (test, text, sha) => specDocument(test, text, await readSpec(test.path, text), testId(test.path), sha),
  };
}
