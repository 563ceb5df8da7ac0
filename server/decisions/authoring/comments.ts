import type { TextEdit } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import { lineEndingOf } from '../../text/edits.ts';

/** What a comment on one line starts and ends with. */
type Marks = readonly [open: string, close: string];

const SLASHES: Marks = ['// ', ''];
const HASH: Marks = ['# ', ''];
const DASHES: Marks = ['-- ', ''];
const STAR: Marks = ['/* ', ' */'];
const ANGLE: Marks = ['<!-- ', ' -->'];
const PERCENT: Marks = ['% ', ''];
const SEMICOLON: Marks = [';; ', ''];

const BY_EXTENSION: ReadonlyMap<string, Marks> = new Map(
  (
    [
      [
        SLASHES,
        'ts mts cts tsx js mjs cjs jsx go java kt kts scala sc cs fs fsx swift rs c h cc cpp cxx hh hpp m mm dart php proto groovy gradle zig sol scss less jsonc json5 bicep prisma v',
      ],
      [
        HASH,
        'py pyi rb rake gemspec sh bash zsh fish yaml yml toml tf tfvars hcl r jl pl pm ex exs nix bzl bazel star cmake mk ps1 psm1 feature graphql graphqls gql ini cfg conf properties nim cr tcl awk dockerfile',
      ],
      [DASHES, 'sql lua hs elm ada vhdl'],
      [STAR, 'css'],
      [ANGLE, 'html htm xml svg xhtml vue svelte md mdx markdown csproj fsproj vbproj props targets xaml axaml cshtml razor'],
      [PERCENT, 'erl tex prolog'],
      [SEMICOLON, 'clj cljs cljc edn lisp el scm rkt'],
      [["' ", ''], 'vb'],
      [['(* ', ' *)'], 'ml mli'],
    ] as const
  ).flatMap(([marks, extensions]) => extensions.split(' ').map((extension) => [extension, marks as Marks] as const)),
);
const BY_NAME: ReadonlyMap<string, Marks> = new Map(
  'dockerfile containerfile makefile gnumakefile rakefile gemfile vagrantfile justfile jenkinsfile codeowners .gitignore .dockerignore .env'
    .split(' ')
    .map((name) => [name, name === 'jenkinsfile' ? SLASHES : HASH]),
);

/** The comment marks for a file, by its name; `undefined` for files that cannot have comments, such as JSON. */
export function commentMarks(path: string): Marks | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const stem = name.split('.')[0] ?? '';
  return BY_NAME.get(name) ?? BY_EXTENSION.get(name.includes('.') ? (name.split('.').at(-1) ?? '') : '') ?? BY_NAME.get(stem);
}

/** Lines that belong to the next one: decorators, attributes, annotations. */
const ATTACHED = /^\s*(?:@[\w.]+|#\[|\[[\w<>(), "'.=]+\]\s*$)/;
/** Lines that must stay at the top of the file. */
const FIRST = /^(?:#!|<\?|<!doctype\b|#.*coding[:=])/i;

/** The comment marks at a line: a component file has scripts and styles between its markup. */
function marksAt(path: string, lines: readonly string[], line: number): Marks | undefined {
  const marks = commentMarks(path);
  if (marks !== ANGLE || !/\.(?:vue|svelte|html?|cshtml|razor)$/i.test(path)) return marks;
  for (let at = line - 1; at >= 0; at--) {
    const written = lines[at] ?? '';
    if (/<\/(?:script|style)>/i.test(written)) return ANGLE;
    if (/<script\b/i.test(written)) return SLASHES;
    if (/<style\b/i.test(written)) return STAR;
  }
  return ANGLE;
}

/** The edits that insert a comment and the place of its citation, or a sentence for people if the file cannot have comments. */
export type CommentEdit = { readonly edits: readonly TextEdit[]; readonly selection: Span } | { readonly refused: string };

/**
 * A comment above a line of code, such as `// See docs/decisions/NNNN-x.md`, in the language of the file, indented like the line, and above the decorators
 * of a symbol. No edits if the lines above already name the record.
 *
 * @param line Zero-based.
 * @param citation What the comment names: the path of the record.
 */
export function commentEdit(path: string, text: string, line: number, citation: string): CommentEdit {
  const lines = text.split(/\r?\n/);
  let at = Math.max(0, Math.min(line, lines.length - 1));
  while (at > 0 && ATTACHED.test(lines[at - 1] ?? '')) at -= 1;
  while (at < lines.length - 1 && at < 3 && FIRST.test(lines[at] ?? '')) at += 1;
  const marks = marksAt(path, lines, at);
  if (!marks) return { refused: `${path} cannot have comments. Keep the link in .lintel/links.yaml instead.` };
  const above = lines.slice(Math.max(0, at - 3), Math.max(at, line) + 1).findIndex((written) => written.includes(citation));
  if (above >= 0) {
    const found = Math.max(0, at - 3) + above;
    const character = (lines[found] ?? '').indexOf(citation);
    return { edits: [], selection: { start: { line: found, character }, end: { line: found, character: character + citation.length } } };
  }
  const indent = /^[ \t]*/.exec(lines[at] ?? '')?.[0] ?? '';
  const [open, close] = marks;
  const written = `${indent}${open}See ${citation}${close}`;
  const place = { line: at, character: 0 };
  const from = indent.length + open.length + 'See '.length;
  return {
    edits: [{ path, span: { start: place, end: place }, text: written + lineEndingOf(text) }],
    selection: { start: { line: at, character: from }, end: { line: at, character: from + citation.length } },
  };
}
