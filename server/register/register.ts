import { type DeclaredLinks, NO_LINKS } from '../knowledge/links/links.ts';
import type { DocumentIndex, IndexedDocument } from '../retrieval/document-index.ts';
import { forEachYielding } from '../text/yielding.ts';
import type { OwnersOf } from '../workspace/owners.ts';
import type { Tree } from '../workspace/tree.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import { codeNamesOf, NameIndex } from './code-names.ts';
import { type LinkIndex, linkIndexOf } from './declared-links.ts';
import { type Scope, scopeOf } from './scopes.ts';
import { resolveSupersession } from './successors.ts';

/** Everything about the decision records of a repository that does not depend on a place in the code. */
export interface Register {
  readonly catalogue: Catalogue;
  /** Successors by record id, the one in force first. Records that were replaced only in part are left out. */
  readonly successors: ReadonlyMap<string, readonly string[]>;
  /** Scopes by record id. */
  readonly scopes: ReadonlyMap<string, Scope>;
  /** The names of code that records and guides mention. */
  readonly names: NameIndex;
  readonly tree: Tree;
  /** The links that people declared in `.lintel/links.yaml`. */
  readonly links: LinkIndex;
  /** Owners of a path; absent without a CODEOWNERS file. */
  readonly ownersOf?: OwnersOf;
  /** `owner/name` of the repository at its forge, where it has one. */
  readonly home?: string;
  /** The current path of a file that git moved, so that citations of old paths resolve. */
  readonly renamed?: (path: string) => string | undefined;
}

/** Scopes by the tree that they were resolved against, so that saving one record does not resolve the paths of all others again. */
const scopesOfTrees = new WeakMap<Tree, WeakMap<IndexedDocument, Scope>>();

function cachedScope(document: IndexedDocument, tree: Tree): Scope {
  const known = scopesOfTrees.get(tree) ?? new WeakMap<IndexedDocument, Scope>();
  scopesOfTrees.set(tree, known);
  const scope = known.get(document) ?? scopeOf(document, tree);
  known.set(document, scope);
  return scope;
}

/** Name indexes by the document index that they follow, so that saving one record does not read the names of all others again. */
const nameIndexes = new WeakMap<DocumentIndex, NameIndex>();

function nameIndexOf(documentIndex: DocumentIndex): NameIndex {
  const index = nameIndexes.get(documentIndex) ?? new NameIndex();
  nameIndexes.set(documentIndex, index);
  index.update(documentIndex.documents(['decision', 'guide']));
  return index;
}

/**
 * Reads the names and scopes of new and changed records in slices, so that `registerOf` finds them memoised. 300 records take some 60 ms.
 */
export async function readyForRegister(documentIndex: DocumentIndex, tree: Tree): Promise<void> {
  await forEachYielding(
    documentIndex.documents(['decision', 'guide']),
    (document) => {
      codeNamesOf(document);
      if (document.head.kind === 'decision') cachedScope(document, tree);
    },
    1,
  );
}

/**
 * Builds the register. Takes a few milliseconds; names and scopes are read when they are first asked for, which takes as little after `readyForRegister`.
 * @param home `owner/name` of the repository at its forge
 * @param links default: none
 * @param more what is known of files beside the tree; default: nothing
 */
export function registerOf(
  documentIndex: DocumentIndex,
  tree: Tree,
  home?: string,
  links: DeclaredLinks = NO_LINKS,
  more: Pick<Register, 'ownersOf' | 'renamed'> = {},
): Register {
  const decisions = documentIndex.documents(['decision']);
  const heads = decisions.map((document) => document.head);
  const catalogue = catalogueOf(heads);
  let scopes: Register['scopes'] | undefined;
  let names: NameIndex | undefined;
  return {
    catalogue,
    links: linkIndexOf(links, catalogue),
    successors: resolveSupersession(heads),
    get scopes() {
      scopes ??= new Map(decisions.map((document) => [document.head.id, cachedScope(document, tree)]));
      return scopes;
    },
    get names() {
      names ??= nameIndexOf(documentIndex);
      return names;
    },
    tree,
    ...(home === undefined ? {} : { home }),
    ...more,
  };
}
