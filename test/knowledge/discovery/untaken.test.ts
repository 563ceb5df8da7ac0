import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../server/knowledge/discovery/config.ts';
import { discover } from '../../../server/knowledge/discovery/discovery.ts';
import { findUntaken } from '../../../server/knowledge/discovery/untaken.ts';

type Files = Readonly<Record<string, string>>;

const RECORD = '# Use Kafka\n\n## Status\n\nAccepted\n\n## Context\n\nA broker.\n\n## Decision\n\nKafka.\n';
const NOTE = '# How we work\n\n## Overview\n\nWords.\n';

const configOf = async (files: Files) => (await loadConfig('/repository', async (path) => files[path])).config;
const untakenOf = async (files: Files) =>
  findUntaken({
    files: Object.keys(files),
    config: await configOf(files),
    readPeek: async (path) => files[path],
    written: files['lintel.yaml'],
  });
const decisionsOf = async (files: Files): Promise<readonly string[]> => {
  const { documents } = await discover({
    root: '/repository',
    files: Object.keys(files),
    config: await configOf(files),
    readPeek: async (path) => files[path] ?? '',
  });
  return documents.filter(({ kind }) => kind === 'decision').map(({ path }) => path);
};
const all = (paths: readonly string[], text = RECORD): Files => Object.fromEntries(paths.map((path) => [path, text]));

const LOG = ['notes/design-log/queues.md', 'notes/design-log/storage.md', 'notes/design-log/tokens.md'];

describe('a folder that looks like records and is not taken', () => {
  it.each<[string, Files, readonly string[], readonly string[]]>([
    ['of nothing else is taken whole', all(LOG), ['notes/design-log/**'], LOG],
    [
      'keeps its template and its list apart',
      { ...all(LOG), ...all(['notes/design-log/template.md', 'notes/design-log/README.md'], NOTE) },
      ['notes/design-log/**'],
      LOG,
    ],
    [
      'with many pages below takes only the files of its own level',
      { ...all(LOG), ...all(['notes/design-log/a/x.md', 'notes/design-log/a/y.md'], NOTE) },
      ['notes/design-log/*.md'],
      LOG,
    ],
    [
      'with other pages beside takes what is numbered',
      { ...all(['log/01-a.md', 'log/02-b.md', 'log/03-c.md']), ...all(['log/work.md', 'log/team.md'], NOTE) },
      ['log/[0-9]*.md'],
      ['log/01-a.md', 'log/02-b.md', 'log/03-c.md'],
    ],
    [
      'with other pages beside and no numbers names its files',
      { ...all(LOG), ...all(['notes/design-log/x.md', 'notes/design-log/y.md'], NOTE) },
      LOG,
      LOG,
    ],
    [
      'with a folder for each record',
      all(['log/a/x.md', 'log/b/x.md', 'log/c/x.md']),
      ['log/**'],
      ['log/a/x.md', 'log/b/x.md', 'log/c/x.md'],
    ],
    [
      'with brackets and spaces in its name',
      all(['my [log]/a.md', 'my [log]/b.md', 'my [log]/c.md']),
      ['my \\[log\\]/**'],
      ['my [log]/a.md', 'my [log]/b.md', 'my [log]/c.md'],
    ],
    ['that is the root', all(['queues.md', 'storage.md', 'tokens.md']), ['/*.md'], ['queues.md', 'storage.md', 'tokens.md']],
  ])('%s, and the printed line takes exactly them', async (_name, files, patterns, expected) => {
    expect(await decisionsOf(files)).toEqual([]);
    const { folders, lines } = await untakenOf(files);
    expect(folders).toMatchObject([{ records: 3, patterns }]);
    expect(lines).toHaveLength(1);
    const configured = { ...files, 'lintel.yaml': `${lines[0]}\n` };
    expect(await decisionsOf(configured)).toEqual(expected);
    expect(await untakenOf(configured)).toEqual({ folders: [], lines: [] });
  });

  it('stands with others in one line, the one with the most records first', async () => {
    const more = ['wiki/a.md', 'wiki/b.md', 'wiki/c.md', 'wiki/d.md'];
    const files = { ...all(LOG), ...all(more) };
    const { lines } = await untakenOf(files);
    expect(lines).toEqual(['decisions: ["wiki/**", "notes/design-log/**"]']);
    expect(await decisionsOf({ ...files, 'lintel.yaml': lines.join('\n') })).toEqual([...LOG, ...more]);
  });

  it('is an item for the list that lintel.yaml has', async () => {
    const files = { ...all(LOG), 'lintel.yaml': 'decisions:\n  - other/*.md\n' };
    const { lines } = await untakenOf(files);
    expect(lines).toEqual(['- "notes/design-log/**"']);
    expect(await decisionsOf({ ...files, 'lintel.yaml': `${files['lintel.yaml']}  ${lines[0]}\n` })).toEqual(LOG);
  });
});

describe('nothing is said about', () => {
  it.each<[string, Files]>([
    ['two such files', all(LOG.slice(1))],
    ['pages that are no records', all(LOG, NOTE)],
    [
      'notes of meetings with decisions',
      all(['m/2024-01-01.md', 'm/2024-01-02.md', 'm/2024-01-03.md'], '# Meeting\n\n## Context\n\nx\n\n## Decision\n\ny\n'),
    ],
    ['records that are taken', all(['docs/adr/0001-a.md', 'docs/adr/0002-b.md', 'docs/adr/0003-c.md'])],
    [
      'some such files among many others',
      {
        ...all(LOG),
        ...all(
          ['a', 'b', 'c', 'd'].map((name) => `notes/design-log/${name}.md`),
          NOTE,
        ),
      },
    ],
    ['records of examples', all(['examples/log/a.md', 'examples/log/b.md', 'examples/log/c.md'])],
    ['records of others', all(['vendor/log/a.md', 'vendor/log/b.md', 'vendor/log/c.md'])],
    ['reviews of records', all(['log/reviews/a.md', 'log/reviews/b.md', 'log/reviews/c.md'])],
    ['what is excluded', { ...all(LOG), 'lintel.yaml': 'exclude: [notes/**]\n' }],
    ['what is a guide by the configuration', { ...all(LOG), 'lintel.yaml': 'guides: [notes/**]\n' }],
    ['what the configuration leaves out of the decisions', { ...all(LOG), 'lintel.yaml': 'decisions: ["!notes/design-log/*"]\n' }],
  ])('%s', async (_name, files) => expect(await untakenOf(files)).toEqual({ folders: [], lines: [] }));
});
