import { renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { makeRepository } from '../support/repository.ts';
import { contentsOf, freshContents, GOOD, indexHere, record } from './support.ts';

/** The same lives every time, so that a change is judged by what it changes; another number explores others. */
const SEED = Number(process.env.LINTEL_FAULT_SEED ?? 20_240_511);
const LIVES = Number(process.env.LINTEL_FAULT_LIVES ?? 25);

/** The index under test follows a repository through a random life. */
interface World {
  readonly root: string;
  readonly indexFolder: string;
  commits: number;
  branches: number;
}

type Step = readonly [name: string, run: (world: World) => Promise<void> | void];

const FOLDERS = ['docs/adr', 'docs/decisions', 'notes'];
const file = fc
  .tuple(fc.constantFrom(...FOLDERS), fc.integer({ min: 2, max: 6 }))
  .map(([folder, number]) => `${folder}/000${number}-record.md`);
const content = fc.integer({ min: 0, max: 3 }).map((variant) => record(variant, `Choose the colour ${'abcd'[variant]}`));

const run = (world: World, more: { paths?: readonly string[] } = {}) =>
  indexHere({ root: world.root, indexFolder: world.indexFolder, ...more });
const commit = (world: World) => commitFiles(world.root, `Change number ${world.commits++}`);
const clean = ({ root }: World) => {
  git(root, ['reset', '--quiet', '--hard']);
  git(root, ['clean', '--quiet', '-d', '--force']);
};

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(file, content).map(([path, text]): Step => [`write ${path}`, ({ root }) => writeFiles(root, { [path]: text })]),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(file, content).map(
      ([path, text]): Step => [
        `save ${path}`,
        async (world) => {
          writeFiles(world.root, { [path]: text });
          await run(world, { paths: [path] });
        },
      ],
    ),
  },
  { weight: 2, arbitrary: file.map((path): Step => [`delete ${path}`, ({ root }) => rmSync(join(root, path), { force: true })]) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('.gitignore', 'lintel.yaml')
      .chain((path) =>
        fc
          .constantFrom(
            '',
            path === 'lintel.yaml' ? 'exclude: [docs/decisions/**]\n' : 'docs/adr/0003*\n',
            path === 'lintel.yaml' ? 'commits: { limit: 2 }\n' : 'notes\n',
          )
          .map((text): Step => [`set ${path} to ${JSON.stringify(text)}`, ({ root }) => writeFiles(root, { [path]: text })]),
      ),
  },
  { weight: 1, arbitrary: file.map((path): Step => [`touch ${path}`, ({ root }) => touch(join(root, path))]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(['docs/adr', 'docs/decisions'], ['docs/decisions', 'docs/adr'], ['notes', 'docs/decisions']).map(
      ([from = '', to = '']): Step => [
        `rename ${from} to ${to}`,
        async (world) => {
          rmSync(join(world.root, to), { recursive: true, force: true });
          try {
            renameSync(join(world.root, from), join(world.root, to));
          } catch {
            return;
          }
          await run(world, { paths: [from, to] });
        },
      ],
    ),
  },
  { weight: 4, arbitrary: fc.constant<Step>(['commit', (world) => void commit(world)]) },
  {
    weight: 1,
    arbitrary: fc.constant<Step>([
      'amend',
      ({ root }) => void git(root, ['commit', '--quiet', '--amend', '--allow-empty', '-m', 'Amended']),
    ]),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Step>([
      'new branch',
      (world) => {
        git(world.root, ['checkout', '--quiet', '-b', `b${world.branches++}`]);
      },
    ]),
  },
  {
    weight: 2,
    arbitrary: fc.nat(4).map(
      (number): Step => [
        `switch to ${number}`,
        (world) => {
          clean(world);
          git(world.root, ['checkout', '--quiet', world.branches === 0 ? 'main' : `b${number % world.branches}`]);
        },
      ],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>([
      'merge main',
      (world) => {
        commit(world);
        const merge = ['merge', '--quiet', '--no-ff', '--allow-unrelated-histories', '-X', 'ours', '-m', 'Merge main', 'main'];
        try {
          git(world.root, merge);
        } catch {
          // One side deleted what the other changed: nothing was merged, and the life goes on.
          git(world.root, ['merge', '--abort']);
        }
      },
    ]),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>([
      'drop a commit and forget it',
      (world) => {
        clean(world);
        if (git(world.root, ['rev-list', '--count', '--first-parent', 'HEAD']) === '1') return;
        git(world.root, ['reset', '--quiet', '--hard', 'HEAD~1']);
        git(world.root, ['reflog', 'expire', '--expire=now', '--all']);
        git(world.root, ['gc', '--quiet', '--prune=now']);
      },
    ]),
  },
  { weight: 4, arbitrary: fc.constant<Step>(['index', async (world) => void (await run(world))]) },
  {
    weight: 2,
    arbitrary: fc.nat(30).map(
      (milliseconds): Step => [
        `index, cancelled after ${milliseconds} ms`,
        async ({ root, indexFolder }) => {
          await indexHere({ root, indexFolder }, AbortSignal.timeout(milliseconds)).catch((error: unknown) => {
            if (!(error instanceof DOMException)) throw error;
          });
        },
      ],
    ),
  },
);

const touch = (path: string): void => {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // There is no such file just now.
  }
};

it('an index that followed a repository holds what a fresh one holds, whatever happened', { timeout: LIVES * 6_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const made = makeRepository(GOOD);
      const index = temporaryFolder('lintel-index');
      const world: World = { root: made.root, indexFolder: index.path, commits: 1, branches: 0 };
      try {
        for (const [, perform] of steps) await perform(world);
        await run(world);
        expect(await contentsOf(index.path)).toEqual(await freshContents(made.root));
        expect(await run(world)).toMatchObject({ added: 0, updated: 0, removed: 0 });
      } finally {
        index.remove();
        made.remove();
      }
    }),
    { numRuns: LIVES, seed: SEED },
  );
});
