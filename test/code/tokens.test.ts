import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { LANGUAGES, languageOf } from '../../server/code/languages/index.ts';
import { tokenKindAt } from '../../server/code/tokens.ts';

/** What the character before each `¤` of a text lies in; the marks are no part of the text. */
function kindsAt(path: string, marked: string): string[] {
  const parts = marked.split('¤');
  const kindAt = tokenKindAt(parts.join(''), languageOf(path));
  let offset = 0;
  return parts.slice(0, -1).map((part) => {
    offset += part.length;
    return kindAt(offset - 1);
  });
}

const COMMENT = 'comment';
const STRING = 'string';
const CODE = 'code';

describe('a token', () => {
  test.each([
    ['a.ts', 'a¤ = 1; // w¤ords\nb¤;', [CODE, COMMENT, CODE]],
    ['a.ts', 'say("w¤ords"); /* m¤ore\nl¤ines */ x¤', [STRING, COMMENT, COMMENT, CODE]],
    ['a.ts', "const a = 'it\\'s ¤'; b¤", [STRING, CODE]],
    ['a.ts', 'const url = "http://a¤b"; // c¤', [STRING, COMMENT]],
    ['a.ts', 'const t = `two\nli¤nes`; x¤', [STRING, CODE]],
    ['a.ts', 'const a = "unclosed ¤\nb¤;', [STRING, CODE]],
    ['a.ts', '/* never closed\n\n¤', [COMMENT]],
    ['a.ts', '/* never cl¤osed', [COMMENT]],
    ['a.tsx', '<p title="a¤">{/* b¤ */}</p>', [STRING, COMMENT]],
    ['a.js', '// "no st¤ring"\n"no // comm¤ent"', [COMMENT, STRING]],
    ['a.py', '"""For r¤eaders."""\nx = """A v¤alue."""\n', [COMMENT, STRING]],
    ['a.py', "def f():\n    r'''For r¤eaders.'''\n    return 'v¤' # w¤\n", [COMMENT, STRING, COMMENT]],
    ['a.py', 'x = "# no¤"\ny = a#b¤\n', [STRING, CODE]],
    ['a.go', "r := 'x'; s := `raw¤\nm¤ore` // w¤", [STRING, STRING, COMMENT]],
    ['a.rs', "fn f<'a>(x: &'a¤ str) { /* w¤ */ }", [CODE, COMMENT]],
    ['a.java', 'String s = """\n  t¤ext\n  """; // w¤', [STRING, COMMENT]],
    ['a.cs', "char c = '\\u00e9'; // w¤", [COMMENT]],
    ['a.rb', "# w¤\n=begin\nl¤ong\n=end\nx = 'v¤' # w¤", [COMMENT, COMMENT, STRING, COMMENT]],
    ['a.rb', 'x = "#{n¤ame}"', [STRING]],
    ['a.php', "<?php # w¤\n// w¤\n$a = 'v¤'; /* w¤ */", [COMMENT, COMMENT, STRING, COMMENT]],
    ['a.cpp', "auto a = 1'000'000; // w¤", [COMMENT]],
    ['a.sh', "echo it's f¤ine # w¤\nx='v¤'\ny=$#l¤ist", [CODE, COMMENT, STRING, CODE]],
    ['a.ps1', '<# l¤ong\n m¤ore #>\n$a = "v¤" # w¤', [COMMENT, COMMENT, STRING, COMMENT]],
    ['a.yaml', "a: it's f¤ine # w¤\nb: 'v¤'\nc: x#y¤\n", [CODE, COMMENT, STRING, CODE]],
    ['a.toml', 'a = "v¤" # w¤', [STRING, COMMENT]],
    ['a.ini', '; w¤\na = b ; n¤o\n# w¤', [COMMENT, CODE, COMMENT]],
    ['a.sql', "-- w¤\nselect 'v¤' /* w¤ */ from a¤", [COMMENT, STRING, COMMENT, CODE]],
    ['a.lua', '--[[ l¤ong\n ]] x¤ = "v¤" -- w¤', [COMMENT, CODE, STRING, COMMENT]],
    ['a.hs', '{- l¤ong -} x¤ = "v¤" -- w¤', [COMMENT, CODE, STRING, COMMENT]],
    ['a.clj', '(def a "v¤") ; w¤', [STRING, COMMENT]],
    ['a.erl', '% w¤\na("v¤").', [COMMENT, STRING]],
    ['a.ml', '(* l¤ong *) let a = "v¤"', [COMMENT, STRING]],
    ['a.fs', '// w¤\n(* l¤ong *) let a = "v¤"', [COMMENT, COMMENT, STRING]],
    ['a.vb', 'Dim a = "v¤" \' w¤', [STRING, COMMENT]],
    ['a.ex', '@moduledoc """\nF¤or readers.\n"""\nx = "v¤" # w¤', [COMMENT, STRING, COMMENT]],
    ['a.graphql', '"""\nF¤or readers.\n"""\ntype A # w¤', [COMMENT, COMMENT]],
    ['a.vue', '<!-- w¤ --><p a="v¤"/><script>// w¤\n</script>', [COMMENT, STRING, COMMENT]],
    ['a.cshtml', '@* w¤ *@ <p>t¤</p>', [COMMENT, CODE]],
    ['a.erb', '<%# w¤ %><%= n¤ %>', [COMMENT, CODE]],
    ['a.csproj', '<!-- w¤ --><A B="v¤"/>', [COMMENT, STRING]],
    ['a.tf', 'a = "v¤" # w¤\n// w¤\n/* w¤ */', [STRING, COMMENT, COMMENT, COMMENT]],
    ['a.nix', 'a = "v¤"; # w¤\n/* w¤ */', [STRING, COMMENT, COMMENT]],
    ['Dockerfile', '# w¤\nENV A="v¤"\nRUN echo b¤', [COMMENT, STRING, CODE]],
    ['BUILD', '"""For r¤eaders."""\nname = "v¤" # w¤', [COMMENT, STRING, COMMENT]],
    ['go.mod', 'require a/b v1 // w¤', [COMMENT]],
    ['package.json', '{ "n¤ame": 1 }', [STRING]],
    ['unknown.xyz', '// w¤\n"v¤"', [COMMENT, STRING]],
  ] as const)('in %s, of %j, is told from code', (path, marked, expected) => {
    expect(kindsAt(path, marked)).toEqual(expected);
  });
});

describe('the tokens of any text', () => {
  const piece = fc.constantFrom(
    ...['//', '/*', '*/', '#', '--', '<!--', '-->', "'", '"', '`', '"""', "'''", '\n', '\r\n', ' ', 'a', '\\', '=begin', '=end', '@doc '],
    ...['{-', '-}', '(*', '*)', '<#', '#>', '<%#', '%>', '@*', '*@', ';', '%', '--[[', ']]', '\0', '\ud800', '💥'],
  );

  test.each(LANGUAGES.map((language) => [language.id, language] as const))(
    'in %s have one kind at every offset, before and after it',
    (_id, language) => {
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
          const text = parts.join('');
          const kindAt = tokenKindAt(text, language);
          for (let offset = -1; offset <= text.length + 1; offset++) expect(['comment', 'string', 'code']).toContain(kindAt(offset));
          expect(kindAt(-1)).toBe('code');
          expect(kindAt(text.length)).toBe('code');
        }),
        { numRuns: 40 },
      );
    },
  );

  /** Texts on which a careless pattern takes quadratic time: at 400,000 characters that is minutes, not milliseconds. */
  const HOSTILE = [
    '\n',
    ' ',
    '"',
    "'",
    '`',
    '/*',
    '"""',
    '\\',
    '#',
    '<!--',
    '--[[',
    '{-',
    '(*',
    '@doc ',
    '=begin\n',
    '<%#',
    '@*',
    '; ',
    "a'",
    ' "',
  ];

  test.each(LANGUAGES.map((language) => [language.id, language] as const))('in %s are read in linear time', (_id, language) => {
    for (const part of HOSTILE) {
      const started = process.cpuUsage();
      tokenKindAt(part.repeat(Math.ceil(100_000 / part.length)), language)(50_000);
      const { user } = process.cpuUsage(started);
      expect(user / 1_000, `milliseconds for ${JSON.stringify(part)}`).toBeLessThan(1_500);
    }
  });

  it('in an INI file leave blank lines before a comment alone', () => {
    expect(tokenKindAt('a = b\n\n\n; words', languageOf('a.ini'))(6)).toBe('code');
  });
});
