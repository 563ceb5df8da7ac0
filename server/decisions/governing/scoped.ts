import type { ScopedEvidence } from '../../model/evidence.ts';
import type { FolderMention, Scope, ScopePattern } from '../../register/scopes.ts';
import type { Tree } from '../../workspace/tree.ts';

const PATTERN_WEIGHT = 0.95;
const FILE_WEIGHT = 0.9;
/** Too little to govern: of the records that named only the folder, none was judged to govern (docs/ranking.md). */
const FOLDER_WEIGHT = 0.4;
/** A pattern of wildcards alone singles nothing out: a record with it would govern every file. */
const EVERYTHING = /^[*/.{},\s]*$/;

/** The strongest evidence that the scope of a record covers a path; `undefined` where it does not. */
export function scopedEvidence(scope: Scope, path: string, tree: Tree): ScopedEvidence | undefined {
  const matching = scope.patterns.filter(({ matcher }) => matcher.match(path) !== undefined);
  const pattern = matching.find((each) => !EVERYTHING.test(each.pattern));
  if (pattern) {
    const explanation = `its front matter applies it to \`${pattern.pattern}\``;
    return { kind: 'scoped', form: 'pattern', weight: PATTERN_WEIGHT, names: pattern.pattern, documentSpan: pattern.span, explanation };
  }
  const file = scope.files.get(path);
  if (file && namesNearlyAll(scope, tree))
    return {
      kind: 'scoped',
      form: 'folder',
      weight: Number((FOLDER_WEIGHT * specificityOf(scope.files.size, tree)).toFixed(4)),
      names: file.names,
      documentSpan: file.span,
      explanation: `names \`${file.names}\`, among ${scope.files.size} files`,
    };
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

/** An inventory: a record that names so many files, and so large a part of the tree, singles none of them out. */
const MANY_FILES = 25;
const LARGE_PART = 0.25;
const namesNearlyAll = ({ files }: Scope, tree: Tree): boolean => files.size > MANY_FILES && files.size > LARGE_PART * tree.size;

/** A pattern for everything counts like a mention of the root folder. */
const wholeTree = (pattern: ScopePattern | undefined): { readonly path: string; readonly named: FolderMention } | undefined =>
  pattern && { path: '', named: { form: 'folder', names: pattern.pattern, span: pattern.span } };

/** The deepest folder above the path that the record names. */
function deepestFolder({ folders }: Scope, path: string): { readonly path: string; readonly named: FolderMention } | undefined {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const named = folders.get(path.slice(0, at));
    if (named) return { path: path.slice(0, at), named };
  }
  return undefined;
}

/** How little of the tree a folder is: 1 for a single file, near 0 for nearly all (docs/ranking.md). */
const specificity = (folder: string, tree: Tree): number => specificityOf(folder === '' ? tree.size : tree.filesBelow(folder), tree);

const specificityOf = (files: number, tree: Tree): number =>
  Math.min(1, Math.log(1 + tree.size / Math.max(1, files)) / Math.log(1 + Math.max(1, tree.size)));
