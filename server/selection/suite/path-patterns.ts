import { type LinearPattern, linearPattern } from './linear-pattern.ts';

const LONGEST_GLOB = 500;
/** What has a meaning in a regular expression and none in a glob. */
const PLAIN = /[.+^$|\\/()\]}]/;

/** Where the bracket that opens at `from` closes; -1 where it does not. */
function closing(glob: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < glob.length; at += 1) {
    if (glob[at] === '\\') at += 1;
    else if (glob[at] === open) depth += 1;
    else if (glob[at] === close) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** Parts between separators that stand in no bracket. */
function parts(text: string, separator: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{' || text[at] === '(') depth += 1;
    else if (text[at] === '}' || text[at] === ')') depth -= 1;
    else if (text[at] === separator && depth === 0) {
      out.push(text.slice(from, at));
      from = at + 1;
    }
  }
  out.push(text.slice(from));
  return out;
}

const EXTENDED: Readonly<Record<string, (inner: string) => string>> = {
  '@': (inner) => `(?:${inner})`,
  '?': (inner) => `(?:${inner})?`,
  '*': (inner) => `(?:${inner})*`,
  '+': (inner) => `(?:${inner})+`,
  '!': (inner) => `(?!(?:${inner})(?:/|$))[^/]*`,
};

function sourceOf(glob: string, depth: number): string {
  let out = '';
  for (let at = 0; at < glob.length; at += 1) {
    const character = glob.charAt(at);
    const extended = glob[at + 1] === '(' && depth < 5 ? EXTENDED[character] : undefined;
    const end = extended ? closing(glob, at + 1, '(', ')') : character === '{' && depth < 5 ? closing(glob, at, '{', '}') : -1;
    if (extended && end > 0) {
      out += extended(
        parts(glob.slice(at + 2, end), '|')
          .map((part) => sourceOf(part, depth + 1))
          .join('|'),
      );
      at = end;
    } else if (character === '(' && depth < 5 && closing(glob, at, '(', ')') > 0) {
      const close = closing(glob, at, '(', ')');
      out += `(?:${parts(glob.slice(at + 1, close), '|')
        .map((part) => sourceOf(part, depth + 1))
        .join('|')})`;
      at = close;
    } else if (character === '{' && end > 0) {
      const inner = parts(glob.slice(at + 1, end), ',').map((part) => sourceOf(part, depth + 1));
      out += `(?:${inner.join('|')})`;
      at = end;
    } else if (character === '*') {
      if (glob[at + 1] !== '*') out += '[^/]*';
      else if (glob[at + 2] === '/') {
        out += '(?:[^/]+/)*';
        at += 2;
      } else {
        out += '.*';
        at += 1;
      }
    } else if (character === '?') out += '[^/]';
    else if (character === '[' && glob.indexOf(']', at + 2) > 0) {
      const close = glob.indexOf(']', at + 2);
      out += glob.slice(at, close + 1).replace(/^\[!/, '[^');
      at = close;
    } else if (character === '\\' && at + 1 < glob.length) {
      at += 1;
      const next = glob.charAt(at);
      out += PLAIN.test(next) || '*?[{'.includes(next) ? `\\${next}` : next;
    } else out += PLAIN.test(character) || character === '{' || character === '[' ? `\\${character}` : character;
  }
  return out;
}

/**
 * A glob as tools for tests read it: `*`, `**`, `?`, sets, braces and extended globs (`?(*.)+(spec|test)`). Matches whole paths. `undefined` for
 * globs of more than 500 characters and for those that cannot be read.
 */
export function globPattern(glob: string): LinearPattern | undefined {
  if (glob.length > LONGEST_GLOB) return undefined;
  return linearPattern(`^${sourceOf(glob, 0)}$`);
}

/** The folder of a path; empty for a file of the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Joins a folder and a relative path; `undefined` where it leads out of the repository. */
export function joined(folder: string, relative: string): string | undefined {
  const out: string[] = relative.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.pop() === undefined) return undefined;
  }
  return out.join('/');
}

/** Whether a path lies in a folder; the empty folder is the root. */
export const isBelow = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);
