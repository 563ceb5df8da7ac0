import ignore, { type Ignore } from 'ignore';
import type { ScopedEvidence } from '../model/evidence.ts';
import type { Span } from '../model/span.ts';
import type { IndexedDocument } from '../retrieval/knowledge.ts';
import { moduleFile, packageFolders } from '../workspace/packages.ts';
import type { Tree } from '../workspace/tree.ts';

/** What a record says that it is about, resolved against the files of the repository. */
export interface Scope {
  /** Pattern as written, with its matcher: from front matter (`applies-to`, `paths`, ...). */
  readonly patterns: readonly { readonly pattern: string; readonly matcher: Ignore; readonly span: Span }[];
  /** Files named in the text: path -> where, as written. */
  readonly files: ReadonlyMap<string, Named>;
  /** Folders named in the text, by their path or as the package that they hold. */
  readonly folders: ReadonlyMap<string, NamedFolder>;
}

interface Named {
  readonly names: string;
  readonly span: Span;
}

interface NamedFolder extends Named {
  readonly form: 'folder' | 'package';
}

const PATTERN_WEIGHT = 0.95;
const FILE_WEIGHT = 0.9;
/** Too little to govern: of records that named only the folder none was judged to govern (docs/ranking.md). */
const FOLDER_WEIGHT = 0.4;

const PATH_TOKEN = /(?<![\w:/.-])(?:\.{0,2}\/)?[\w@.-]{1,80}(?:\/[\w@.*-]{1,80}){1,12}\/?|`[\w@-][\w@.-]{0,80}\.[A-Za-z]{1,8}`/g;
/** A module or a type by its dotted name, in a code span. */
const DOTTED_TOKEN = /`((?:[A-Za-z_]\w{0,80}\.){1,12}[A-Za-z_]\w{0,80})`/g;
/** A pattern of wildcards alone singles nothing out: a record with it would govern every file there is. */
const EVERYTHING = /^[*/.{},\s]*$/;
const MOST_FILES_NAMED = 4;
const MOST_FOLDERS_NAMED = 3;
const MOST_TOKENS = 2_000;

function matcherOf(pattern: string): Ignore | undefined {
  try {
    return ignore().add(pattern.replace(/^\.\//, ''));
  } catch {
    return undefined;
  }
}

function* tokens(document: IndexedDocument, pattern: RegExp): Generator<Named> {
  let seen = 0;
  for (const passage of document.passages) {
    let line = passage.span.start.line;
    for (const text of passage.text.split('\n')) {
      for (const match of text.slice(0, 10_000).matchAll(pattern)) {
        if (++seen > MOST_TOKENS) return;
        const names = match[0]
          .replaceAll('`', '')
          .replace(/^(?:\.{1,2}\/)+|^\//, '')
          .replace(/[/.]+$/, '');
        const offset = line === passage.span.start.line ? passage.span.start.character : 0;
        const start = { line, character: offset + match.index };
        yield { names, span: { start, end: { line, character: start.character + match[0].length } } };
      }
      line += 1;
    }
  }
}

export function scopeOf(document: IndexedDocument, tree: Tree): Scope {
  const files = new Map<string, Named>();
  const folders = new Map<string, NamedFolder>();
  const addFolders = (found: readonly string[], form: NamedFolder['form'], { names, span }: Named): void => {
    for (const folder of found) if (!folders.has(folder)) folders.set(folder, { names, span, form });
  };
  for (const token of tokens(document, PATH_TOKEN)) {
    const { names } = token;
    if (names === '' || /\.(?:md|rst|adoc)$/i.test(names)) continue;
    const foundFiles = tree.filesNamed(names, MOST_FILES_NAMED);
    for (const file of foundFiles) if (!files.has(file)) files.set(file, token);
    if (foundFiles.length > 0 || !names.includes('/')) continue;
    const foundFolders = tree.foldersNamed(names, MOST_FOLDERS_NAMED);
    addFolders(foundFolders, 'folder', token);
    if (foundFolders.length === 0) addFolders(packageFolders(names, tree), 'package', token);
  }
  for (const token of tokens(document, DOTTED_TOKEN)) {
    const file = moduleFile(token.names, tree);
    if (file !== undefined && !files.has(file)) files.set(file, token);
    else addFolders(packageFolders(token.names, tree), 'package', token);
  }
  const patterns = document.head.links
    .filter((link) => link.kind === 'applies-to')
    .flatMap((link) => {
      const matcher = matcherOf(link.target);
      return matcher ? [{ pattern: link.target, matcher, span: link.span }] : [];
    });
  return { patterns, files, folders };
}

/** Why the record's scope holds for a path; the strongest reason only. */
export function scopedEvidence(scope: Scope, path: string, tree: Tree): ScopedEvidence | undefined {
  const matching = scope.patterns.filter(({ matcher }) => isMatch(matcher, path));
  const pattern = matching.find((each) => !EVERYTHING.test(each.pattern));
  if (pattern) {
    const explanation = `its front matter applies it to \`${pattern.pattern}\``;
    return { kind: 'scoped', form: 'pattern', weight: PATTERN_WEIGHT, names: pattern.pattern, documentSpan: pattern.span, explanation };
  }
  const file = scope.files.get(path);
  if (file)
    return {
      kind: 'scoped',
      form: 'file',
      weight: FILE_WEIGHT,
      names: file.names,
      documentSpan: file.span,
      explanation: `names \`${file.names}\``,
    };
  const folder = deepestFolder(scope, path) ?? wholeTree(matching[0]);
  if (!folder) return undefined;
  const { form, names, span } = folder.named;
  return {
    kind: 'scoped',
    form,
    weight: Number((FOLDER_WEIGHT * specificity(folder.path, tree)).toFixed(4)),
    names,
    documentSpan: span,
    explanation: folder.path === '' ? `its front matter applies it to everything (\`${names}\`)` : `names the ${form} \`${names}\``,
  };
}

/** A pattern for everything, as the folder that it names. */
const wholeTree = (pattern: Scope['patterns'][number] | undefined): { readonly path: string; readonly named: NamedFolder } | undefined =>
  pattern && { path: '', named: { form: 'folder', names: pattern.pattern, span: pattern.span } };

/** The deepest folder above the path that the record names. */
function deepestFolder({ folders }: Scope, path: string): { readonly path: string; readonly named: NamedFolder } | undefined {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const named = folders.get(path.slice(0, at));
    if (named) return { path: path.slice(0, at), named };
  }
  return undefined;
}

/** How little of the tree a folder is: 1 for a single file, near 0 for nearly all (docs/ranking.md). */
const specificity = (folder: string, tree: Tree): number => {
  const files = folder === '' ? tree.size : tree.filesBelow(folder);
  return Math.min(1, Math.log(1 + tree.size / Math.max(1, files)) / Math.log(1 + Math.max(1, tree.size)));
};

const SIBLING_WEIGHT = 0.3;

/** How closely the record names the surroundings of a path, in [0, 1]: the deepest folder above it; 0.3 where only a file beside it is named. */
export function folderWeight(scope: Scope, path: string, tree: Tree): number {
  const folder = deepestFolder(scope, path);
  if (folder) return specificity(folder.path, tree);
  const home = path.slice(0, path.lastIndexOf('/') + 1);
  for (const file of scope.files.keys()) {
    if (file !== path && file.slice(0, file.lastIndexOf('/') + 1) === home) return SIBLING_WEIGHT;
  }
  return 0;
}

function isMatch(matcher: Ignore, path: string): boolean {
  try {
    return matcher.ignores(path);
  } catch {
    return false;
  }
}
