import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded } from '../../server/cli/fold.ts';
import { DECOMPOSED_ID, ORG_NAMED_RESOURCE } from '../../server/identifiers/rules.ts';
import type { IdentifierReport } from '../../server/model/answer.ts';
import { findingOf } from '../../server/model/finding.ts';
import { fakeEngine, spanAt } from '../support/engine.ts';
import { runInMemory } from './in-memory.ts';

const named = (path: string, team: string, name = team, line = 0) => ({
  path,
  finding: findingOf(ORG_NAMED_RESOURCE, {
    message: `sso_group_name “${name}” is named after the ${team}: a reorganization renames it.`,
    span: spanAt(line, 0, 4),
  }),
});
const told = (list: ReturnType<typeof named>[]): string[] =>
  folded(list).map(({ path, more }) => (more ? `${path} and ${more.count} in "${more.folder}"` : path));

describe('findings that say the same', () => {
  it.each([
    [
      'of one team in one folder, whatever the names',
      ['a', 'b', 'c', 'd'].map((name) => named(`access/${name}.json`, 'ops-team', `${name}-ops-team`)),
      ['access/a.json and 3 in "access"'],
    ],
    [
      'in one file of the root',
      [1, 2, 3, 4, 5].map((line) => named('access.json', 'ops-team', 'ops-team', line)),
      ['access.json and 4 in ""'],
    ],
    [
      'in folders beside each other',
      ['a', 'b', 'c', 'd', 'e'].map((name) => named(`terraform/${name}/main.tf`, 'ops-team')),
      ['terraform/a/main.tf and 4 in "terraform"'],
    ],
    [
      'three times',
      ['a', 'b', 'c'].map((name) => named(`access/${name}.json`, 'ops-team')),
      ['access/a.json', 'access/b.json', 'access/c.json'],
    ],
    [
      'in folders that are far from each other',
      ['a/x', 'b/x', 'c/x', 'd/x'].map((folder) => named(`${folder}/y/main.tf`, 'ops-team')),
      ['a/x/y/main.tf', 'b/x/y/main.tf', 'c/x/y/main.tf', 'd/x/y/main.tf'],
    ],
    [
      'of several teams',
      ['a', 'b', 'c', 'd'].map((name) => named(`access/${name}.json`, `${name}-team`)),
      ['access/a.json', 'access/b.json', 'access/c.json', 'access/d.json'],
    ],
  ])('are one line where they are %s', (_where, list, lines) => {
    expect(told(list)).toEqual(lines);
  });

  it('keep their severities apart, and those of other rules are told by their messages', () => {
    const reads = (path: string, severity: 'warning' | 'error') => ({
      path,
      finding: findingOf(DECOMPOSED_ID, { message: 'This reads kind out of the identifier ruleId.', span: spanAt(0, 0, 4), severity }),
    });
    const list = ['a', 'b', 'c', 'd'].map((name) => reads(`x/${name}.ts`, 'warning'));
    expect(told([...list, reads('x/e.ts', 'error')])).toEqual(['x/a.ts and 3 in "x"', 'x/e.ts']);
  });

  it('are all counted, once, whatever there is', () => {
    const finding = fc.record({
      path: fc.constantFrom('a.tf', 'x/a.tf', 'x/y/a.tf', 'x/z/a.tf', 'x/v/a.tf', 'x/w/a.tf'),
      team: fc.constantFrom('a-team', 'b-team'),
    });
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 40 }), (given) => {
        const list = given.map(({ path, team }, line) => named(path, team, team, line));
        expect(folded(list).reduce((sum, { more }) => sum + 1 + (more?.count ?? 0), 0)).toBe(list.length);
      }),
    );
  });
});

describe('ids', () => {
  const files: IdentifierReport['files'] = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
    document: { id: name, path: `access/${name}.json`, kind: 'code' as const },
    findings: [named(`access/${name}.json`, 'ops-team').finding],
  }));
  const run = (...args: readonly string[]) =>
    runInMemory(['ids', ...args], fakeEngine({ root: '/shop', identifiers: async () => ({ files, allowed: [], looked: 5, notices: [] }) }));

  it('prints findings that say the same as one line, and counts them all', async () => {
    const { out, err, code } = await run();
    expect(out.split('\n')).toEqual([
      expect.stringContaining('access/a.json:1:1 SID004 sso_group_name “ops-team” is named after the ops-team'),
      expect.stringMatching(/^ {2}and 4 more like this in (?:.*\/)?access$/),
      '',
    ]);
    expect([err, code]).toEqual([expect.stringContaining('5 findings in 5 files: 5 warnings'), 1]);
  });

  it('prints each of them with --all, as JSON and as SARIF', async () => {
    expect((await run('--all')).out.match(/SID004/g)).toHaveLength(5);
    expect(JSON.parse((await run('--json')).out).findings).toHaveLength(5);
    expect(JSON.parse((await run('--format', 'sarif')).out).runs[0].results).toHaveLength(5);
  });
});
