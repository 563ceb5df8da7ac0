// Slow: thousands of made-up records.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symbolAt } from '../../../server/code/enclosing.ts';
import { commentEdit } from '../../../server/decisions/authoring/comments.ts';
import { collectionsOf, nameFormOf } from '../../../server/decisions/authoring/file-names.ts';
import { draftOf, type Material } from '../../../server/decisions/authoring/new-decision.ts';
import { readText } from '../../../server/decisions/authoring/slots.ts';
import { supersession } from '../../../server/decisions/authoring/supersede.ts';
import { applyEdits } from '../../../server/text/edits.ts';
import { SHAPES } from './shapes.ts';

const WISH = { title: 'Pack boxes', today: '2026-11-21' };

const materialOf = (files: Readonly<Record<string, string>>, template?: string): Material => {
  const paths = Object.keys(files);
  const collections = collectionsOf(paths.map((path) => ({ path })));
  const [collection] = collections;
  return {
    ...(collection ? { collection } : {}),
    collections,
    names: nameFormOf(paths.map((path) => ({ path }))),
    listing: [],
    newest: paths.map((path) => readText(path, files[path] ?? '')),
    ...(template === undefined ? {} : { template: readText('adr/template.md', template) }),
    exists: (path) => paths.includes(path),
  };
};

/** Pieces that records are made of, and pieces that break them. */
const piece = fc.constantFrom(
  '---\n',
  '...\n',
  'status: accepted\n',
  'status: "{proposed | accepted}"\n',
  'status:\n  - a\n',
  'title: |\n  Long\n',
  'tags: [Accepted]\n',
  'date: 2024-01-02\n',
  '# 1. Title\n',
  '# ADR-0001: Title\n',
  'Title\n=====\n',
  '=====\nTitle\n=====\n',
  '## Status\n',
  '\nAccepted\n',
  '**Accepted**\n',
  '* Status: accepted\n',
  '**Status**: Accepted\\\n',
  '| Status | Accepted |\n',
  '|---|---|\n',
  '| a |\n',
  '![Accepted](https://img.shields.io/badge/status-accepted-green)\n',
  ':Status: accepted\n',
  '.. _label:\n\n',
  'Superseded by [2](0002-b.md)\n',
  '## Context\n',
  '```\n',
  '<!-- ',
  ' -->\n',
  '\n',
  '\r\n',
  'x',
  '\t- ',
  '\u0000',
  '\u{1F4A5}',
  '\u202E',
);
const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));
const path = fc.constantFrom(
  'adr/0001-a.md',
  'adr/0002_b.rst',
  'adr/20240102-c.md',
  'adr/x/README.md',
  'adr/ADR-7.adoc',
  'adr/.md',
  'adr/no extension',
  'adr/0001-a/README.md',
);

describe('hostile records', () => {
  it('never break a new decision, which always has its title', () => {
    fc.assert(
      fc.property(
        fc.dictionary(path, text, { maxKeys: 4 }),
        fc.option(text, { nil: undefined }),
        fc.string({ maxLength: 60 }),
        (files, template, words) => {
          const title = `Pack ${words}`;
          const draft = draftOf(materialOf(files, template), { ...WISH, title, status: 'proposed' });
          expect(draft.path).not.toMatch(/\.\.\/|^\/|\0/);
          expect(draft.text.endsWith('\n')).toBe(true);
          // Where no record has a heading, the name of the file is the title.
          expect(`${draft.path} ${draft.text}`).toMatch(/pack/i);
          expect(draft.selection.end.line).toBeLessThan(draft.text.split('\n').length);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('never break a supersession, whose edits are inside the old record and retire it', () => {
    fc.assert(
      fc.property(path, text, (old, before) => {
        const record = readText(old, before);
        const { edits, path: made } = supersession(record, materialOf({ [old]: before }), WISH, undefined, true);
        expect(edits.filter((edit) => edit.path === made)).toHaveLength(1);
        const lines = before.split(/\r\n|\n|\r/).length;
        for (const edit of edits.filter((one) => one.path === old)) expect(edit.span.end.line).toBeLessThan(lines);
        expect(applyEdits(old, before, edits)).toMatch(/superseded/i);
      }),
      { numRuns: 600 },
    );
  });

  it('of a megabyte give a short draft', () => {
    const long = {
      'adr/0001-a.md': `# A\n\n* Status: accepted\n${'* '.repeat(200_000)}\n\n## Context\n\n${'x'.repeat(500_000)}\n${'| '.repeat(100_000)}\n`,
    };
    const draft = draftOf(materialOf(long), { ...WISH, status: 'proposed' });
    expect(draft.text.length).toBeLessThan(10_000);
    const front = { 'adr/0001-a.md': `---\n${'key: value\n'.repeat(20_000)}---\n# A\n\n## Context\n` };
    expect(draftOf(materialOf(front), { ...WISH, status: 'proposed' }).text).toContain('# Pack boxes');
  });

  it('with a title of ten thousand letters give a file with a name of a sane length', () => {
    const draft = draftOf(materialOf(SHAPES[0]?.files ?? {}), { ...WISH, title: 'word '.repeat(10_000), status: 'proposed' });
    expect(draft.path.length).toBeLessThan(150);
    expect(draft.text.split('\n')[0]?.length).toBeLessThan(250);
  });
});

describe('hostile code', () => {
  it('never breaks a comment: what is added is one line that names the record', () => {
    const code = fc
      .array(
        fc.constantFrom(
          '@x\n',
          '#[a]\n',
          '#!/bin/sh\n',
          '<?php\n',
          '<script>\n',
          '</script>\n',
          '<style>\n',
          '\tx\n',
          '\r\n',
          'y',
          '\u0000',
          '\u2028',
        ),
        { maxLength: 20 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.constantFrom('a.ts', 'a.py', 'a.vue', 'a.rs', 'Dockerfile', 'a.sql'),
        code,
        fc.integer({ min: -3, max: 40 }),
        (file, before, line) => {
          const made = commentEdit(file, before, line, 'docs/adr/0001-a.md');
          if ('refused' in made) throw new Error(made.refused);
          const after = applyEdits(file, before, made.edits);
          expect(after.length - before.length).toBeLessThan(60);
          expect(after.split('docs/adr/0001-a.md')).toHaveLength(2);
          expect(commentEdit(file, after, made.selection.start.line + 1, 'docs/adr/0001-a.md')).toMatchObject({ edits: [] });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never breaks looking for the symbol around a line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('function a() {', '  b(', 'class ', 'def x:', '}', '  ', '=>', 'const q = 1;', '(((', '\n'), {
          maxLength: 40,
        }),
        fc.nat(50),
        (parts, line) => {
          const found = symbolAt([], parts.join('\n'), 'a.kt', line);
          expect(found === undefined || found.length > 0).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
