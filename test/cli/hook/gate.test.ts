import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breachesOf, contains, linesMissing } from '../../../server/engine/hook/constraints.ts';
import { decidersOf } from '../../../server/engine/hook/people.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { git } from '../../support/git.ts';
import { makeRepository } from '../../support/repository.ts';
import { lintel } from '../run.ts';
import { askHook, told } from './ask-hook.ts';

const RECORD = 'docs/adr/0001-no-moment.md';
const TEXT = `---
status: accepted
deciders: [Ada Lovelace, "@grace"]
---
# 1. Do without moment

## Decision

We use the dates of the platform.
`;
const FILES = {
  [RECORD]: TEXT,
  'docs/adr/0002-old.md': '# 2. Old\n\n## Status\n\nRejected\n\n## Decision\n\nWe use nothing.\n',
  '.github/CODEOWNERS': '/docs/ @architects\n',
  'src/a.ts': 'export const a = 1;\n',
  'tools/a.ts': 'export const a = 1;\n',
  'lintel.yaml': `gate:
  appendOnly: true
  constraints:
    - record: ADR-1
      paths: [src/**]
      forbid: ["from 'moment*'", "require('moment')"]
    - record: docs/adr/0002-old.md
      forbid: ["export"]
    - record: "0099"
      forbid: ["export"]
`,
};

describe('the gate', () => {
  const work = temporaryFolder('lintel-gate');
  const made = makeRepository(FILES);
  const options = { folder: made.root, cache: work.path };
  const ask = async (path: string, old: string, added: string, args: readonly string[] = ['--gate']) => {
    const input = { file_path: join(made.root, path), old_string: old, new_string: added };
    const event = { hook_event_name: 'PreToolUse', session_id: 's', cwd: made.root, tool_name: 'Edit', tool_input: input };
    const outcome = await askHook(JSON.stringify(event), options, args);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    return told(outcome.stdout);
  };
  const breaking = (args?: readonly string[]) =>
    ask('src/a.ts', 'export const a = 1;', 'import m from "moment/min";\nexport const a = m;', args);

  beforeAll(async () => {
    expect((await lintel(['index'], options)).code).toBe(0);
  });
  afterAll(() => {
    made.remove();
    work.remove();
  });

  it('asks a person with the reason, the decision, who decides, what to look at and at most six options', async () => {
    const { decision, reason } = await breaking();
    expect(decision).toBe('ask');
    expect(reason).toMatch(/^Lintel CONSTRAINT_BROKEN [0-9a-f]{8}: src\/a\.ts:1 would have "import m from \\"moment\/min\\";"\./);
    expect(reason).toContain('"0001 Do without moment" (docs/adr/0001-no-moment.md) is in force and forbids "from \'moment*\'" there.');
    expect(reason).toContain('It says: "We use the dates of the platform."');
    expect(reason).toContain('Who decides: "Ada Lovelace", "@grace" (the record names them).');
    expect(reason).toContain('Look at: docs/adr/0001-no-moment.md, src/a.ts:1');
    expect(reason.match(/^\d\. /gm)?.length).toBeLessThanOrEqual(6);
  });

  it('asks nothing without the option, elsewhere, for what was there before, or for a record that is not in force', async () => {
    expect((await breaking([])).decision).toBe('');
    expect((await ask('tools/a.ts', 'export const a = 1;', 'import m from "moment";')).decision).toBe('');
    expect((await ask('src/a.ts', 'export const a = 1;', 'import m from "momentum";\nexport const a = 2;')).decision).toBe('ask');
    expect((await ask('src/a.ts', 'export const a = 1;', 'export const a = 2;')).decision).toBe('');
  });

  it('takes an answer of a person until HEAD changes', async () => {
    const code = /BROKEN ([0-9a-f]{8})/.exec((await breaking()).reason)?.[1] ?? '';
    const answer = (...args: string[]) => lintel(['hook', 'answer', code, ...args], options);
    expect(await answer('allow', '--reason', 'goes soon')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('A person answers this'),
    });
    expect(await answer('allow', '--yes')).toMatchObject({ code: 2, stderr: expect.stringContaining('--reason') });
    expect(await answer('perhaps', '--yes', '--reason', 'x')).toMatchObject({ code: 2 });
    expect(await answer('allow', '--yes', '--reason', 'goes soon', '--by', 'Ada')).toMatchObject({ code: 0 });
    const recorded = readFileSync(join(made.root, '.lintel/answers.jsonl'), 'utf8');
    expect(JSON.parse(recorded)).toEqual({
      code,
      answer: 'allow',
      reason: 'goes soon',
      by: 'Ada',
      at: expect.any(String),
      head: made.head,
    });
    const allowed = await breaking();
    expect(allowed.decision).toBe('');
    expect(allowed.context).toContain('"Ada" allowed it at this commit. Reason: "goes soon".');
    expect(await answer('refuse', '--yes', '--reason', 'not again')).toMatchObject({ code: 0 });
    expect(await breaking()).toMatchObject({
      decision: 'deny',
      reason: expect.stringContaining('refused it at this commit. Reason: "not again".'),
    });
    git(made.root, ['commit', '--allow-empty', '-qm', 'Go on']);
    expect((await breaking()).decision).toBe('ask');
  });

  it('asks before what a record in force says is changed, and lets it be added to', async () => {
    expect(await ask(RECORD, 'We use the dates of the platform.', 'We use moment.')).toMatchObject({
      decision: 'ask',
      reason: expect.stringMatching(/^Lintel RECORD_REWRITTEN [0-9a-f]{8}: .*docs\/adr\/0001-no-moment\.md:9: "We use the dates/),
    });
    expect((await ask(RECORD, 'platform.\n', 'platform.\n\nAnd of nothing else.\n')).decision).toBe('');
    expect((await ask(RECORD, 'status: accepted', 'status: superseded')).decision).toBe('');
    expect((await ask('docs/adr/0002-old.md', 'We use nothing.', 'We use all.')).decision).toBe('');
  });

  it('reads lintel.yaml as it is now', async () => {
    writeFileSync(join(made.root, 'lintel.yaml'), 'gate:\n  constraints:\n    - { record: "1", forbid: ["zebra"] }\n');
    expect((await breaking()).decision).toBe('');
    expect((await ask('tools/a.ts', 'export const a = 1;', 'zebra()')).decision).toBe('ask');
  });
});

describe('a forbidden text', () => {
  it.each([
    ['import moment', 'import moment', true],
    ['  import   moment;', 'import moment', true],
    ['import momentum', 'import moment', false],
    ['reimport moment', 'import moment', false],
    ["import m from 'moment/min'", 'from "moment*"', true],
    ['import m from `moment`', "from 'moment*'", true],
    ['a.b(c)', 'a.b(*)', true],
    ['a.b(c', 'a.b(*)', false],
    ['axb(c)', 'a.b(*)', false],
    ['the end', '*end', true],
    ['the ending', '*end', false],
    ['the ending', '*end*', true],
  ])('%j with %j: %s', (line, pattern, expected) => {
    expect(contains(line, pattern)).toBe(expected);
  });

  it('is found where a regular expression would find it', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '(', '*'), maxLength: 30 });
    const escaped = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    fc.assert(
      fc.property(text, text, (line, pattern) => {
        // The edges of words are looked at in the table above.
        const wide = `*${pattern}*`;
        expect(contains(line, wide)).toBe(new RegExp(wide.split('*').map(escaped).join('.*')).test(line));
      }),
      { numRuns: 500 },
    );
  });

  it('takes no longer for a pattern that would make a regular expression backtrack', () => {
    expect(contains('a'.repeat(1_000_000), `${'a*'.repeat(99)}b`)).toBe(false);
  });

  it('is one only in lines that an edit adds, as often as it adds them', () => {
    expect(linesMissing('a\nb\nb\n', 'b\n')).toEqual([
      { line: 0, text: 'a' },
      { line: 2, text: 'b' },
    ]);
    const constraint = { record: '1', paths: [], forbid: ['b'] };
    expect(breachesOf([constraint], { path: 'x', before: 'b\n', after: 'a\nb\n' })).toEqual([]);
    expect(breachesOf([constraint], { path: 'x', after: 'a\nb\n' })).toMatchObject([{ line: 1, forbidden: 'b' }]);
  });
});

describe('who decided', () => {
  it.each<[string, readonly string[]]>([
    ['---\ndecision-makers: Ada, Grace\n---\n# A\n', ['Ada', 'Grace']],
    ['# A\n\n* Deciders: [Ada](https://a.example), @grace and Linus\n', ['Ada', '@grace', 'Linus']],
    ['# A\n\n**Approved by:** Ada\n', ['Ada']],
    ['# A\n\nThe deciders met.\n', []],
    ['# A\n\n- Deciders: {list everyone}, 7\n', ['list everyone']],
  ])('is read from %j', (text, expected) => {
    expect(decidersOf(text)).toEqual(expected);
  });
});
