import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { COMPOSED_ID, NARROW_ID } from '../../server/identifiers/rules.ts';
import type { IdentifierReport, IdentifierRequest } from '../../server/model/answer.ts';
import { EngineError } from '../../server/model/errors.ts';
import { type Finding, findingOf, type RuleInfo, type Severity } from '../../server/model/finding.ts';
import { fakeEngine, spanAt } from '../support/engine.ts';
import { testFolder } from '../support/folder.ts';
import { runInMemory } from './in-memory.ts';

const found = (rule: RuleInfo, severity: Severity, line = 0, more: Partial<Finding> = {}): Finding => ({
  ...findingOf(rule, { message: `${rule.id}.`, span: spanAt(line, 3, 8), severity }),
  ...more,
});
const ALLOWED = { path: 'b.ts', finding: found(COMPOSED_ID, 'warning'), reason: 'The carrier wants it.' };
const engineWith = (findings: readonly Finding[], more: Partial<IdentifierReport> = {}, root = '/shop') => {
  const asked: IdentifierRequest[] = [];
  const engine = fakeEngine({
    root,
    identifiers: async (request = {}) => {
      asked.push(request);
      const files = findings.length > 0 ? [{ document: { id: 'a.ts', path: 'a.ts', kind: 'code' as const }, findings }] : [];
      return { files, allowed: [], looked: 2, notices: [], ...more };
    },
  });
  return { engine, asked };
};
const run = (args: readonly string[], findings: readonly Finding[], more?: Partial<IdentifierReport>) =>
  runInMemory(['ids', ...args], engineWith(findings, more).engine);

describe('the exit code of ids', () => {
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
    expect((await run(args, [found(COMPOSED_ID, severity)])).code).toBe(code);
  });

  it.each([
    [['--format', 'xml'], '--format: unknown format "xml". Use text, json, sarif, patch.'],
    [['--format', 'sarfi'], 'Did you mean "sarif"?'],
    [['--json', '--format', 'sarif'], 'Use only one of --json and --format sarif.'],
    [['--fail-on', 'warn'], 'Did you mean "warning"?'],
    [['--baseline', 'a', '--write-baseline', 'b'], 'Use only one of --baseline and --write-baseline.'],
    [['--write-baseline', 'b', '--since', 'HEAD'], 'A baseline is of the whole repository'],
    [['nowhere'], 'There is no file or folder nowhere'],
  ])('is 2 for %j, with a sentence', async (args, sentence) => {
    const { code, err } = await run(args, []);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  });

  it('is 2 for a commit that the repository lacks', async () => {
    const engine = fakeEngine({
      identifiers: async () => {
        throw new EngineError('unknown-commit', 'There is no commit "x" in this repository.');
      },
    });
    expect(await runInMemory(['ids', '--since', 'x'], engine)).toMatchObject({
      code: 2,
      err: 'lintel: There is no commit "x" in this repository.\n',
    });
  });
});

describe('what ids prints', () => {
  it('is one finding a line, by position, without hints, with a summary on standard error', async () => {
    const { out, err } = await run([], [found(NARROW_ID, 'warning', 4), found(COMPOSED_ID, 'hint', 1), found(COMPOSED_ID, 'error', 2)]);
    expect(out).toBe('a.ts:3:4 SID001 SID001.\na.ts:5:4 SID006 SID006.\n');
    expect(err).toBe('lintel: 2 findings in 1 file: 1 error, 1 warning (1 SID001, 1 SID006).\n');
  });

  it('says with --all what is allowed, by what and why, and the hints', async () => {
    const link = { ...ALLOWED, link: 'docs/adr/0031.md' };
    const page = { ...ALLOWED, link: 'https://example.org/numbers' };
    const more = { allowed: [ALLOWED, link, page] };
    const { out, err } = await run(['--all'], [found(COMPOSED_ID, 'hint')], more);
    expect(out.split('\n')).toEqual([
      'a.ts:1:4 SID001 SID001.',
      'b.ts:1:4 SID001 SID001. Allowed by lintel.yaml: The carrier wants it.',
      'b.ts:1:4 SID001 SID001. Allowed by docs/adr/0031.md (lintel.yaml): The carrier wants it.',
      'b.ts:1:4 SID001 SID001. Allowed by https://example.org/numbers: The carrier wants it.',
      '',
    ]);
    expect(err).toContain('; 3 findings allowed.');
    expect((await run([], [], more)).out).toBe('');
  });

  it('is JSON with the findings and, with --all, what is allowed', async () => {
    for (const args of [['--json'], ['--format', 'json']])
      expect(JSON.parse((await run(args, [found(NARROW_ID, 'warning')])).out)).toEqual({
        findings: [{ path: 'a.ts', rule: 'SID006', severity: 'warning', message: 'SID006.', span: spanAt(0, 3, 8) }],
      });
    expect(JSON.parse((await run(['--json', '--all'], [], { allowed: [ALLOWED] })).out)).toMatchObject({
      findings: [],
      allowed: [{ path: 'b.ts', rule: 'SID001', allowed: { reason: 'The carrier wants it.' } }],
    });
  });

  it('is a SARIF log that is valid by the official schema, with the page of each rule, the places that belong to it and its fixes', async () => {
    const { $schema, id, ...schema } = sarifSchema as Record<string, unknown>;
    const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(schema);
    const fix = { title: 'Write bigserial', edits: [{ path: 'a.ts', span: spanAt(0, 3, 8), text: 'bigserial' }] };
    const finding = found(NARROW_ID, 'error', 0, {
      related: [{ path: 'docs/adr/7.md', span: spanAt(2, 0, 4), message: 'Wide keys' }],
      fixes: [fix],
    });
    const log = JSON.parse((await run(['--format', 'sarif'], [finding, found(COMPOSED_ID, 'warning', 1)])).out) as {
      runs: [{ tool: { driver: { rules: { id: string; help: { markdown: string } }[] } }; results: { ruleId: string; level: string }[] }];
    };
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    const [{ tool, results }] = log.runs;
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['SID006', 'error'],
      ['SID001', 'warning'],
    ]);
    expect(tool.driver.rules.map((rule) => [rule.id, rule.help.markdown.startsWith(`# ${rule.id}\n`)])).toEqual([
      ['SID001', true],
      ['SID006', true],
    ]);
  });

  it('says what was not looked at: on standard error, in JSON, and as a notification of SARIF', async () => {
    const notices = ['Identifiers in 1 file were not looked at: web/app.js.'];
    const { out, err } = await run([], [], { notices });
    expect([out, err.split('\n')[0]]).toEqual(['', `lintel: ${notices[0]}`]);
    expect(JSON.parse((await run(['--json'], [], { notices })).out)).toEqual({ findings: [], notices });
    const log = JSON.parse((await run(['--format', 'sarif'], [found(NARROW_ID, 'error')], { notices })).out) as {
      runs: [{ invocations: unknown }];
    };
    const { $schema, id, ...schema } = sarifSchema as Record<string, unknown>;
    const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(schema);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(log.runs[0].invocations).toEqual([
      { executionSuccessful: true, toolExecutionNotifications: [{ level: 'note', message: { text: notices[0] } }] },
    ]);
  });

  it('is a patch with the best fix of each finding, and changes no file', async () => {
    const root = testFolder();
    const text = 'id serial primary key\n';
    writeFileSync(join(root, 'a.ts'), text);
    const fix = (word: string) => ({ title: word, edits: [{ path: 'a.ts', span: spanAt(0, 3, 9), text: word }] });
    const { engine } = engineWith([found(NARROW_ID, 'warning', 0, { fixes: [fix('bigserial'), fix('uuid')] })], {}, root);
    const { out, err } = await runInMemory(['ids', '--format', 'patch'], engine, { folder: root });
    expect(out).toContain('+id bigserial primary key\n');
    expect(out).not.toContain('uuid');
    expect(err).toBe('lintel: 1 finding, 1 fix in the patch.\n');
    expect(readFileSync(join(root, 'a.ts'), 'utf8')).toBe(text);
  });
});

it('ids asks for the named paths and for what is new since a commit', async () => {
  const root = testFolder();
  writeFileSync(join(root, 'a.ts'), '');
  const { engine, asked } = engineWith([], {}, root);
  await runInMemory(['ids', 'a.ts', '--since', 'origin/main'], engine, { folder: root });
  await runInMemory(['ids'], engine, { folder: root });
  expect(asked).toEqual([{ paths: ['a.ts'], since: 'origin/main' }, { paths: [] }]);
});

it('ids starts clean with a baseline, says what is gone of it, and leaves the other rules of a baseline of check alone', async () => {
  const root = testFolder();
  writeFileSync(join(root, 'a.ts'), 'id serial\nid integer\n');
  const findings = [found(NARROW_ID, 'warning', 0), found(NARROW_ID, 'warning', 1)];
  const ids = (args: readonly string[], list = findings) =>
    runInMemory(['ids', ...args], engineWith(list, {}, root).engine, { folder: root });
  expect(await ids(['--write-baseline', 'ids.json'])).toMatchObject({ code: 0, out: '', err: 'lintel: wrote 2 findings to ids.json.\n' });
  expect(await ids(['--baseline', 'ids.json'])).toMatchObject({ code: 0, out: '' });
  const file = join(root, 'ids.json');
  const written = JSON.parse(readFileSync(file, 'utf8')) as { findings: unknown[] };
  written.findings.push({ path: 'a.ts', rule: 'cites-nothing', text: 'ADR-1', count: 1 });
  writeFileSync(file, JSON.stringify(written));
  const { code, err } = await ids(['--baseline', 'ids.json'], findings.slice(0, 1));
  expect([code, err]).toEqual([0, expect.stringContaining('1 finding of the baseline is gone.')]);
  expect(err).not.toContain('cites-nothing');
});

it('check reports warnings and errors about identifiers, and their infos only where they are asked for', async () => {
  const list = [found(NARROW_ID, 'warning', 0), found(COMPOSED_ID, 'info', 1)];
  const engine = fakeEngine({ allFindings: async () => [{ document: { id: 'a.ts', path: 'a.ts', kind: 'code' }, findings: list }] });
  const rules = async (...args: string[]) => (await runInMemory(['check', ...args], engine)).out.match(/SID\d+(?= SID)/g);
  expect(await rules()).toEqual(['SID006']);
  expect(await rules('--rule', 'SID001')).toEqual(['SID001']);
  expect(await rules('--fail-on', 'info')).toEqual(['SID006', 'SID001']);
});
