import ignore, { type Ignore } from 'ignore';
import type { ScopedEvidence } from '../model/evidence.ts';
import type { Span } from '../model/span.ts';
import type { HeldDocument } from '../retrieval/knowledge.ts';
import type { Tree } from './tree.ts';

/** What a record says that it is about, resolved against the files of the repository. */
export interface Scope {
  /** Pattern as written, with its matcher: from front matter (`applies-to`, `paths`, ...). */
  readonly patterns: readonly { readonly pattern: string; readonly matcher: Ignore; readonly span: Span }[];
  /** Files named in the text: path -> where, as written. */
  readonly files: ReadonlyMap<string, { readonly names: string; readonly span: Span }>;
  /** Folders named in the text. */
  readonly folders: ReadonlyMap<string, { readonly names: string; readonly span: Span }>;
}

const PATTERN_WEIGHT = 0.95;
const FILE_WEIGHT = 0.9;
/** Too little to govern: of records that named only the folder none was judged to govern (docs/ranking.md). */
const FOLDER_WEIGHT = 0.4;

const PATH_TOKEN = /(?<![\w:/.-])(?:\.{0,2}\/)?[\w@.-]{1,80}(?:\/[\w@.*-]{1,80}){1,12}\/?|`[\w@-][\w@.-]{0,80}\.[A-Za-z]{1,8}`/g;
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

function* pathTokens(document: HeldDocument): Generator<{ names: string; span: Span }> {
  let seen = 0;
  for (const passage of document.passages) {
    let line = passage.span.start.line;
    for (const text of passage.text.split('\n')) {
      for (const match of text.slice(0, 10_000).matchAll(PATH_TOKEN)) {
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

export function scopeOf(document: HeldDocument, tree: Tree): Scope {
  const files = new Map<string, { names: string; span: Span }>();
  const folders = new Map<string, { names: string; span: Span }>();
  for (const { names, span } of pathTokens(document)) {
    if (names === '' || /\.(?:md|rst|adoc)$/i.test(names)) continue;
    const foundFiles = tree.filesNamed(names, MOST_FILES_NAMED);
    for (const file of foundFiles) if (!files.has(file)) files.set(file, { names, span });
    if (foundFiles.length > 0 || !names.includes('/')) continue;
    for (const folder of tree.foldersNamed(names, MOST_FOLDERS_NAMED)) if (!folders.has(folder)) folders.set(folder, { names, span });
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
  const pattern = scope.patterns.find(({ matcher }) => isMatch(matcher, path));
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
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const folder = scope.folders.get(path.slice(0, at));
    if (!folder) continue;
    const specificity = Math.log(1 + tree.size / Math.max(1, tree.filesBelow(path.slice(0, at)))) / Math.log(1 + tree.size);
    const explanation = `names the folder \`${folder.names}\``;
    return {
      kind: 'scoped',
      form: 'folder',
      weight: FOLDER_WEIGHT * Math.min(1, specificity),
      names: folder.names,
      documentSpan: folder.span,
      explanation,
    };
  }
  return undefined;
}

function isMatch(matcher: Ignore, path: string): boolean {
  try {
    return matcher.ignores(path);
  } catch {
    return false;
  }
}
