import { createMatcher } from '../../knowledge/discovery/globs.ts';
import { testSuites } from '../../knowledge/discovery/test-settings.ts';
import type { TestCommands } from '../../model/selection.ts';
import { type RunnableSpec, type Suite, testCommands } from '../../selection/index.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { MOST_TEXT_BYTES } from './known-suite.ts';

/** Names of `package.json` in the folder of a path and around it. */
const manifestsAround = (path: string): string[] => {
  const folders = path.split('/').slice(0, -1);
  return [...folders.map((_, at) => `${folders.slice(0, at + 1).join('/')}/package.json`), 'package.json'];
};

/** The commands of these specs, as the files around them and `lintel.yaml` say. @param paths all files of the work tree */
export async function commandsOf(
  { files, loaded }: Workspace,
  suite: Suite,
  paths: readonly string[],
  wanted: readonly string[],
): Promise<TestCommands> {
  const known = new Map(suite.specs.map((spec) => [spec.path, spec]));
  const declared = testSuites(loaded.config.tests).flatMap(({ globs, exclude, command }) => {
    // A command without globs is the one of every test that is found.
    const takes = createMatcher(globs.length === 0 ? ['**'] : globs, { braces: true });
    const leaves = createMatcher(exclude, { braces: true });
    return command === undefined ? [] : [{ command, takes: (path: string) => takes.decide(path) === true && leaves.decide(path) !== true }];
  });
  const specs = [...new Set(wanted)].flatMap((path): RunnableSpec[] => {
    const spec = known.get(path);
    if (spec === undefined) return [];
    const command = declared.find(({ takes }) => takes(path))?.command;
    return [{ path, framework: spec.framework, config: spec.config, command }];
  });
  const all = new Set(paths);
  const needed = [...new Set(specs.flatMap(({ path }) => [path, ...manifestsAround(path).filter((each) => all.has(each))]))];
  const texts = await files.readMany(needed, MOST_TEXT_BYTES);
  const byPath = new Map(needed.map((path, at) => [path, texts[at]]));
  return testCommands(specs, { files: all, text: (path) => byPath.get(path) });
}
