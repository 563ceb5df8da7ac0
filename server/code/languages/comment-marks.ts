import { fileNameOf, languageOf } from './index.ts';
import type { CommentMarks } from './language.ts';
import { MARKS } from './syntax.ts';

/** How a comment is written into a file. */
export interface WritableComment {
  readonly marks: CommentMarks;
  /** True for pages in which `<script>` and `<style>` have comments of their own. */
  readonly hasScriptAndStyle: boolean;
}

/**
 * Files that are not read as sources, but that people cite decisions in: texts, pages, rarely used languages. They become languages when
 * something else has to be known about them.
 */
const OTHER_EXTENSIONS: readonly (readonly [CommentMarks, string])[] = [
  [MARKS.slashes, 'jsonc json5 v'],
  [MARKS.hash, 'fish jl pl pm feature nim cr tcl awk'],
  [MARKS.dashes, 'elm ada vhdl'],
  [MARKS.markup, 'html htm xml svg xhtml md mdx markdown xaml axaml'],
  [MARKS.percent, 'tex prolog'],
  [MARKS.semicolons, 'edn lisp el scm rkt'],
];
const OTHER_NAMES: ReadonlySet<string> = new Set(['justfile', 'codeowners', '.gitignore', '.dockerignore', '.env']);
const PAGES: ReadonlySet<string> = new Set(['html', 'htm']);

const BY_EXTENSION = new Map(
  OTHER_EXTENSIONS.flatMap(([marks, extensions]) => extensions.split(' ').map((extension) => [extension, marks] as const)),
);

function ofLanguage(path: string): WritableComment | 'none' | undefined {
  const language = languageOf(path);
  if (!language) return undefined;
  const { commentMarks: marks, hasScriptAndStyle = false } = language;
  return marks === 'none' ? 'none' : { marks, hasScriptAndStyle };
}

function ofOther(name: string): WritableComment | undefined {
  const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
  const marks = OTHER_NAMES.has(name) ? MARKS.hash : BY_EXTENSION.get(extension);
  return marks && { marks, hasScriptAndStyle: PAGES.has(extension) };
}

/** How a comment is written into a file, by its path; `undefined` for files that have no comments, such as JSON and pictures. */
export function writableComment(path: string): WritableComment | undefined {
  const name = fileNameOf(path);
  // `Makefile.am` is a makefile; other stems, such as the one of `build.log`, say nothing.
  const stem = /^(\w+file)\./.exec(name)?.[1] ?? '';
  const found = ofLanguage(name) ?? ofOther(name) ?? ofLanguage(stem) ?? ofOther(stem);
  return found === 'none' ? undefined : found;
}
