import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { writableComment } from '../../server/code/languages/comment-marks.ts';
import { commentOpenings, LANGUAGES, languageOf, MODULE_EXTENSIONS, patternOfAll } from '../../server/code/languages/index.ts';
import type { Language } from '../../server/code/languages/language.ts';
import { parsingFor } from '../../server/code/parser.ts';
import { SOURCE_PATTERNS } from '../../server/code/sources.ts';
import { symbolsOf } from '../../server/code/symbols.ts';
import { tokenKindAt } from '../../server/code/tokens.ts';

/** For each language with a grammar a text that declares `relay`, and what kind that is. A language with a grammar must be here. */
const DECLARING: Readonly<Record<string, readonly [text: string, kind: string]>> = {
  typescript: ['export const relay = (): void => {};', 'function'],
  tsx: ['const relay = () => <p/>;', 'function'],
  javascript: ['function relay() {}', 'function'],
  python: ['async def relay(): pass', 'function'],
  go: ['package a\nfunc relay() {}', 'function'],
  kotlin: ['fun relay() {}', 'function'],
  java: ['interface relay {}', 'interface'],
  'c-sharp': ['enum relay { A }', 'enum'],
  ruby: ['def relay; end', 'method'],
  rust: ['pub fn relay() {}', 'function'],
  php: ['<?php function relay() {}', 'function'],
  c: ['int relay(void) { return 0; }', 'function'],
  cpp: ['class relay { };', 'class'],
  shell: ['relay() { :; }', 'function'],
};

const fileOf = ({ extensions, fileNames = [] }: Language): string =>
  extensions[0] === undefined ? (fileNames[0] ?? '') : `a.${extensions[0]}`;
const all: readonly (readonly [string, Language])[] = LANGUAGES.map((language) => [language.id, language]);
const parsed = all.filter(([, { grammar }]) => grammar);

/** Words that two languages have in common. */
const repeated = (words: readonly string[]): string[] => words.filter((word, at) => words.indexOf(word) !== at);

describe('the table of languages', () => {
  it('has every id, extension and file name once', () => {
    expect(repeated(LANGUAGES.map(({ id }) => id))).toEqual([]);
    expect(repeated(LANGUAGES.flatMap(({ extensions }) => extensions))).toEqual([]);
    expect(repeated(LANGUAGES.flatMap(({ fileNames = [] }) => fileNames.map((name) => name.toLowerCase())))).toEqual([]);
  });

  it('has every language that a file of its folder exports', async () => {
    const folder = join(import.meta.dirname, '../../server/code/languages');
    for (const file of readdirSync(folder)) {
      const module: Readonly<Record<string, unknown>> = await import(join(folder, file));
      const exported = Object.values(module).filter(
        (value): value is Language => typeof value === 'object' && value !== null && 'id' in value,
      );
      for (const language of exported) expect(LANGUAGES, `${language.id} of ${file}`).toContain(language);
    }
  });

  test.each(all)('has the parts of %s that every language needs', (id, language) => {
    const { extensions, fileNames = [], comments, commentMarks } = language;
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect([...extensions, ...fileNames]).not.toEqual([]);
    expect(extensions.filter((extension) => !/^[a-z0-9]+$/.test(extension))).toEqual([]);
    expect(comments).not.toEqual([]);
    expect(comments.flatMap(({ opens }) => opens)).not.toContain('');
    expect(commentMarks === 'none' || commentMarks.open.length > 0).toBe(true);
    expect(languageOf(fileOf(language))).toBe(language);
    for (const name of fileNames) expect(languageOf(`deep/in/${name.toUpperCase()}`)).toBe(language);
    if (language.moduleExtension !== undefined) expect(extensions).toContain(language.moduleExtension);
  });

  test.each(all)(
    'has patterns of %s that compile and have no groups of their own',
    (_id, { comments, strings, imports = [], manifests = [], testNames = [] }) => {
      for (const source of [...comments.map(({ pattern }) => pattern), ...strings, ...imports, ...manifests, ...testNames])
        expect(new RegExp(`${source}|`, 'gm').exec('')).toHaveLength(1);
    },
  );

  test.each(all.filter(([, { commentMarks }]) => commentMarks !== 'none'))(
    'writes comments of %s that it reads as comments',
    (_id, language) => {
      const marks = writableComment(fileOf(language))?.marks;
      const written = `${marks?.open}See ADR 7${marks?.close}\n`;
      expect(tokenKindAt(written, language)(written.indexOf('See'))).toBe('comment');
      expect(written).toMatch(new RegExp(`^(?:${commentOpenings(language).join('|')})`));
    },
  );

  test.each(all)('reads each form of comment of %s that its openings promise', (_id, language) => {
    for (const { opens } of language.comments)
      for (const open of opens) {
        const text = open.startsWith('@') && open.endsWith('doc') ? `${open} """\nwords` : `${open} words`;
        expect(tokenKindAt(text, language)(text.indexOf('words')), open).toBe('comment');
      }
  });
});

describe('the grammar of a language', () => {
  it('is tried for each language that has one', () => {
    expect(Object.keys(DECLARING).sort()).toEqual(parsed.map(([id]) => id).sort());
  });

  test.each(parsed)('of %s takes all of its queries', async (_id, { grammar }) => {
    const parsing = grammar && (await parsingFor(grammar));
    expect(parsing).toBeDefined();
    for (const source of Object.values(grammar?.queries ?? {})) expect(parsing?.query(source).captureNames).toContain('name');
  });

  test.each(parsed)('of %s finds a declaration', async (id, language) => {
    const [text, kind] = DECLARING[id] ?? ['', ''];
    const symbols = await symbolsOf(fileOf(language), text);
    expect(symbols.map((symbol) => [symbol.name, symbol.kind])).toContainEqual(['relay', kind]);
  });
});

describe('what is read of all languages together', () => {
  it('tries the extensions of modules in a fixed order', () => {
    expect(MODULE_EXTENSIONS).toEqual(['py', 'java', 'kt', 'cs', 'scala', 'go', 'php', 'rb', 'ex', 'ts', 'js']);
  });

  it('watches every extension and every file name', () => {
    const watched = SOURCE_PATTERNS.flatMap((pattern) => /\{(.*)\}$/.exec(pattern)?.[1]?.split(',') ?? []);
    for (const { extensions, fileNames = [] } of LANGUAGES)
      for (const part of [...extensions, ...fileNames]) expect(watched).toContain(part);
  });

  it('is one pattern, with each part once', () => {
    const pattern = patternOfAll(({ manifests }) => manifests);
    expect(pattern.match(/package/g)).toHaveLength(1);
    expect('Cargo.toml').toMatch(new RegExp(`^${pattern}$`));
  });
});

describe('how a comment is written into', () => {
  test.each([
    ['a.ts', '// |'],
    ['a.py', '# |'],
    ['a.css', '/* | */'],
    ['a.scss', '// |'],
    ['a.sql', '-- |'],
    ['pom.xml', '<!-- | -->'],
    ['other.xml', '<!-- | -->'],
    ['README.md', '<!-- | -->'],
    ['a.erb', '<%# | %>'],
    ['a.lisp', ';; |'],
    ['a.json5', '// |'],
    ['a.nim', '# |'],
    ['a.elm', '-- |'],
    ['a.tex', '% |'],
    ['go.mod', '// |'],
    ['CMakeLists.txt', '# |'],
    ['BUILD', '# |'],
    ['requirements.txt', '# |'],
    ['.github/CODEOWNERS', '# |'],
    ['.gitignore', '# |'],
    ['.env', '# |'],
    ['Makefile.am', '# |'],
    ['Jenkinsfile.release', '// |'],
    ['justfile', '# |'],
  ])('%s', (path, expected) => {
    const marks = writableComment(path)?.marks;
    expect(marks && `${marks.open}|${marks.close}`).toBe(expected);
  });

  test.each(['package.json', 'data.json', 'a.png', 'build.log', 'notes.txt', 'LICENSE', '', 'constructor', 'a.__proto__', 'profile.txt'])(
    '%j is not known',
    (path) => {
      expect(writableComment(path)).toBeUndefined();
    },
  );

  it('a page depends on the part of the page', () => {
    const pages = ['a.vue', 'a.svelte', 'a.html', 'a.htm', 'a.cshtml', 'a.razor', 'a.xml', 'a.md', 'a.ts'];
    expect(pages.filter((path) => writableComment(path)?.hasScriptAndStyle)).toEqual(pages.slice(0, 6));
  });
});
