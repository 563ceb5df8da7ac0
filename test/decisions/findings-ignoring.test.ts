import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ignoreCommentsIn } from '../../server/decisions/findings/ignoring/ignore-comments.ts';
import { ignoreFix } from '../../server/decisions/findings/ignoring/ignore-fix.ts';
import { afterIgnores } from '../../server/decisions/findings/ignoring/ignore-unused.ts';
import { defineRule, type Finding, findingOf } from '../../server/model/finding.ts';
import { applyEdits } from '../../server/text/edits.ts';
import { lineIndex } from '../../server/text/lines.ts';

const RULE = defineRule({ id: 'cites-superseded', severity: 'warning', description: 'Old.', tags: ['code'] });
const LINK = defineRule({ id: 'broken-link', severity: 'warning', description: 'Gone.', tags: ['document'] });

/** A finding of the rule at each place where `mark` stands in the text. */
const at = (text: string, mark: string, rule = RULE): Finding[] => {
  const lines = lineIndex(text);
  return [...text.matchAll(new RegExp(mark, 'g'))].map(({ index }) =>
    findingOf(rule, { message: 'A.', span: lines.span(index, index + mark.length) }),
  );
};
const left = (path: string, text: string, mark: string, rule = RULE, complete = true): string[] =>
  afterIgnores(path, text, at(text, mark, rule), complete).map(({ rule: id, span }) => `${id} ${span.start.line}`);

describe('an ignore comment with a reason', () => {
  it.each([
    ['a.ts', 'x(); // ADR-7 lintel-ignore cites-superseded kept for the old format'],
    ['a.ts', '// lintel-ignore cites-superseded kept\nx(); // ADR-7'],
    ['a.ts', '/* lintel-ignore cites-superseded kept */\nx(); // ADR-7'],
    ['a.ts', '/**\n * lintel-ignore cites-superseded: kept\n * See ADR-7.\n */'],
    ['a.ts', '// lintel-ignore cites-superseded, cites-superseded kept\n// ADR-7'],
    ['a.tsx', '<p>{/* lintel-ignore cites-superseded kept */}</p>\n{/* ADR-7 */}\n'.replace('<p>', '').replace('</p>', '')],
    ['a.py', '# lintel-ignore cites-superseded kept\n# ADR-7'],
    ['a.sql', '-- lintel-ignore cites-superseded kept\n-- ADR-7'],
    ['a.rb', 'x # ADR-7 lintel-ignore cites-superseded kept'],
    ['a.yaml', 'a: 1 # ADR-7 lintel-ignore cites-superseded kept'],
    ['a.vue', '<!-- lintel-ignore cites-superseded kept -->\n<!-- ADR-7 -->'],
    ['a.erl', '%% lintel-ignore cites-superseded kept\n%% ADR-7'],
    ['a.md', '<!-- lintel-ignore cites-superseded kept -->\nADR-7'],
    ['a.md', '<!-- lintel-ignore cites-superseded kept -->\n\nwords\nand ADR-7'],
    ['a.md', '<!-- lintel-ignore cites-superseded\n kept for long -->\nADR-7'],
    ['a.md', '- ADR-7 <!-- lintel-ignore cites-superseded kept -->'],
    ['a.md', '---\n# lintel-ignore cites-superseded kept\nsee: ADR-7\n---\n# A'],
    ['a.rst', '.. lintel-ignore cites-superseded kept\n\nwords\nADR-7'],
    ['a.adoc', '// lintel-ignore cites-superseded kept\nADR-7'],
    ['CODEOWNERS', '# lintel-ignore-file cites-superseded kept\n\n* @a # ADR-7'],
    ['a.ts', '// ADR-7\nx();\n// lintel-ignore-file cites-superseded kept'],
  ])('in %s hides the finding of its line, the next one or the file: %j', (path, text) => {
    expect(left(path, text, 'ADR-7')).toEqual([]);
  });

  it.each([
    ['a.ts', '// lintel-ignore cites-superseded kept\nx();\n// ADR-7'],
    ['a.ts', 'y(); // lintel-ignore cites-superseded kept\n// ADR-7'],
    ['a.ts', '// lintel-ignore cites-nothing kept\n// ADR-7'],
    ['a.md', '<!-- lintel-ignore cites-superseded kept -->\nwords\n\nADR-7'],
  ])('in %s hides nothing elsewhere and is told to be unused: %j', (path, text) => {
    const found = left(path, text, 'ADR-7');
    expect(found.map((one) => one.split(' ')[0]).sort()).toEqual(['cites-superseded', 'ignore-unused']);
  });

  it('is told to be unused only if every rule ran', () => {
    expect(left('a.ts', '// lintel-ignore cites-superseded kept\nx();', 'ADR-7', RULE, false)).toEqual([]);
  });
});

it.each([
  ['a.ts', 'const a = "lintel-ignore cites-superseded";\n'],
  ['a.md', '```\n<!-- lintel-ignore cites-superseded a -->\n```\n'],
  ['a.md', 'Write `<!-- lintel-ignore cites-superseded a -->`, or lintel-ignore.\n'],
  ['a.ts', '// my-lintel-ignore and lintel-ignored\n'],
])('what only speaks of ignoring is no ignore comment, in %s: %j', (path, text) => {
  expect(ignoreCommentsIn(path, text)).toEqual([]);
});

describe('an ignore comment is a finding itself', () => {
  const messages = (text: string): string[] =>
    afterIgnores('a.ts', text, at(text, 'ADR-7'), true).map(({ rule, message }) => `${rule}: ${message}`);

  it.each([
    '// lintel-ignore cites-superseded\n// ADR-7',
    '// lintel-ignore cites-superseded: REASON\n// ADR-7',
    '/* lintel-ignore cites-superseded -- */\n// ADR-7',
  ])('without a reason, though it ignores: %j', (text) => {
    expect(messages(text)).toEqual(['ignore-invalid: Say after cites-superseded why it is ignored here.']);
  });

  it('without a rule, and with one that does not exist, which ignores nothing', () => {
    expect(messages('// lintel-ignore\n')).toEqual([
      'ignore-invalid: This comment names no rule. Write "lintel-ignore", the rule, and the reason.',
    ]);
    expect(messages('// lintel-ignore cites-superseeded kept\n// ADR-7')).toEqual([
      'cites-superseded: A.',
      'ignore-invalid: There is no rule "cites-superseeded". Did you mean "cites-superseded"? Write "lintel-ignore", the rule, and the reason.',
    ]);
  });
});

describe('the fix that ignores', () => {
  it.each([
    ['a.ts', '  // See ADR-7.\n', '  // lintel-ignore cites-superseded REASON\n  // See ADR-7.\n'],
    ['a.ts', 'x(); // ADR-7\n', 'x(); // ADR-7 lintel-ignore cites-superseded REASON\n'],
    ['a.ts', '/** ADR-7 */\n', '/** ADR-7 lintel-ignore cites-superseded REASON */\n'],
    ['a.ts', '/**\n * ADR-7\n */\n', '/**\n * lintel-ignore cites-superseded REASON\n * ADR-7\n */\n'],
    ['a.tsx', '{/* ADR-7 */}\n', '{/* ADR-7 lintel-ignore cites-superseded REASON */}\n'],
    ['a.py', '# ADR-7\r\n', '# lintel-ignore cites-superseded REASON\r\n# ADR-7\r\n'],
    ['a.css', '/* ADR-7 */\n', '/* ADR-7 lintel-ignore cites-superseded REASON */\n'],
    ['a.md', '# ADR-7\n', '<!-- lintel-ignore cites-superseded REASON -->\n# ADR-7\n'],
    ['a.md', 'See ADR-7.\n', 'See ADR-7. <!-- lintel-ignore cites-superseded REASON -->\n'],
    ['a.md', '| ADR-7 | b |\n', '| ADR-7 <!-- lintel-ignore cites-superseded REASON --> | b |\n'],
    ['a.md', '---\nsee: ADR-7\n---\n', '---\n# lintel-ignore cites-superseded REASON\nsee: ADR-7\n---\n'],
    ['a.rst', 'words\nADR-7\n', '.. lintel-ignore cites-superseded REASON\n\nwords\nADR-7\n'],
    ['a.adoc', 'ADR-7\n', '// lintel-ignore cites-superseded REASON\nADR-7\n'],
  ])('writes a comment of %s that is read again and only lacks its reason: %j', (path, text, expected) => {
    const [finding] = at(text, 'ADR-7');
    const fix = finding && ignoreFix(path, text, finding);
    const written = applyEdits(path, text, fix?.edits ?? []);
    expect(written).toBe(expected);
    expect(left(path, written, 'ADR-7').map((one) => one.split(' ')[0])).toEqual(['ignore-invalid']);
    expect(left(path, written.replace('REASON', 'It is history.'), 'ADR-7')).toEqual([]);
  });

  it('is not offered where a comment cannot be written or would change what the file says', () => {
    const offered = (path: string, text: string) => at(text, 'ADR-7').map((finding) => ignoreFix(path, text, finding));
    expect(offered('package.json', '{ "a": "ADR-7" }')).toEqual([undefined]);
    expect(offered('a.tsx', '<p title="ADR-7">\n')).toEqual([undefined]);
    expect(offered('a.py', 'x = """\nADR-7\n"""\n')).toEqual([undefined]);
  });
});

it('any text is read without failing, in linear time, and what is ignored was found', () => {
  const part = fc.constantFrom(
    'lintel-ignore',
    '-file',
    ' broken-link',
    ', ',
    ' why',
    '<!--',
    '-->',
    '\n',
    '```',
    '`',
    '//',
    '# ',
    '---\n',
    '.. ',
    'ADR-7',
    '\r\n',
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 60 }),
      fc.constantFrom('a.md', 'a.ts', 'a.rst', 'a.yaml', 'a.adoc', 'b.feature'),
      (parts, path) => {
        const text = parts.join('');
        const raw = at(text, 'ADR-7', LINK);
        const kept = afterIgnores(path, text, raw, true).filter(({ rule }) => rule === LINK.id);
        expect(raw).toEqual(expect.arrayContaining([...kept]));
        for (const finding of raw) ignoreFix(path, text, finding);
      },
    ),
    { numRuns: 500 },
  );
  const long = 'lintel-ignore '.repeat(50_000);
  const started = performance.now();
  ignoreCommentsIn('a.md', `<!-- ${long}`);
  ignoreCommentsIn('a.ts', `// ${long}`);
  expect(performance.now() - started).toBeLessThan(2_000);
});
