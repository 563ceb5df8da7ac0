import type { Edit } from './edit.ts';

/** Files of one patch that are looked at. */
const MOST_FILES = 300;

const FILE = /^\*\*\* (?:Add|Update|Delete) File: (.+)$/;
const MOVE = /^\*\*\* Move to: (.+)$/;
const UNIFIED = /^\+\+\+ (?:b\/)?([^\t]+)/;

interface OpenFile {
  path: string;
  /** A file that is new has no lines to look for. */
  readonly isNew: boolean;
  readonly replaced: { old: string[]; new: string[] }[];
}

const editOf = ({ path, isNew, replaced }: OpenFile): Edit =>
  isNew
    ? { path, content: replaced.flatMap((hunk) => hunk.new).join('\n'), replaced: [] }
    : {
        path,
        replaced: replaced
          .filter((hunk) => hunk.old.length + hunk.new.length > 0)
          .map((hunk) => ({ old: hunk.old.join('\n'), new: hunk.new.join('\n'), all: false })),
      };

/**
 * Reads a patch in the form of `apply_patch` (`*** Update File: PATH`, then hunks that begin with `@@`) or in the unified form. Lines that belong to neither
 * are left out; text without any file is no edit.
 */
export function readPatch(text: string): Edit[] {
  const files: OpenFile[] = [];
  let current: OpenFile | undefined;
  const begin = (path: string, isNew: boolean): void => {
    current = { path: path.trim(), isNew, replaced: [] };
    if (files.length < MOST_FILES && current.path !== '' && current.path !== '/dev/null') files.push(current);
  };
  let isRemoved = false;
  for (const line of text.split(/\r?\n/)) {
    const named = FILE.exec(line)?.[1];
    const moved = MOVE.exec(line)?.[1];
    const unified = UNIFIED.exec(line)?.[1];
    if (named !== undefined) begin(named, line.startsWith('*** Add'));
    else if (moved !== undefined) continue;
    else if (unified !== undefined) begin(unified, isRemoved);
    else if (line.startsWith('--- ')) isRemoved = line.startsWith('--- /dev/null');
    else if (line.startsWith('@@')) current?.replaced.push({ old: [], new: [] });
    else if (line.startsWith('*** ') || line.startsWith('diff ') || line.startsWith('index ')) continue;
    else if (current && /^[ +-]/.test(line)) {
      const hunk = current.replaced.at(-1) ?? { old: [], new: [] };
      if (current.replaced.length === 0) current.replaced.push(hunk);
      if (!line.startsWith('+')) hunk.old.push(line.slice(1));
      if (!line.startsWith('-')) hunk.new.push(line.slice(1));
    }
  }
  return files.map(editOf);
}
