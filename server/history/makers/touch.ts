import type { Diff } from '../../model/diff.ts';
import type { Touch } from '../../model/history.ts';
import type { Alignment } from './alignment.ts';
import { changeOf } from './patch-lines.ts';
import { subjectKind } from './subjects.ts';
import { type TokenEdit, tokenDiff } from './token-diff.ts';
import { isWord, layoutFree, tokensOf } from './tokens.ts';

/** What is known of a commit that changed a line. */
export interface TouchingCommit {
  readonly subject: string;
  /** Number of files that it changed; a lower bound where there are many. */
  readonly files: number;
}

/** From this many files on, a commit is a mass change. */
const MASS_FILES = 50;
/** Lines in which the same edit has to occur before it counts as made everywhere. */
const LEAST_REPEATS = 3;
const MOST_PAIRS = 600;

const IMPORT =
  /^\s*(?:import\b|from\s+\S+\s+import\b|#\s*include\b|using\s+[\w.]+;|use\s+[\w:\\]+|require(?:_relative)?\b|export\s+(?:\*|\{[^}]*\})\s+from\b|(?:const|let|var)\s+[\w{}\s,:]+=\s*require\()/;
const DECLARATION =
  /^\s*(?:(?:export|default|public|private|protected|internal|static|abstract|final|override|virtual|async|inline|extern|pub(?:\([a-z]+\))?|const|unsafe|open|sealed|readonly|declare)\s+)*(?:def|function\*?|fn|func|fun|sub|class|interface|struct|trait|impl|enum|type|module|procedure)\s+[(\w$]|^\s*(?:(?:public|private|protected|async)\s+)*constructor\b/;
const MODIFIERS = new Set(
  'public private protected internal static final export default abstract override virtual const let var readonly declare pub crate async inline extern register mut'.split(
    ' ',
  ),
);
/** Calls that wrap a value and leave its meaning: marks for translation. */
const WRAPPERS = new Set(['_', 'N_', 'Q_', 'gettext', 'i18n', 't', 'tr', 'N']);

const signatureOf = ({ removed, added }: TokenEdit): string => `${removed.join(' ')}\u0000${added.join(' ')}`;

/** In how many lines of a patch each edit occurs, by pairs of lines at the same place of hunks that take away as many lines as they add. */
export function editCounts(patch: Diff): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let pairs = 0;
  for (const { hunks } of patch.files) {
    for (const hunk of hunks) {
      const { removed, added } = changeOf(hunk);
      if (removed.length !== added.length || pairs > MOST_PAIRS) continue;
      removed.forEach((text, index) => {
        pairs++;
        const { edits } = tokenDiff(layoutFree(tokensOf(text)), layoutFree(tokensOf(added[index] ?? '')));
        for (const signature of new Set(edits.map(signatureOf))) counts.set(signature, (counts.get(signature) ?? 0) + 1);
      });
    }
  }
  return counts;
}

const isModifier = ({ removed, added }: TokenEdit): boolean => [...removed, ...added].every((token) => MODIFIERS.has(token));
const isWrapper = ({ removed, added }: TokenEdit): boolean =>
  removed.length === 0 && added.every((token) => WRAPPERS.has(token) || token === '(' || token === ')');
/** One name became another. */
const isRename = ({ removed, added }: TokenEdit): boolean =>
  removed.length === 1 &&
  added.length === 1 &&
  isWord(removed[0] ?? '') &&
  isWord(added[0] ?? '') &&
  !VALUES.test(`${removed[0]} ${added[0]}`);
const VALUES = /\b(?:true|false|null|nil|none|and|or|not|if|else|while|return|continue|break)\b/i;
/** Names that differ in case, underscores or plural only. */
const isRespelt = (edit: TokenEdit): boolean => {
  const plain = (token: string | undefined): string => (token ?? '').toLowerCase().replace(/[_$]/g, '').replace(/s$/, '');
  return isRename(edit) && plain(edit.removed[0]) === plain(edit.added[0]);
};

/** What a line with its text before and after tells of a commit's kind. */
export interface TouchedLine {
  readonly before: string;
  readonly after: string;
  readonly alignment: Alignment;
}

/**
 * How a commit touched a line that it changed, where it did not make its logic; `undefined` where it did.
 * @param counts how often each edit occurs in the commit; asked only where that decides
 */
export function touchOf(
  { before, after, alignment: { edits, kept } }: TouchedLine,
  commit: TouchingCommit,
  counts: () => ReadonlyMap<string, number>,
): Touch | undefined {
  if (edits.length === 0) return 'layout';
  const { isLayout, isTidying, hasPurpose } = subjectKind(commit.subject);
  const isMass = commit.files > MASS_FILES;
  if (IMPORT.test(after) && IMPORT.test(before) && importedNames(before) === importedNames(after)) return 'imports';
  if (edits.every(isModifier)) return 'signature';
  if (edits.every((edit) => isModifier(edit) || isWrapper(edit))) return 'migrated';
  if (edits.every((edit) => isModifier(edit) || isWrapper(edit) || isRespelt(edit))) return 'renamed';
  if ((isLayout || isMass) && kept >= 0.6 && !(hasPurpose && !isLayout && !isMass)) return isLayout ? 'layout' : 'migrated';
  if (DECLARATION.test(before) && DECLARATION.test(after) && declaredName(before) === declaredName(after)) return 'signature';
  // A declaration under another name is another thing, unless the commit says that it renames.
  const isOther = DECLARATION.test(after) && !isTidying;
  const isRepeated = (edit: TokenEdit, least: number): boolean => (counts().get(signatureOf(edit)) ?? 0) >= least;
  if (
    edits.every(
      (edit) => (isRename(edit) && !isOther && (isTidying || isRepeated(edit, LEAST_REPEATS))) || isModifier(edit) || isRespelt(edit),
    )
  )
    return 'renamed';
  if (isTidying && !hasPurpose && kept >= 0.6 && edits.every((edit) => isRepeated(edit, LEAST_REPEATS) || isRename(edit)))
    return 'migrated';
  return undefined;
}

/** The names that an import brings in, whatever module they come from and in whatever order. */
function importedNames(line: string): string {
  const parts =
    /^\s*from\s+\S+\s+import\s+(.*)$/.exec(line) ??
    /^\s*(?:import|export)\s+(.*?)\s+from\b/.exec(line) ??
    /\b(?:const|let|var)\s+(.*?)=\s*require/.exec(line);
  const names = parts?.[1] ?? /[\w$*]+(?=\W*$)/.exec(line.replace(/\s+as\s+\w+/, ''))?.[0] ?? line;
  const words = names.match(/[\w$]+/g)?.filter((word) => word !== 'as' && word !== 'type') ?? [];
  return [...new Set(words)].sort().join(' ');
}

/** The name that follows the word of a declaration. */
const declaredName = (line: string): string | undefined =>
  /\b(?:def|function\*?|fn|func|fun|sub|class|interface|struct|trait|enum|type|module|procedure)\s+(?:\([^)]*\)\s*)?([\w.$]+)/.exec(
    line,
  )?.[1] ?? /\b(constructor)\b/.exec(line)?.[1];
