import { isAbsolute, join, relative } from 'node:path';
import { isIgnored } from '../git/index.ts';
import { discover } from '../knowledge/discovery.ts';
import type { IndexState } from '../store/state.ts';
import { type FilePlan, planFiles, stampOf } from './plan.ts';
import { readBounded } from './read.ts';
import type { Workspace } from './workspace.ts';

const CONFIGURATION = /(?:^|\/)(?:lintel\.ya?ml|\.adr-dir|\.log4brains\.yml|\.gitignore)$/;
const PEEK_BYTES = 4_096;

/** True where a changed file decides which files are documents, so that everything must be looked at. */
export const touchesConfiguration = (paths: readonly string[]): boolean =>
  paths.some((path) => CONFIGURATION.test(path.replaceAll('\\', '/')));

/** Repository-relative path with forward slashes; `undefined` for a path outside. */
export function insideOf(root: string, path: string): string | undefined {
  const inner = (isAbsolute(path) ? relative(root, path) : path).replaceAll('\\', '/').replace(/^\.\//, '');
  return inner === '' || inner === '..' || inner.startsWith('../') || isAbsolute(inner) ? undefined : inner;
}

/** What saving, creating or deleting these paths means for the index. A deleted folder takes its documents with it. */
export async function planSaved(workspace: Workspace, paths: readonly string[], known: IndexState['files']): Promise<FilePlan> {
  const { root, repository, loaded } = workspace;
  const inner = [...new Set(paths.flatMap((path) => insideOf(root, path) ?? []))];
  const stamps = await Promise.all(inner.map(async (path) => ({ path, there: (await stampOf(root, path)) !== undefined })));
  const present = stamps.filter(({ there }) => there).map(({ path }) => path);
  const absent = stamps.filter(({ there }) => !there).map(({ path }) => path);
  const unknown = present.filter((path) => !(path in known));
  const ignored = repository && unknown.length > 0 ? await isIgnored(repository, unknown) : new Set<string>();
  const { documents } = await discover({
    root,
    files: present.filter((path) => !ignored.has(path) && !path.startsWith('.git/')),
    config: loaded.config,
    readPeek: async (path) => (await readBounded(join(root, path), PEEK_BYTES)) ?? '',
  });
  const asked = Object.fromEntries(Object.entries(known).filter(([path]) => present.includes(path)));
  const plan = await planFiles(workspace, documents, asked);
  const gone = Object.keys(known).filter((path) => absent.some((lost) => path === lost || path.startsWith(`${lost}/`)));
  return { ...plan, remove: [...new Set([...plan.remove, ...gone])] };
}
