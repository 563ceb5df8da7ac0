import { languageOf } from '../../code/languages/index.ts';
import type { FileDiff, Hunk } from '../../model/diff.ts';

/** Languages in which it makes no difference how far a line is indented. */
const FREE_INDENTATION = new Set([
  ...[
    'typescript',
    'tsx',
    'javascript',
    'java',
    'kotlin',
    'groovy',
    'c-sharp',
    'cpp',
    'go',
    'rust',
    'php',
    'ruby',
    'lua',
    'elixir',
    'swift',
  ],
  ...['json', 'sql', 'graphql', 'proto', 'protobuf', 'hcl', 'css', 'scss', 'less'],
]);
/** Languages in which a carriage return or a space at the end of a line makes a difference, or may. */
const BOUND_LINE_ENDS = new Set(['shell', 'dockerfile', 'ini', 'requirements', 'markdown']);
/** Begins or ends a text over several lines, in which white space is content. */
const TEXT_OF_LINES = /`|"""|'''|<<|\/\*/;

const isBlank = (text: string): boolean => text.trim() === '';

/** The lines of one side that are not blank. */
const side = ({ lines }: Hunk, kind: 'added' | 'removed'): readonly string[] =>
  lines.filter((line) => line.kind === kind && !isBlank(line.text)).map(({ text }) => text);

const areSame = (a: readonly string[], b: readonly string[], of: (text: string) => string): boolean =>
  a.length === b.length && a.every((text, at) => of(text) === of(b[at] ?? ''));

/**
 * Whether a difference touches only how lines end and, where the language does not mind, how far they are indented. Unsure is no: white space in YAML and
 * Python is structure, and a shell reads a carriage return as a part of the word.
 */
export const touchesOnlyWhitespace = ({ path, hunks, binary, change }: FileDiff): boolean => {
  const id = languageOf(path)?.id;
  if (binary !== undefined || change !== 'changed' || hunks.length === 0 || id === undefined || BOUND_LINE_ENDS.has(id)) return false;
  return hunks.every((hunk) => {
    const removed = side(hunk, 'removed');
    const added = side(hunk, 'added');
    if (removed.length === 0 && added.length === 0) return false;
    if (areSame(removed, added, (text) => text.trimEnd())) return true;
    return (
      FREE_INDENTATION.has(id) && !hunk.lines.some(({ text }) => TEXT_OF_LINES.test(text)) && areSame(removed, added, (text) => text.trim())
    );
  });
};
