import type { QuotedCode } from '../../model/authoring.ts';
import type { Diff, FileDiff } from '../../model/diff.ts';
import { hunkText } from '../../text/unified-diff.ts';
import { type DraftPhrases, ENGLISH } from './wording/phrases.ts';

const MOST_LINES = 40;
const LONGEST_LINE = 200;

export type Markup = 'markdown' | 'rst' | 'asciidoc';

/** The markup of a record, by the extension of its file; Markdown if it is none that we know. */
export const markupOf = (path: string): Markup =>
  /\.re?st$/i.test(path) ? 'rst' : /\.(?:adoc|asciidoc)$/i.test(path) ? 'asciidoc' : 'markdown';

/** A path or name as code. */
export const code = (text: string, markup: Markup): string => (markup === 'rst' ? `\`\`${text}\`\`` : `\`${text}\``);

/** At most `MOST_LINES` lines, each of at most `LONGEST_LINE` characters; says how many are missing. */
const cut = (text: string, say: DraftPhrases): string => {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  const shown = lines.slice(0, MOST_LINES).map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line));
  return [...shown, ...(lines.length > MOST_LINES ? [say.moreLines(lines.length - MOST_LINES)] : [])].join('\n');
};

/** Code as a block. The fence is longer than any in the code, so that the code cannot end it. */
function block(text: string, language: string, markup: Markup, say: DraftPhrases): string {
  const shown = cut(text, say);
  if (markup === 'rst') return `.. code-block:: ${language || 'text'}\n\n${shown.replace(/^(?=.)/gm, '   ')}`;
  if (markup === 'asciidoc') {
    const rule = '-'.repeat(Math.max(4, ...[...shown.matchAll(/^-+$/gm)].map(([run]) => run.length + 1)));
    return `[source${language === '' ? '' : `,${language}`}]\n${rule}\n${shown}\n${rule}`;
  }
  const fence = '`'.repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}${language}\n${shown}\n${fence}`;
}

const extension = (path: string): string => /\.(\w{1,12})$/.exec(path)?.[1]?.toLowerCase() ?? '';

/** Selected code with its path and lines. */
export function quoteSelection({ path, lines: { first, last }, text }: QuotedCode, markup: Markup, say = ENGLISH): string {
  const where = first === last ? say.line(first + 1) : say.lines(first + 1, last + 1);
  return `${code(path, markup)}, ${where}:\n\n${block(text, extension(path), markup, say)}`;
}

const MOST_FILES = 20;
const MOST_HUNKS = 3;
const MOST_HUNK_LINES = 12;

const changeOf = ({ change, from }: FileDiff, markup: Markup, say: DraftPhrases): string => {
  if (from !== undefined) return say.renamed(code(from, markup));
  return say.change[change === 'renamed' ? 'changed' : change];
};

/**
 * Changes: a list of files and the first hunks, shortened. Empty if nothing changed.
 * @param where the commit or range, as it was written; absent: the work tree
 */
export function quoteChanges({ files, unreadable }: Diff, markup: Markup, where?: string, say = ENGLISH): string {
  if (files.length === 0 && unreadable.length === 0) return '';
  const bullet = markup === 'asciidoc' ? '*' : '-';
  const list = files.slice(0, MOST_FILES).map((file) => `${bullet} ${code(file.path, markup)} (${changeOf(file, markup, say)})`);
  if (files.length > MOST_FILES) list.push(`${bullet} ${say.more(files.length - MOST_FILES)}`);
  for (const { message } of unreadable) list.push(`${bullet} ${say.incomplete(message)}`);
  const hunks = files.flatMap(({ path, hunks: [first] }) => (first === undefined ? [] : [{ path, hunk: first }])).slice(0, MOST_HUNKS);
  const quoted = hunks.map(({ path, hunk }) => {
    const lines = hunkText(hunk).trimEnd().split('\n');
    const shown = [...lines.slice(0, MOST_HUNK_LINES), ...(lines.length > MOST_HUNK_LINES ? ['…'] : [])];
    return `${code(path, markup)}:\n\n${block(shown.join('\n'), 'diff', markup, say)}`;
  });
  return [`${where === undefined ? say.changed : say.changedIn(where)}\n\n${list.join('\n')}`, ...quoted].join('\n\n');
}
