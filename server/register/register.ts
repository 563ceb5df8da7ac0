import { type DeclaredLinks, NO_LINKS } from '../knowledge/links/links.ts';
import type { DocumentIndex, IndexedDocument } from '../retrieval/knowledge.ts';
import { forEachYielding } from '../text/yielding.ts';
import type { OwnersOf } from '../workspace/owners.ts';
import type { Tree } from '../workspace/tree.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import { codeNamesOf, NameIndex } from './code-names.ts';
import { type LinkIndex, linkIndexOf } from './declared-links.ts';
import { type Scope, scopeOf } from './scopes.ts';
import { resolveSupersession } from './successors.ts';

/** What is known about all decisions of a repository together. */
export interface Register {
  readonly catalogue: Catalogue;
  /** Full successors by document id, the one in force first. */
  readonly successors: ReadonlyMap<string, readonly string[]>;
  /** By document id. */
  readonly scopes: ReadonlyMap<string, Scope>;
  /** The names of code in records and guides. */
  readonly names: NameIndex;
  readonly tree: Tree;
  /** What people said in `.lintel/links.yaml`. */
  readonly links: LinkIndex;
  /** Owners by CODEOWNERS, where there is one. */
  readonly ownersOf?: OwnersOf;
  /** `owner/name` of the repository at its forge, where it has one. */
  readonly home?: string;
  /** Where git moved a path that is gone, at last: citations of old paths resolve through it. */
  readonly renamed?: (path: string) => string | undefined;
}

/** Scopes by the tree that they were resolved against: saving one record must not resolve the paths of all others again. */
const scopesOfTrees = new WeakMap<Tree, WeakMap<IndexedDocument, Scope>>();

function cachedScope(document: IndexedDocument, tree: Tree): Scope {
  const known = scopesOfTrees.get(tree) ?? new WeakMap<IndexedDocument, Scope>();
  scopesOfTrees.set(tree, known);
  const scope = known.get(document) ?? scopeOf(document, tree);
  known.set(document, scope);
  return scope;
}

/** Books by the knowledge that they follow: saving one record must not read the names of all others again. */
const books = new WeakMap<DocumentIndex, NameIndex>();

function nameIndexOf(knowledge: DocumentIndex): NameIndex {
  const book = books.get(knowledge) ?? new NameIndex();
  books.set(knowledge, book);
  book.update(knowledge.documents(['decision', 'guide']));
  return book;
}

/**
 * Reads the names and scopes of records whose texts are new, in slices: of 300 records that takes some 60 ms, and `registerOf` then finds them
 * read.
 */
export async function readyForRegister(knowledge: DocumentIndex, tree: Tree): Promise<void> {
  await forEachYielding(
    knowledge.documents(['decision', 'guide']),
    (document) => {
      codeNamesOf(document);
      if (document.head.kind === 'decision') cachedScope(document, tree);
    },
    1,
  );
}

export function registerOf(knowledge: DocumentIndex, tree: Tree, home?: string, links: DeclaredLinks = NO_LINKS): Register {
  const decisions = knowledge.documents(['decision']);
  const heads = decisions.map((document) => document.head);
  const catalogue = catalogueOf(heads);
  return {
    catalogue,
    links: linkIndexOf(links, catalogue),
    successors: resolveSupersession(heads),
    scopes: new Map(decisions.map((document) => [document.head.id, cachedScope(document, tree)])),
    names: nameIndexOf(knowledge),
    tree,
    ...(home === undefined ? {} : { home }),
  };
}
