import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { briefText, quoted } from '../../../server/cli/hook/brief-text.ts';
import { editsOf } from '../../../server/cli/hook/edits.ts';
import { readEvent } from '../../../server/cli/hook/event.ts';
import { linesAfter, linesBefore, textAfter, textBefore } from '../../../server/cli/hook/locate.ts';
import { readPatch } from '../../../server/cli/hook/patch.ts';
import { sessionText } from '../../../server/cli/hook/session-text.ts';
import { tokensOf } from '../../../server/cli/hook/tokens.ts';
import { hitWith, recordWith } from '../../support/engine.ts';

const one = (old: string, added: string, all = false) => ({ old, new: added, all });

describe('what a tool is about to edit', () => {
  it.each<[string, unknown, unknown]>([
    ['Edit', { file_path: '/a', old_string: 'x', new_string: 'y', replace_all: true }, [{ path: '/a', replaced: [one('x', 'y', true)] }]],
    ['MultiEdit', { file_path: '/a', edits: [{ old_string: 'x', new_string: 'y' }, 7] }, [{ path: '/a', replaced: [one('x', 'y')] }]],
    ['Write', { file_path: '/a', content: '' }, [{ path: '/a', content: '', replaced: [] }]],
    ['NotebookEdit', { notebook_path: '/a', new_source: 'y' }, [{ path: '/a', replaced: [one('', 'y')] }]],
    ['replace_string_in_file', { filePath: '/a', oldString: 'x', newString: 'y' }, [{ path: '/a', replaced: [one('x', 'y')] }]],
    ['copilot_replaceString', { filePath: '/a', oldString: 'x', newString: 'y' }, [{ path: '/a', replaced: [one('x', 'y')] }]],
    [
      'multi_replace_string_in_file',
      {
        replacements: [
          { filePath: '/a', oldString: 'x', newString: 'y' },
          { filePath: '/b', oldString: 'u', newString: 'v' },
          { filePath: '/a', oldString: 'z', newString: '' },
        ],
      },
      [
        { path: '/a', replaced: [one('x', 'y'), one('z', '')] },
        { path: '/b', replaced: [one('u', 'v')] },
      ],
    ],
    ['insert_edit_into_file', { filePath: '/a', code: 'y' }, [{ path: '/a', replaced: [one('', 'y')] }]],
    ['create_file', { filePath: '/a', content: 'y' }, [{ path: '/a', content: 'y', replaced: [] }]],
    ['edit_notebook_file', { filePath: '/a', newCode: 'y', editType: 'insert' }, [{ path: '/a', replaced: [one('', 'y')] }]],
    ['editFiles', { files: ['a', 7, 'b'] }, ['a', 'b'].map((path) => ({ path, replaced: [] }))],
    ['apply_patch', { input: '*** Update File: a\n@@\n-x\n+y\n' }, [{ path: 'a', replaced: [one('x', 'y')] }]],
    ['apply_patch', { command: '*** Add File: a\n+x\n+y\n' }, [{ path: 'a', content: 'x\ny', replaced: [] }]],
    ['apply_patch', { input: '--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n+y\n' }, [{ path: 'a', replaced: [one('x', 'y')] }]],
    ['apply_patch', { input: '*** Delete File: a\n' }, [{ path: 'a', replaced: [] }]],
    ['edit', { path: 'a', old_str: 'x', new_str: 'y' }, [{ path: 'a', replaced: [one('x', 'y')] }]],
    ['str_replace_editor', { command: 'insert', path: 'a', insert_line: 1, new_str: 'y' }, [{ path: 'a', replaced: [one('', 'y')] }]],
    ['str_replace_editor', { command: 'view', path: 'a' }, []],
    ['Read', { file_path: '/a' }, []],
    ['', {}, []],
  ])('is read from %s with %j', (tool, input, expected) => {
    expect(editsOf({ tool, input: input as Record<string, unknown> })).toEqual(expected);
  });

  it('never fails, whatever an agent writes', () => {
    const tool = fc.constantFrom('Edit', 'MultiEdit', 'Write', 'multi_replace_string_in_file', 'apply_patch', 'editFiles', 'Bash');
    const keys = fc.constantFrom(
      'file_path',
      'path',
      'old_string',
      'new_string',
      'edits',
      'replacements',
      'files',
      'input',
      'content',
      'code',
    );
    fc.assert(
      fc.property(tool, fc.dictionary(keys, fc.anything()), (name, input) => {
        for (const edit of editsOf({ tool: name, input })) expect(typeof edit.path).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = readEvent(text);
        expect('ignored' in read || read.name.length > 0).toBe(true);
      }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('*** Update File: a', '*** Add File: b', '@@', '-x', '+y', ' z', '', '--- a', '+++ b/c', '*** End Patch')),
        (lines) => {
          for (const edit of readPatch(lines.join('\n'))) expect(edit.path).not.toBe('');
        },
      ),
    );
  });

  it('ends with a bounded number of files and places', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => `*** Update File: f${at}\n@@\n-a\n+b\n`).join('');
    expect(editsOf({ tool: 'apply_patch', input: { input: many } }).length).toBeLessThanOrEqual(300);
    const everywhere = { path: 'a', replaced: [one('a', 'b', true)] };
    expect(linesBefore(everywhere, 'a\n'.repeat(100))).toBe('all');
  });
});

describe('the lines of an edit', () => {
  const text = 'first\nsecond\nthird\nfourth\n';

  it.each<[string, readonly { old: string; new: string; all: boolean }[], unknown]>([
    ['of one line', [one('second', 'x')], [{ first: 1, last: 1 }]],
    ['of several', [one('second\nthird\n', 'x')], [{ first: 1, last: 2 }]],
    [
      'of two places',
      [one('first', 'x'), one('fourth', 'y')],
      [
        { first: 0, last: 0 },
        { first: 3, last: 3 },
      ],
    ],
    ['that are nowhere', [one('fifth', 'x')], 'all'],
    ['that nothing names', [one('', 'x')], 'all'],
    ['of no replacement', [], 'all'],
  ])('%s', (_, replaced, expected) => {
    expect(linesBefore({ path: 'a', replaced }, text)).toEqual(expected);
  });

  it('are found in a file with other line ends', () => {
    const windows = text.replaceAll('\n', '\r\n');
    expect(linesBefore({ path: 'a', replaced: [one('second\nthird', 'x')] }, windows)).toEqual([{ first: 1, last: 2 }]);
    expect(textAfter({ path: 'a', replaced: [one('second\nthird', 'x\ny')] }, windows)).toBe('first\r\nx\r\ny\r\nfourth\r\n');
  });

  it('are found again after it, and the text before it can be told from the text after it', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 20 }), fc.nat(), (words, at) => {
        const before = words.join('\n');
        const old = words[at % words.length] ?? '';
        const edit = { path: 'a', replaced: [one(`${old}`, `<${old}>\nadded`)] };
        const after = textAfter(edit, before);
        expect(textBefore(edit, after)).toBe(before);
        expect(linesAfter(edit, after)).not.toBe('all');
      }),
    );
  });
});

describe('what is said', () => {
  it('is one line for each decision, within its tokens, whatever the records say', () => {
    const text = fc.oneof(fc.string({ maxLength: 600 }), fc.string({ unit: 'binary', maxLength: 200 }));
    fc.assert(
      fc.property(
        fc.array(fc.record({ title: text, snippet: text, path: text }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 150, max: 900 }),
        (records, most) => {
          const governing = records.map((own, at) => hitWith({ ...own, id: `r${at}` }));
          const brief = briefText({ places: ['src/a.ts:1'], governing, probable: [] }, most);
          expect(tokensOf(brief.text)).toBeLessThanOrEqual(most);
          expect(brief.text.split('\n').length).toBeLessThanOrEqual(brief.shown.length + 2);
          expect(brief.text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        },
      ),
    );
  });

  it('is nothing where nothing governs, and one line where something only probably does', () => {
    expect(briefText({ places: ['a'], governing: [], probable: [] }, 600).text).toBe('');
    const { text, mentioned } = briefText({ places: ['a'], governing: [], probable: [hitWith({ number: '0001' })] }, 600);
    expect(text.split('\n')).toHaveLength(1);
    expect(text).toMatch(/^Lintel: probably about a: "0001 Use ropes" \(docs\/adr\/0001-use-ropes\.md\)\./);
    expect(mentioned).toEqual(['docs/adr/0001-use-ropes.md']);
  });

  it('has the text of a repository in quotation marks that it cannot end', () => {
    fc.assert(
      fc.property(fc.string(), (written) => {
        expect(typeof JSON.parse(quoted(written, 100))).toBe('string');
      }),
    );
  });

  it('takes at most 400 tokens at the start of a session, however many records and in whatever language', () => {
    const record = fc.record({
      title: fc.string({ unit: 'grapheme', maxLength: 300 }),
      path: fc.constantFrom('docs/a.md', 'adr/b.md', 'a/very/long/folder/that/goes/on/and/on/c.md', 'd.md', 'e/f.md', 'g/h.md'),
      status: fc.constantFrom('accepted', 'proposed', 'superseded', undefined),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), fc.nat(5), (records, behind) => {
        const all = records.map(
          ({ status, ...own }) => ({ ...recordWith(own), ...(status === undefined ? {} : { status }) }) as ReturnType<typeof recordWith>,
        );
        const text = sessionText(all, behind);
        expect(tokensOf(text)).toBeLessThanOrEqual(400);
        expect(text === '').toBe(records.length === 0);
      }),
    );
  });
});
