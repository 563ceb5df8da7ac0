import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findGit, type Repository, readDiff, workingTreeChanges } from '../../server/git/index.ts';
import { GIT_ATTRIBUTES, GIT_KEYS, type GitKey, overridesByName, rowOf } from '../../server/git/settings.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { callEverything, opened } from './support.ts';

/** Names that a repository may give to a driver, each for a file `NUMBER.txt`. */
const NAMES = ['evil', 'a=b', 'a.b', 'a=b=c.d', 'A', '-c', 'clean', 'ünï', `quote'"`, '\\back', 'n'.repeat(200), '$(x)', '!x'];

/** Names of commands, for `pager.*` and `alias.*`. */
const COMMANDS = ['status', 'log', 'diff', 'blame', 'config', 'rev-parse', 'ls-files', 'evil'];

/** Rows that can stand in one repository together: the others decide whether it is read at all. */
const TOGETHER = GIT_KEYS.filter(({ treatment }) => treatment !== 'refused' && treatment !== 'checked' && treatment !== 'harmless');
const KEYS = TOGETHER.flatMap((row) => row.keys.map((key) => ({ key, row })));

let folder: TemporaryFolder;
let repository: Repository;
let script = '';

const witnessOf = (key: string): string => join(folder.path, 'witnesses', key.replaceAll('*', '_'));
const witnesses = (key: string): string => (existsSync(witnessOf(key)) ? readFileSync(witnessOf(key), 'utf8') : '');

/** A value that leaves a trace if git does with it what the row says. */
const valueFor = (key: string, row: GitKey): string => {
  const command = `${script} ${witnessOf(key)}`;
  if (key.endsWith('.promisor') || key === 'log.showSignature' || key === 'log.mailmap' || key.endsWith('.required')) return 'true';
  if (key.endsWith('.enabled') || key === 'maintenance.auto' || key === 'filter.*.required') return 'true';
  if (key === 'gc.auto') return '1';
  if (key === 'core.hooksPath') return join(folder.path, 'hooks');
  if (key.endsWith('.allow') || key === 'protocol.allow') return 'always';
  if (key === 'extensions.partialClone') return 'origin';
  if (key.endsWith('.partialclonefilter')) return 'blob:none';
  if (/^alias|^credential|^submodule.*update/.test(key)) return `!${command}`;
  if (/url$/i.test(key)) return `ext::${command}`;
  if (/uri$/i.test(key)) return `file://${witnessOf(key)}`;
  if (key.includes('nsteadOf')) return 'https://example.org/';
  if (/proxy$/i.test(key) && row.names === 'address') return 'http://127.0.0.1:9';
  if (row.names === 'program') return command;
  if (row.names === 'file') return witnessOf(key);
  if (key === 'i18n.logOutputEncoding') return 'UTF-16';
  if (key === 'diff.submodule') return 'log';
  return row.value === 'false' ? 'true' : 'false';
};

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** Lines of a configuration file that set a key, under each of the names where it holds one. */
const linesOf = (key: string, value: string): string => {
  const parts = /^([^.]+)(?:\.(.+))?\.([^.]+)$/.exec(key);
  const [, first = '', middle, last = ''] = parts ?? [];
  const line = (section: string, variable: string) => `[${section}]\n\t${variable} = ${quoted(value)}\n`;
  if (last === '*') return COMMANDS.map((command) => line(first, command)).join('');
  if (middle === undefined) return line(first, last);
  // Git prefers `process`, so the first names have only the others.
  const names = key === 'filter.*.process' ? NAMES.slice(6) : NAMES;
  return names.map((name) => line(`${first} ${quoted(middle.replace('*', () => name))}`, last)).join('');
};

beforeAll(async () => {
  folder = temporaryFolder();
  const root = join(folder.path, 'repository');
  script = join(folder.path, 'evil.sh');
  writeFiles(folder.path, {
    'evil.sh': '#!/bin/sh\necho ran >> "$1"\nshift\nif [ $# -gt 0 ]; then cat "$@" 2>/dev/null; else cat; fi\n',
    'witnesses/none': '',
    'repository/.keep': '',
  });
  chmodSync(script, 0o755);
  git(root, ['init', '--quiet']);
  const files = Object.fromEntries(NAMES.map((_, index) => [`${index}.txt`, `one ${index}\n`]));
  commitFiles(root, 'first', { ...files, 'missing.txt': `${'line\n'.repeat(50)}one\n` });
  const attributes = NAMES.map((name, index) => `${index}.txt filter=${name} diff=${name} merge=${name}\n`).join('');
  const macros = '[attr]macro filter=evil diff=evil\nmacro.txt macro\n';
  git(root, ['mv', 'missing.txt', 'moved.txt']);
  commitFiles(root, 'second', { '.gitattributes': attributes + macros, 'moved.txt': `${'line\n'.repeat(50)}two\n`, 'macro.txt': 'one\n' });
  const lost = git(root, ['rev-parse', 'HEAD^:missing.txt']);
  for (const { key, row } of KEYS) {
    if (row.names === 'file' || row.names === 'address') writeFiles(folder.path, { [`witnesses/${key.replaceAll('*', '_')}`]: 'a\n' });
    appendFileSync(join(root, '.git/config'), linesOf(key, valueFor(key, row)));
  }
  for (const hook of ['post-index-change', 'reference-transaction', 'fsmonitor-watchman', 'post-checkout', 'pre-auto-gc']) {
    for (const place of ['hooks', 'repository/.git/hooks']) {
      writeFiles(folder.path, { [`${place}/${hook}`]: `#!/bin/sh\necho ran >> ${witnessOf('core.hooksPath')}\n` });
      chmodSync(join(folder.path, place, hook), 0o755);
    }
    appendFileSync(join(root, '.git/config'), `[hook "evil"]\n\tevent = ${hook}\n`);
  }
  // Missing, so that a partial clone would fetch it; changed without a new size, so that git has to look into the files.
  execFileSync('rm', ['-f', join(root, '.git/objects', lost.slice(0, 2), lost.slice(2))]);
  for (const [index] of NAMES.entries()) {
    writeFiles(root, { [`${index}.txt`]: `two ${index}\n` });
    utimesSync(join(root, `${index}.txt`), 1, 1);
  }
  for (const { key, row } of KEYS) if (row.names === 'file' && existsSync(witnessOf(key))) utimesSync(witnessOf(key), 0, Date.now() / 1000);
  repository = await opened(root);
  await callEverything(repository, [...NAMES.map((_, index) => `${index}.txt`), 'macro.txt', 'moved.txt']);
}, 180_000);

afterAll(() => folder?.remove());

describe('a key of the configuration of a repository', () => {
  test.each(KEYS.filter(({ row }) => row.names === 'program').map(({ key }) => key))('runs nothing: %s', (key) => {
    expect(witnesses(key)).toBe('');
  });

  test.each(KEYS.filter(({ row }) => row.names === 'file').map(({ key }) => key))('has no file read: %s', (key) => {
    if (valueFor(key, { keys: [], names: 'file', treatment: 'off' }) !== witnessOf(key)) return;
    expect(statSync(witnessOf(key)).atimeMs).toBe(0);
  });

  test.each(KEYS.filter(({ row }) => row.names === 'address').map(({ key }) => key))('opens no address: %s', (key) => {
    expect(witnesses(key)).toBe('a\n');
  });

  test('does not hide what changed', async () => {
    const changed = NAMES.map((_, index) => `${index}.txt`).sort();
    expect(await workingTreeChanges(repository)).toEqual(changed);
    const { files, unreadable } = await readDiff(repository, 'work-tree');
    expect(files.map(({ path }) => path).sort()).toEqual(changed);
    expect(unreadable).toEqual([]);
  });

  test('leaves a trace in a git that is not told otherwise, so the tests above can fail', () => {
    for (const command of [
      ['status', '--short'],
      ['diff', '--ext-diff', 'HEAD^', '--', 'moved.txt'],
      ['log', '-1', '--use-mailmap', '--patch', '--', '0.txt'],
      ['diff', '--textconv', '--no-ext-diff', '--', '0.txt'],
    ])
      spawnSync('git', command, { cwd: repository.root, stdio: 'ignore', timeout: 20_000 });
    const traces = KEYS.filter(({ key, row }) => row.names === 'program' && witnesses(key) !== '').map(({ key }) => key);
    expect(traces).toEqual(expect.arrayContaining(['core.fsmonitor', 'diff.external', 'filter.*.clean', 'diff.*.textconv']));
    const read = ['mailmap.file', 'diff.orderFile', 'core.attributesFile', 'core.excludesFile'];
    expect(read.filter((key) => statSync(witnessOf(key)).atimeMs !== 0)).toEqual(read);
  });

  test('is known whatever the case of its letters', () => {
    expect(rowOf('FILTER.Name.CLEAN')?.treatment).toBe('off by name');
    expect(rowOf('core.sshcommand')?.treatment).toBe('blocked');
    expect(rowOf('user.name')).toBeUndefined();
  });

  test('is overridden under the name that it has, with all keys of its kind', () => {
    expect(overridesByName(['filter.A=b.c.clean', 'filter.A=b.c.required', 'user.name']).map(({ key }) => key)).toEqual([
      'filter.A=b.c.clean',
      'filter.A=b.c.smudge',
      'filter.A=b.c.process',
      'filter.A=b.c.required',
    ]);
    expect(overridesByName(['filter..clean']).map(({ key }) => key)).toContain('filter..clean');
    expect(overridesByName(['filter.clean', 'hook.command'])).toEqual([]);
  });

  test('is on the page about git, with what is done about it', () => {
    const page = readFileSync(new URL('../../docs/git.md', import.meta.url), 'utf8');
    for (const { keys, names, treatment } of GIT_KEYS)
      expect(page).toContain(`| ${keys.map((key) => `\`${key}\``).join(', ')} | ${names} | ${treatment} |`);
    for (const { attribute, effect } of GIT_ATTRIBUTES) expect(page).toContain(`| \`${attribute}\` | ${effect} |`);
  });
});

test('the git that these tests ran with is one that Lintel accepts', async () => {
  expect((await findGit())?.version).toMatch(/^(?:2\.(?:3[1-9]|[4-9]\d)|[3-9])/);
});
