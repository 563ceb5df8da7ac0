import { createMatcher, type Matcher } from '../knowledge/discovery/globs.ts';
import { folderOf } from '../knowledge/paths.ts';
import type { WorkspaceFiles } from './files.ts';
import type { Tree } from './tree.ts';

const FILE = '.gitattributes';
/** Attributes by which forges and linters know what nobody wrote here. */
const ATTRIBUTE = /^(-|!)?linguist-(?:generated|vendored)(?:=(\S+))?$/;
const MOST_FILES = 100;
const MOST_BYTES = 100_000;
const MOST_RULES = 1_000;

interface Rule {
  readonly matcher: Matcher;
  readonly folder: string;
  readonly generated: boolean;
}

function rulesOf(folder: string, text: string): Rule[] {
  return text.split(/\r?\n/).flatMap((line): Rule[] => {
    const [pattern = '', ...attributes] = line.trim().split(/\s+/);
    if (pattern === '' || /^[#![]/.test(pattern)) return [];
    return attributes.flatMap((attribute): Rule[] => {
      const match = ATTRIBUTE.exec(attribute);
      if (!match) return [];
      const generated = match[1] === undefined && !/^(?:false|0|no)$/i.test(match[2] ?? '');
      return [{ matcher: createMatcher([pattern]), folder, generated }];
    });
  });
}

/**
 * Reads which files `.gitattributes` calls generated or vendored (`linguist-generated`, `linguist-vendored`), in the root and in the folders below it. A file
 * further down, and a line further down in a file, is stronger.
 */
export async function readGeneratedPaths(files: Pick<WorkspaceFiles, 'readMany'>, tree: Tree): Promise<(path: string) => boolean> {
  const paths = [...tree.filesNamed(FILE, MOST_FILES)].sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  const texts = await files.readMany(paths, MOST_BYTES);
  const rules = paths.flatMap((path, at) => rulesOf(folderOf(path), texts[at] ?? '')).slice(0, MOST_RULES);
  if (rules.length === 0) return () => false;
  return (path) => {
    let generated = false;
    for (const rule of rules) {
      const inner = rule.folder === '' ? path : path.startsWith(`${rule.folder}/`) ? path.slice(rule.folder.length + 1) : undefined;
      if (inner !== undefined && rule.matcher.match(inner) !== undefined) generated = rule.generated;
    }
    return generated;
  };
}
