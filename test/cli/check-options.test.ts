import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { sarifOf } from '../../server/cli/sarif.ts';
import { againstBaseline, writeBaseline } from '../../server/engine/baseline.ts';
import { RULES } from '../../server/engine/rules.ts';
import { defineRule, type Finding, findingOf, type Severity } from '../../server/model/finding.ts';
import { fakeEngine, spanAt } from '../support/engine.ts';
import { testFolder } from '../support/folder.ts';
import { runInMemory } from './in-memory.ts';

const rule = (id: string, severity: Severity) => defineRule({ id, severity, description: 'Old.', tags: ['code'] });
const finding = (id: string, severity: Severity, line = 0): Finding =>
  findingOf(rule(id, severity), { message: `${id}.`, span: spanAt(line, 3, 8) });
const engineWith = (...findings: readonly Finding[]) =>
  fakeEngine({ allFindings: async () => [{ document: { id: 'a.ts', path: 'a.ts', kind: 'code' }, findings }] });

describe('the exit code of check', () => {
  it.each<[Severity, string[], number]>([
    ['error', [], 1],
    ['warning', [], 1],
    ['info', [], 0],
    ['hint', [], 0],
    ['info', ['--fail-on', 'info'], 1],
    ['hint', ['--fail-on', 'hint'], 1],
    ['warning', ['--fail-on', 'error'], 0],
    ['error', ['--fail-on', 'never'], 0],
  ])('for a finding that is one %s with %j is %i', async (severity, args, code) => {
    expect((await runInMemory(['check', ...args], engineWith(finding('cites-nothing', severity)))).code).toBe(code);
  });

  it('is 2 for a severity that does not exist and for options that contradict each other', async () => {
    for (const args of [
      ['--fail-on', 'warn'],
      ['--baseline', 'a', '--write-baseline', 'b'],
      ['--write-baseline', 'b', '--changed'],
    ])
      expect((await runInMemory(['check', ...args], engineWith())).code).toBe(2);
    expect((await runInMemory(['check', '--fail-on', 'warn'], engineWith())).err).toContain('Did you mean "warning"?');
  });
});

it('check ends with a summary by severity and rule on standard error, whatever it prints', async () => {
  const engine = engineWith(
    finding('cites-nothing', 'warning', 1),
    finding('broken-link', 'info', 2),
    finding('cites-nothing', 'warning', 3),
  );
  for (const args of [[], ['--json'], ['--sarif']])
    expect((await runInMemory(['check', ...args], engine)).err).toBe(
      'lintel: 3 findings in 1 file: 2 warnings, 1 info (2 cites-nothing, 1 broken-link).\n',
    );
  expect((await runInMemory(['check'], engineWith())).err).toBe('lintel: No findings.\n');
});

it('check tells what is wrong in the configuration once, though the index says so too', async () => {
  const wrong = { ...finding('config-invalid', 'error'), message: 'Wrong.' };
  const { state, ...status } = await fakeEngine().status();
  let fresh = false;
  const engine = fakeEngine({
    index: async () => {
      fresh = true;
      return fakeEngine().index();
    },
    status: async () => ({ ...status, state: fresh ? state : 'absent', notices: ['Wrong.', 'The clone is shallow.'] }),
    allFindings: async () => [{ document: { id: 'lintel.yaml', path: 'lintel.yaml', kind: 'guide' }, findings: [wrong] }],
  });
  const { out, err } = await runInMemory(['check'], engine);
  expect(`${out}${err}`.split('Wrong.')).toHaveLength(2);
  expect(err).toContain('The clone is shallow.');
});

describe('a baseline', () => {
  it('knows its findings when lines move and messages change, counts equal ones, and says what is gone', async () => {
    const root = testFolder();
    const file = join(root, 'baseline.json');
    const at = (line: number, message: string) => ({
      path: 'a.ts',
      finding: { ...findingOf(rule('cites-nothing', 'warning'), { message, span: spanAt(line, 3, 8) }) },
    });
    writeFileSync(join(root, 'a.ts'), '// ADR-1\n// ADR-1\n// ADR-2\n');
    await writeBaseline(file, root, [at(0, 'A.'), at(1, 'A.'), at(2, 'B.')]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      version: 1,
      findings: [
        { path: 'a.ts', rule: 'cites-nothing', text: 'ADR-1', count: 2 },
        { path: 'a.ts', rule: 'cites-nothing', text: 'ADR-2', count: 1 },
      ],
    });
    writeFileSync(join(root, 'a.ts'), '\n\n// ADR-1\n// ADR-3\n// ADR-1\n// ADR-1\n');
    const { left, known, gone } = await againstBaseline(file, root, [at(2, 'New.'), at(3, 'C.'), at(4, 'A.'), at(5, 'A.')]);
    expect(left.map((one) => one.finding.span.start.line)).toEqual([3, 5]);
    expect(known).toHaveLength(2);
    expect(gone).toEqual([{ path: 'a.ts', rule: 'cites-nothing', text: 'ADR-2', count: 1 }]);
  });

  it('that is missing or no baseline is refused in a sentence', async () => {
    const root = testFolder();
    await expect(againstBaseline(join(root, 'none.json'), root, [])).rejects.toThrow(/cannot be read: .*Write one with --write-baseline/);
    writeFileSync(join(root, 'other.json'), '{}');
    await expect(againstBaseline(join(root, 'other.json'), root, [])).rejects.toThrow(/is no baseline/);
  });
});

it('a SARIF log is valid by the schema of the format and explains every rule without an address of this machine', () => {
  const { $schema, id, ...schema } = sarifSchema as Record<string, unknown>;
  // It is of draft 4, which ajv knows under other names; nothing in it has another meaning.
  expect([typeof $schema, typeof id]).toEqual(['string', 'string']);
  const ajv = new Ajv({
    strict: false,
    // A pattern of the schema is none in Unicode mode.
    unicodeRegExp: false,
    formats: { uri: (text: string) => /^https?:\/\//.test(text), 'uri-reference': true, 'date-time': true },
  });
  const log = sarifOf(
    RULES.map((info, line) => ({
      path: 'a b/ø.ts',
      finding: findingOf(info, {
        message: 'A.',
        span: spanAt(line, 3, 8),
        related: [{ path: 'b.md', span: spanAt(1), message: 'There.' }],
        fixes: [{ title: 'Mend', edits: [{ path: 'b.md', span: spanAt(1), text: 'x' }] }],
      }),
    })),
  );
  const validate = ajv.compile(schema);
  expect([validate(log), validate.errors]).toEqual([true, null]);
  expect(JSON.stringify(log)).not.toContain('file:');
  expect(JSON.stringify(log).match(/"markdown":"# /g)).toHaveLength(RULES.length);
});

it('rules lists every rule, and prints the page of one', async () => {
  const { out, code } = await runInMemory(['rules']);
  expect([code, out.trimEnd().split('\n').length]).toEqual([0, RULES.length]);
  expect((await runInMemory(['rules', 'broken-link'])).out).toMatch(
    /^# broken-link\n\nA relative link points to a file that does not exist\./,
  );
  expect(JSON.parse((await runInMemory(['rules', 'broken-link', '--json'])).out)).toMatchObject({ id: 'broken-link', severity: 'warning' });
  expect((await runInMemory(['rules', 'broken-lnk'])).err).toContain('Did you mean "broken-link"?');
});
