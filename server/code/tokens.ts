/** What a stretch of a source text is to people: words for readers, a string that a program uses, or code. */
export type PlaceKind = 'comment' | 'string' | 'code';

interface Syntax {
  /** Patterns of line and block comments. */
  readonly comments: readonly string[];
  readonly strings: readonly string[];
}

const SLASHES = String.raw`\/\/[^\n]*`;
const BLOCK = String.raw`\/\*[^]*?(?:\*\/|$(?![^]))`;
const HASH = String.raw`(?<=^|[\s;({[,])#[^\n]*`;
const DASHES = String.raw`--[^\n]*`;
const MARKUP = `<!--[^]*?(?:-->|$(?![^]))`;
const SEMICOLON = String.raw`;[^\n]*`;
const DOUBLE = String.raw`"(?:\\[^\n]|[^"\\\n])*"?`;
const SINGLE = String.raw`'(?:\\[^\n]|[^'\\\n])*'?`;
const CHARACTER = String.raw`'(?:\\[^\n]{1,8}|[^'\\\n])'`;
const BACKTICK = '`(?:\\\\[^]|[^`\\\\])*`?';
/** In languages of plain words an apostrophe opens a string only where a value may begin. */
const VALUE = String.raw`(?<=^|[\s:=[{,(])(?:"(?:\\[^\n]|[^"\\\n])*"?|'[^'\n]*'?)`;
/** A text alone on its lines is written for readers. */
const DOCSTRING = String.raw`(?="""|''')(?<=^[ \t]*(?:[rRuU]{0,2}))(?:"""[^]*?(?:"""|$(?![^]))|'''[^]*?(?:'''|$(?![^])))`;
const LONG_STRING = `"""[^]*?(?:"""|$(?![^]))|'''[^]*?(?:'''|$(?![^]))`;

const script: Syntax = { comments: [SLASHES, BLOCK], strings: [DOUBLE, SINGLE, BACKTICK] };
const typed: Syntax = { comments: [SLASHES, BLOCK], strings: [LONG_STRING, DOUBLE, CHARACTER, BACKTICK] };
const values: Syntax = { comments: [HASH], strings: [VALUE] };
const mixed: Syntax = { comments: [HASH, SLASHES, BLOCK], strings: [DOUBLE, SINGLE] };
const markup: Syntax = { comments: [MARKUP, SLASHES, BLOCK, String.raw`@\*[^]*?(?:\*@|$(?![^]))`], strings: [DOUBLE, SINGLE, BACKTICK] };

const SYNTAX: Readonly<Record<string, Syntax>> = {
  typescript: script,
  tsx: script,
  javascript: script,
  dart: script,
  groovy: script,
  css: script,
  php: mixed,
  hcl: mixed,
  python: { comments: [DOCSTRING, HASH], strings: [LONG_STRING, DOUBLE, SINGLE] },
  starlark: { comments: [DOCSTRING, HASH], strings: [LONG_STRING, DOUBLE, SINGLE] },
  elixir: { comments: [HASH, String.raw`@(?:module)?doc\s+"""[^]*?(?:"""|$(?![^]))`], strings: [LONG_STRING, DOUBLE] },
  ruby: { comments: [HASH, String.raw`^=begin\b[^]*?(?:^=end|$(?![^]))`], strings: [DOUBLE, SINGLE] },
  graphql: { comments: [HASH, LONG_STRING], strings: [DOUBLE] },
  sql: { comments: [DASHES, BLOCK], strings: [SINGLE] },
  lua: { comments: [String.raw`--\[\[[^]*?(?:\]\]|$(?![^]))`, DASHES], strings: [DOUBLE, SINGLE] },
  haskell: { comments: [String.raw`\{-[^]*?(?:-\}|$(?![^]))`, DASHES], strings: [DOUBLE] },
  clojure: { comments: [SEMICOLON], strings: [DOUBLE] },
  erlang: { comments: ['%[^\\n]*'], strings: [DOUBLE] },
  ocaml: { comments: [String.raw`\(\*[^]*?(?:\*\)|$(?![^]))`], strings: [DOUBLE] },
  'f-sharp': { comments: [SLASHES, String.raw`\(\*[^]*?(?:\*\)|$(?![^]))`], strings: [LONG_STRING, DOUBLE] },
  'visual-basic': { comments: ["'[^\\n]*"], strings: [DOUBLE] },
  ini: { comments: [HASH, String.raw`^\s*;[^\n]*`], strings: [] },
  vue: markup,
  svelte: markup,
  razor: markup,
  xml: { comments: [MARKUP], strings: [DOUBLE] },
  msbuild: { comments: [MARKUP], strings: [DOUBLE] },
  erb: { comments: [MARKUP, `<%#[^]*?(?:%>|$(?![^]))`], strings: [DOUBLE, SINGLE] },
  'go-module': { comments: [SLASHES], strings: [] },
  nix: { comments: [HASH, BLOCK], strings: [DOUBLE] },
  powershell: { comments: [`<#[^]*?(?:#>|$(?![^]))`, HASH], strings: [DOUBLE, SINGLE] },
  json: { comments: [SLASHES, BLOCK], strings: [DOUBLE] },
  r: values,
  shell: values,
  yaml: values,
  toml: values,
  dockerfile: values,
  make: values,
  cmake: values,
  requirements: values,
};

const patterns = new Map<Syntax, RegExp>();

function patternOf(syntax: Syntax): RegExp {
  const known = patterns.get(syntax);
  if (known) return known;
  const strings = syntax.strings.length === 0 ? '' : `|${syntax.strings.join('|')}`;
  const pattern = new RegExp(`(${syntax.comments.join('|')})${strings}`, 'gm');
  patterns.set(syntax, pattern);
  return pattern;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly kind: PlaceKind;
}

/** All comments and strings of a text, in order. An approximation by tokens, enough to tell words for people from data. */
function stretchesOf(text: string, language: string): Stretch[] {
  const out: Stretch[] = [];
  for (const match of text.matchAll(patternOf(SYNTAX[language] ?? typed)))
    out.push({ start: match.index, end: match.index + match[0].length, kind: match[1] === undefined ? 'string' : 'comment' });
  return out;
}

/** Tells for an offset of a source text whether it lies in a comment, a string or code. */
export function placesOf(text: string, language: string): (offset: number) => PlaceKind {
  const stretches = stretchesOf(text, language);
  return (offset) => {
    let low = 0;
    let high = stretches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((stretches[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const stretch = stretches[low];
    return stretch && stretch.start <= offset ? stretch.kind : 'code';
  };
}
