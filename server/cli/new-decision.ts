import { relative, resolve, sep } from 'node:path';
import { type DraftSubject, type KindredRecord, numberOf, type SelectedCode } from '../model/authoring.ts';
import { numberedTitle } from '../model/title.ts';
import { plainMarkdown } from '../text/plain-markdown.ts';
import { UsageError } from './command.ts';
import { shownPath } from './hits.ts';
import { printable, type Terminal } from './terminal.ts';

const LINES = /^(.+):(\d+)(?:-(\d+))?$/;

/** The lines of `PATH:12` and `PATH:12-34`, counted from 1. */
const selectionOf = (written: string, pathOf: (path: string) => string): SelectedCode => {
  const [, file = '', from = '', to = from] = LINES.exec(written) ?? [];
  const lines = { first: Number(from) - 1, last: Number(to) - 1 };
  if (file === '' || lines.first < 0 || lines.last < lines.first)
    throw new UsageError(`--lines: "${printable(written)}" is not PATH:LINE or PATH:FIRST-LAST, with lines counted from 1.`);
  return { path: pathOf(file), lines };
};

interface NewOptions {
  readonly near?: string | undefined;
  readonly lines?: string | undefined;
  readonly from?: string | undefined;
  readonly changes?: boolean | undefined;
}

/** What a new record is about, by the options. */
export const subjectOf = (
  title: string,
  { near, lines, from, changes }: NewOptions,
  root: string,
  { folder, signal }: Terminal,
): DraftSubject => {
  if (from !== undefined && changes) throw new UsageError('Use either --from or --changes.');
  const pathOf = (path: string): string => relative(root, resolve(folder, path)).split(sep).join('/');
  return {
    title,
    ...(near === undefined ? {} : { near: pathOf(near) }),
    ...(lines === undefined ? {} : { selection: selectionOf(lines, pathOf) }),
    ...(from === undefined ? {} : { from }),
    ...(changes ? { fromChanges: true } : {}),
    signal,
  };
};

/** The records to read first: why each is named, where it is, and what it decides. */
export const renderKindred = (kindred: readonly KindredRecord[], root: string, terminal: Terminal): string => {
  if (kindred.length === 0) return 'No record is about this yet.\n';
  const width = Math.max(...kindred.map(({ kinship }) => kinship.length));
  const lines = kindred.map(({ kinship, record, sentence, decides }) => {
    const number = numberOf(record);
    const title = numberedTitle({ title: record.title, ...(number === '' ? {} : { number }) });
    const head = `  ${kinship.padEnd(width)}  ${printable(title)}  ${printable(shownPath(root, record.path, terminal))}`;
    const indent = ' '.repeat(width + 4);
    const quoted = decides === undefined ? '' : `\n${indent}"${printable(plainMarkdown({ text: decides, highlights: [] }).text)}"`;
    return `${head}\n${indent}${printable(sentence)}${quoted}\n`;
  });
  return `Read before you write:\n${lines.join('')}`;
};

/** Whether a person has to decide whether the record is to be written at all. */
export const asksFirst = (kindred: readonly KindredRecord[]): boolean =>
  kindred.some(({ kinship }) => kinship === 'conflict' || kinship === 'duplicate');
