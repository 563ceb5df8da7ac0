import { MOST_RECORD_PATTERNS } from '../knowledge/bounds.ts';
import { createMatcher, isSafePattern, type Matcher } from '../knowledge/discovery/globs.ts';
import type { Span } from '../model/span.ts';
import type { IndexedDocument } from '../retrieval/document-index.ts';
import { moduleFile, packageFolders } from '../workspace/packages.ts';
import type { Tree } from '../workspace/tree.ts';

/** A pattern of the front matter (`applies-to`, `paths`, ...). */
export interface ScopePattern {
  /** As written. */
  readonly pattern: string;
  readonly matcher: Matcher;
  readonly span: Span;
}

/** What a record says it is about, resolved against the files of the repository. */
export interface Scope {
  readonly patterns: readonly ScopePattern[];
  /** Files named in the text, by path. */
  readonly files: ReadonlyMap<string, Mention>;
  /** Folders named in the text by path or by package, by path. */
  readonly folders: ReadonlyMap<string, FolderMention>;
}

/** A file or folder that a record names. */
interface Mention {
  /** As written. */
  readonly names: string;
  readonly span: Span;
}

export interface FolderMention extends Mention {
  readonly form: 'folder' | 'package';
}

const PATH_TOKEN = /(?<![\w:/.-])(?:\.{0,2}\/)?[\w@.-]{1,80}(?:\/[\w@.*-]{1,80}){1,12}\/?|`[\w@-][\w@.-]{0,80}\.[A-Za-z]{1,8}`/g;
/** A module or a type by its dotted name, in a code span. */
const DOTTED_TOKEN = /`((?:[A-Za-z_]\w{0,80}\.){1,12}[A-Za-z_]\w{0,80})`/g;
const MOST_FILES_NAMED = 4;
const MOST_FOLDERS_NAMED = 3;
const MOST_TOKENS = 2_000;

function* tokens(document: IndexedDocument, pattern: RegExp): Generator<Mention> {
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

/**
 * Reads the scope of a record: the patterns of its front matter, and the files, folders and packages of the tree that its text names. A name that fits more
 * than a few files or folders means none of them; at most 2,000 names of each form and 100 patterns are read.
 */
export function scopeOf(document: IndexedDocument, tree: Tree): Scope {
  const files = new Map<string, Mention>();
  const folders = new Map<string, FolderMention>();
  const addFolders = (found: readonly string[], form: FolderMention['form'], { names, span }: Mention): void => {
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
    .filter((link) => isSafePattern(link.target))
    .slice(0, MOST_RECORD_PATTERNS)
    .map(({ target, span }) => ({ pattern: target, matcher: createMatcher([target.replace(/^\.\//, '')], { braces: true }), span }));
  return { patterns, files, folders };
}
