import { parseDocument } from 'yaml';
import { nestsTooDeep } from '../../knowledge/specs/tree.ts';

/** Something that a pipeline does. */
export interface PipelineStep {
  /** Whether a push or a pull request may cause it. */
  readonly onChange: boolean;
  /** Folder that it happens in, relative to the root. */
  readonly cwd: string;
  /** Lines of a shell. */
  readonly script: string;
}

/** What the configuration of one pipeline says. */
export interface Pipeline {
  readonly path: string;
  readonly steps: readonly PipelineStep[];
  /** Something of it is elsewhere, so that nobody can say here what it runs. */
  readonly isPartial: boolean;
}

/** A folder that nobody knows here: it may be one of all. */
export const SOMEWHERE = '?';

const MOST_CHARACTERS = 500_000;

/** A value of YAML; `undefined` where it cannot be read. Tags of GitLab are taken for what they hold. */
export function yamlValue(text: string): unknown {
  if (text.length > MOST_CHARACTERS || nestsTooDeep(text)) return undefined;
  try {
    const document = parseDocument(text, { logLevel: 'silent', merge: true });
    return document.errors.length > 0 ? undefined : (document.toJS({ maxAliasCount: 1_000 }) as unknown);
  } catch {
    return undefined;
  }
}

/** A text, or the texts of a list, nested ones included, as lines. */
export const linesOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map((one: unknown) => linesOf(one)).join('\n')
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : '';

/** A folder as seen from another one; `undefined` where it leaves the repository or is not known. */
export function inFolder(cwd: string, folder: string): string | undefined {
  if (/[$`*]/.test(folder) || folder.startsWith('/') || folder.startsWith('~')) return undefined;
  const parts = cwd === '' ? [] : cwd.split('/');
  for (const part of folder.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else parts.push(part);
  }
  return parts.join('/');
}
