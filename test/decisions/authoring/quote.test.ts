import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { markupOf, quoteChanges, quoteSelection } from '../../../server/decisions/authoring/quote.ts';
import { readText } from '../../../server/decisions/authoring/slots.ts';
import type { FileDiff, Hunk } from '../../../server/model/diff.ts';

const selection = (text: string, own = {}) => ({ path: 'src/a.ts', lines: { first: 0, last: 0 }, text, ...own });
const hunk = (...added: readonly string[]): Hunk => ({
  old: { first: 0, last: -1 },
  new: { first: 0, last: added.length - 1 },
  lines: added.map((text) => ({ kind: 'added', text })),
});
const file = (path: string, own: Partial<FileDiff> = {}): FileDiff => ({ path, change: 'changed', hunks: [], ...own });

describe('the markup of a record', () => {
  test.each([
    ['adr/0001-a.md', 'markdown'],
    ['adr/0001-a.RST', 'rst'],
    ['adr/0001-a.rest', 'rst'],
    ['adr/0001-a.adoc', 'asciidoc'],
    ['adr/0001-a.asciidoc', 'asciidoc'],
    ['adr/rst/0001', 'markdown'],
  ])('of %s is %s', (path, expected) => {
    expect(markupOf(path)).toBe(expected);
  });
});

describe('quoted code', () => {
  it('is one block with its place, in each markup', () => {
    const quoted = selection('a();\n\n  b();\n', { lines: { first: 4, last: 6 } });
    expect(quoteSelection(quoted, 'markdown')).toBe('`src/a.ts`, lines 5 to 7:\n\n```ts\na();\n\n  b();\n```');
    expect(quoteSelection(quoted, 'rst')).toBe('``src/a.ts``, lines 5 to 7:\n\n.. code-block:: ts\n\n   a();\n\n     b();');
    expect(quoteSelection(quoted, 'asciidoc')).toBe('`src/a.ts`, lines 5 to 7:\n\n[source,ts]\n----\na();\n\n  b();\n----');
  });

  it('of one line says "line", and of a file without an extension names no language', () => {
    expect(quoteSelection(selection('x', { path: 'Makefile', lines: { first: 2, last: 2 } }), 'markdown')).toBe(
      '`Makefile`, line 3:\n\n```\nx\n```',
    );
    expect(quoteSelection(selection('x', { path: 'Makefile' }), 'rst')).toContain('.. code-block:: text\n');
    expect(quoteSelection(selection('x', { path: 'Makefile' }), 'asciidoc')).toContain('[source]\n');
  });

  test.each([
    ['markdown', '```\ncode\n````', '`````ts\n'],
    ['asciidoc', '----\ncode\n------', '-------\n'],
  ] as const)('in %s is in a fence longer than any in it', (markup, text, fence) => {
    expect(quoteSelection(selection(text), markup)).toContain(fence);
  });

  it('is cut to 40 lines and 200 characters of a line, and says how much is missing', () => {
    const quoted = quoteSelection(selection(`${'x'.repeat(500)}\n${'y\n'.repeat(60)}`), 'markdown').split('\n');
    expect(quoted[3]).toBe(`${'x'.repeat(200)}…`);
    expect(quoted.at(-2)).toBe('… 21 more lines');
  });

  it('has line feeds only, whatever the file has', () => {
    expect(quoteSelection(selection('a\r\nb\rc\r\n'), 'markdown')).toContain('```ts\na\nb\nc\n```');
  });

  it('never ends its own block: a record has the same sections whatever it quotes', () => {
    const line = fc.constantFrom('## Heading', '# Title', '```', '~~~', '````ts', '---', '    x', '- [ ] y', '<!--', '-->', '> q', '');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
        const text = `# 1. Quote\n\n## Context\n\n${quoteSelection(selection(lines.join('\n')), 'markdown')}\n\n## Decision\n\nYes.\n`;
        const { document } = readText('adr/0001-quote.md', text);
        expect(document.sections.map(({ heading }) => heading)).toEqual(['1. Quote', 'Context', 'Decision']);
      }),
      { numRuns: 100 },
    );
  });
});

describe('quoted changes', () => {
  it('are nothing where nothing changed', () => {
    expect(quoteChanges({ files: [], unreadable: [] }, 'markdown')).toBe('');
  });

  it('name each file with what happened to it', () => {
    const files = [
      file('a.ts', { change: 'added' }),
      file('b.ts', { change: 'deleted' }),
      file('c.ts', { change: 'renamed', from: 'old/c.ts' }),
      file('d.sh', { change: 'mode' }),
    ];
    expect(quoteChanges({ files, unreadable: [] }, 'markdown')).toBe(
      'Changed in the work tree:\n\n- `a.ts` (added)\n- `b.ts` (deleted)\n- `c.ts` (renamed from `old/c.ts`)\n- `d.sh` (permissions changed)',
    );
    expect(quoteChanges({ files: [file('a.ts')], unreadable: [] }, 'asciidoc')).toContain('* `a.ts` (changed)');
    expect(quoteChanges({ files: [file('a.ts')], unreadable: [] }, 'rst')).toContain('- ``a.ts`` (changed)');
  });

  it('say what could not be read, even if that is all there is', () => {
    const unreadable = [{ reason: 'unmerged', path: 'a.ts', message: 'a.ts has merge conflicts' }] as const;
    expect(quoteChanges({ files: [], unreadable }, 'markdown')).toBe('Changed in the work tree:\n\n- incomplete: a.ts has merge conflicts');
  });

  it('show the first hunk of the first three files that have one, each cut to twelve lines', () => {
    const long = hunk(...Array.from({ length: 20 }, (_, at) => `line ${at}`));
    const files = [file('binary.png'), ...['a', 'b', 'c', 'd'].map((name) => file(`${name}.ts`, { hunks: [long, hunk('second')] }))];
    const quoted = quoteChanges({ files, unreadable: [] }, 'markdown');
    expect([...quoted.matchAll(/^`(\w)\.ts`:$/gm)].map(([, name]) => name)).toEqual(['a', 'b', 'c']);
    expect(quoted).toContain('+line 10\n…\n```');
    expect(quoted).not.toContain('second');
  });

  it('list at most twenty files', () => {
    const files = Array.from({ length: 21 }, (_, at) => file(`f${at}.ts`));
    const quoted = quoteChanges({ files, unreadable: [] }, 'markdown');
    expect(quoted).toContain('- `f19.ts` (changed)\n- and 1 more');
    expect(quoted).not.toContain('f20.ts');
    expect(quoteChanges({ files: files.slice(1), unreadable: [] }, 'markdown')).not.toContain('more');
  });
});
