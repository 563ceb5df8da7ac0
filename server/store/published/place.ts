import { resolve } from 'node:path';
import { EngineError } from '../../model/errors.ts';

/** Kinds of places that LanceDB opens by itself. */
const SCHEMES = ['s3', 's3+ddb', 'gs', 'az', 'abfss', 'db', 'file'];
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/** A place where indexes are published: an address of object storage or of LanceDB Enterprise, or an absolute folder. */
export interface PublishedPlace {
  readonly uri: string;
  /** The place for messages: without a user, a password and parameters. */
  readonly shown: string;
  /** Who is asked over the network; `undefined` for a folder. */
  readonly host?: string;
  /** True for `db://`, where LanceDB itself merges files. */
  readonly managed: boolean;
}

/**
 * Reads the address of a place. A relative folder is one below `base`.
 * Throws `EngineError` `published-unreachable` for an address of an unknown kind.
 */
export function publishedPlace(text: string, base: string): PublishedPlace {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  // A drive of Windows, as in `C:\indexes`, is no scheme: it has no slashes behind it.
  if (scheme === undefined) return { uri: resolve(base, text), shown: resolve(base, text), managed: false };
  if (!SCHEMES.includes(scheme))
    throw new EngineError(
      'published-unreachable',
      `"${text.slice(0, 100)}" is no place for an index. Name a folder, or an address that starts with ${SCHEMES.slice(0, 5).join('://, ')}:// or db://.`,
    );
  const shown = text.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/s, '');
  if (scheme === 'file') return { uri: text, shown, managed: false };
  return { uri: text, shown, host: shown, managed: scheme === 'db' };
}
