import { describe, expect, it } from 'vitest';
import { type BlamedLine, type HistorySource, walk } from '../../../server/history/makers/walk.ts';
import { readUnifiedDiff } from '../../../server/text/unified-diff-reader.ts';

interface Version {
  readonly sha: string;
  readonly subject: string;
  readonly patch: string;
  readonly files?: number;
}

/** A file with one line of history: newest first, each commit with its patch; what a line was before is blamed on the next commit. */
function history(versions: readonly Version[], reverted?: string): HistorySource {
  const next = (at: string): Version | undefined => versions.find(({ sha }) => sha === at);
  return {
    blame: async ({ path, line }, at) => {
      const version = next(at.replace('^1', ''));
      const parent = versions[versions.findIndex(({ sha }) => sha === version?.sha) + 1];
      return (
        version && { sha: version.sha, subject: version.subject, path, line, ...(parent ? { previous: { sha: parent.sha, path } } : {}) }
      );
    },
    patch: async ({ sha }) => readUnifiedDiff(next(sha)?.patch ?? ''),
    files: async ({ sha }) => next(sha)?.files ?? 1,
    reverted: async () => reverted,
  };
}

const patch = (removed: readonly string[], added: readonly string[], path = 'a.ts'): string =>
  [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -1,${removed.length} +1,${added.length} @@`,
    ...removed.map((text) => `-${text}`),
    ...added.map((text) => `+${text}`),
    '',
  ].join('\n');

const start = (versions: readonly Version[], line = 0): BlamedLine => ({
  sha: versions[0]?.sha ?? '',
  subject: versions[0]?.subject ?? '',
  path: 'a.ts',
  line,
  previous: { sha: versions[1]?.sha ?? '', path: 'a.ts' },
});

const chain = async (newest: Version, line = 0) => {
  const versions = [newest, { sha: 'old', subject: 'Make it', patch: '' }];
  return (await walk(history(versions), start(versions, line))).map(({ sha, touch }) => [sha, touch]);
};

describe('the walk from a line to the commit that made it', () => {
  it.each([
    ['reformatted', 'Run the formatter', ['  call( a,b );'], ['  call(a, b)'], 'layout'],
    ['changed its quotes', 'Use double quotes', ["const shop = 'north';"], ['const shop = "north";'], 'layout'],
    ['marked its text for translation', 'i18n: mark messages', ['die("there is no merge");'], ['die(_("there is no merge"));'], 'migrated'],
    ['changed the visibility', 'Make it public', ['private String name() {'], ['public String name() {'], 'signature'],
    [
      'annotated the types',
      'Add annotations',
      ['    def extend(self, x):'],
      ['    def extend(self, x: Iterable[_T]) -> None:'],
      'signature',
    ],
    [
      'imported the name from elsewhere',
      'Upgrade to jakarta',
      ['import javax.persistence.Id;'],
      ['import jakarta.persistence.Id;'],
      'imports',
    ],
    [
      'changed the case of a name',
      'Export it',
      ['	if err := w.remove(); err != nil {'],
      ['	if err := w.Remove(); err != nil {'],
      'renamed',
    ],
  ])('passes a commit that only %s', async (_, subject, removed, added, touch) => {
    expect(await chain({ sha: 'new', subject, patch: patch(removed, added) })).toEqual([
      ['new', touch],
      ['old', undefined],
    ]);
  });

  it.each([
    ['passed another value', 'Keep the oldest entries', ['  sort(entries, byName);'], ['  sort(entries, byAge, limit);']],
    ['imported another name', 'Show the total', ["import { net } from './sums';"], ["import { gross, net } from './sums';"]],
    ['negated the condition', 'Fix the check', ['if (order.paid) ship(order);'], ['if (!order.paid) ship(order);']],
    ['changed a number', 'Wait longer', ['const wait = 10;'], ['const wait = 500;']],
    ['replaced the declaration', 'Keep several chunks', ['type chunkDesc struct {'], ['type memSeries struct {']],
    ['made a declaration whose word begins a call', 'Pass the key', ['    fn(target, *arg)'], ['    fn(target, *arg, **kw)']],
  ])('stops at a commit that %s', async (_, subject, removed, added) => {
    const [newest] = await chain({ sha: 'new', subject, patch: patch(removed, added) });
    expect(newest).toEqual(['new', undefined]);
  });

  it('passes a statement that was wrapped over several lines, from each of them', async () => {
    const wrapped = {
      sha: 'new',
      subject: 'Wrap',
      patch: patch(['event.dispatch(first, second).listen(propagate)'], ['event.dispatch(', '    first, second', ').listen(propagate)']),
    };
    for (const line of [0, 1, 2]) expect((await chain(wrapped, line))[0]).toEqual(['new', 'layout']);
  });

  it('follows a block that moved to another file, and no look-alike that stayed', async () => {
    const block = ['function total(orders) {', '  const open = orders.filter(isOpen);', '  return open.reduce(sum, 0);', '}'];
    const moved = `${patch(['x'], block, 'a.ts')}${patch(block, [], 'b.ts').replace('+1,0', '+0,0')}`;
    expect((await chain({ sha: 'new', subject: 'Split orders', patch: moved }, 1))[0]).toEqual(['new', 'moved']);
    const copied = patch(['x'], block, 'a.ts');
    expect((await chain({ sha: 'new', subject: 'Split orders', patch: copied }, 1))[0]).toEqual(['new', undefined]);
  });

  it('does not take a single line that is everywhere for a moved one', async () => {
    const both = `${patch(['x'], ['      message: "Folder not found.",'], 'a.ts')}${patch(['      message: "Folder not found.",', 'y'], ['z'], 'b.ts')}${patch(['      message: "Folder not found.",'], ['w'], 'c.ts')}`;
    expect((await chain({ sha: 'new', subject: 'update tests', patch: both }))[0]).toEqual(['new', undefined]);
  });

  it('goes back past a revert to the commit that was there before what it reverts', async () => {
    const versions = [
      {
        sha: 'rev',
        subject: 'Revert "Drop the model"',
        patch: patch(['z'], ['    const model = chooseModel(options.device);', '    return emulate(model);']),
      },
      {
        sha: 'bad',
        subject: 'Drop the model',
        patch: patch(['    const model = chooseModel(options.device);', '    return emulate(model);'], ['z']),
      },
      { sha: 'old', subject: 'Choose the model', patch: '' },
    ];
    const steps = await walk(history(versions, 'bad'), start(versions));
    expect(steps[0]).toMatchObject({ sha: 'rev', touch: 'reverted' });
  });

  it('ends before the commits at which a shallow clone ends', async () => {
    const versions = [
      { sha: 'new', subject: 'Format', patch: patch(['a( 1 )'], ['a(1)']) },
      { sha: 'edge', subject: 'x', patch: '' },
    ];
    expect((await walk(history(versions), start(versions), new Set(['edge']))).map(({ sha }) => sha)).toEqual(['new']);
  });

  it('calls a commit a maker where nothing is known of what was before', async () => {
    const versions = [{ sha: 'new', subject: 'Format', patch: patch(['a( 1 )'], ['a(1)']) }];
    const steps = await walk({ ...history(versions), blame: async () => undefined }, start(versions));
    expect(steps).toMatchObject([{ sha: 'new' }]);
    expect(steps[0]?.touch).toBeUndefined();
  });
});
