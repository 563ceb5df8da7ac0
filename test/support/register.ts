import { factsOf } from '../../server/code/facts.ts';
import { classify } from '../../server/knowledge/discovery/classify.ts';
import { defaultConfig } from '../../server/knowledge/discovery/config.ts';
import { PEEK_LENGTH } from '../../server/knowledge/discovery/record-words.ts';
import { LINKS_FILE, readLinks } from '../../server/knowledge/links/links.ts';
import { splitPassages } from '../../server/knowledge/passages.ts';
import { readDocument } from '../../server/knowledge/read.ts';
import { readRecord } from '../../server/knowledge/records/record.ts';
import type { Document, DocumentHead } from '../../server/model/document.ts';
import { type Register, registerOf } from '../../server/register/register.ts';
import { DocumentIndex, type IndexedDocument } from '../../server/retrieval/document-index.ts';
import { MutableSourceIndex } from '../../server/retrieval/source-index.ts';
import { wordsOf } from '../../server/retrieval/words.ts';
import type { CodeChange } from '../../server/store/code-log.ts';
import { type Tree, treeOf } from '../../server/workspace/tree.ts';

/** A repository in memory: texts by path. */
export type Files = Readonly<Record<string, string>>;

const DIMENSIONS = 2;
const SHA = '';

const byId = (a: Document, b: Document): number => (a.id < b.id ? -1 : 1);

/** The records, specifications and guides among the files, as discovery finds them and the readers read them; ordered by id. */
export const documentsIn = (files: Files): Document[] =>
  Object.entries(files)
    .flatMap(([path, text]) => {
      const kind = classify(path, defaultConfig(), () => text.slice(0, PEEK_LENGTH));
      return kind ? [readDocument({ path, text, sha: SHA, ...kind })] : [];
    })
    .sort(byId);

/** All of the files as decision records, whatever they are called; ordered by id. */
export const recordsIn = (files: Files): Document[] =>
  Object.entries(files)
    .map(([path, text]) => readRecord({ path, text, sha: SHA }))
    .sort(byId);

/** The head of a decision record with this title. */
export const recordHead = (path: string, title: string, more: Partial<DocumentHead> = {}): DocumentHead => ({
  id: path,
  kind: 'decision',
  path,
  sha: SHA,
  title,
  format: 'markdown',
  links: [],
  findings: [],
  ...more,
});

/** Documents as the engine keeps them in memory. Passages have their real words, and all the same vector, so that meaning ranks nothing. */
export const documentIndexOf = (documents: readonly Document[]): DocumentIndex => {
  const index = new DocumentIndex(DIMENSIONS);
  const loaded = documents.map((document) => {
    const { sections, ...head } = document;
    const passages = splitPassages(document).map(({ headingPath, text, span }) => ({
      headingPath,
      text,
      words: wordsOf([document.title, document.path ?? '', headingPath.join(' '), text].join('\n')),
      span,
      vector: Float32Array.of(1, 0),
    }));
    return { head, version: JSON.stringify(document), passages };
  });
  index.update(loaded, []);
  index.settle();
  return index;
};

/** One record as the engine keeps it in memory. */
export const indexedRecord = (path: string, text: string): IndexedDocument => {
  const document = documentIndexOf([readRecord({ path, text, sha: SHA })]).get(path);
  if (!document) throw new Error(`${path} is not in the index`);
  return document;
};

export interface RegisterOptions {
  /** `owner/name` at the forge. */
  readonly home?: string;
  /** Default: the documents that discovery finds among the files. */
  readonly documents?: readonly Document[];
  /** Default: the paths of all files. */
  readonly tree?: Tree;
  readonly renamed?: (path: string) => string | undefined;
}

/**
 * The register of a repository in memory, made by the readers of the product. The files are its work tree, and the links of its `.lintel/links.yaml` count;
 * there is no CODEOWNERS.
 */
export const registerOfFiles = (files: Files, options: RegisterOptions = {}): Register => {
  const { home, documents = documentsIn(files), tree = treeOf(Object.keys(files)), renamed } = options;
  const links = files[LINKS_FILE];
  const register = registerOf(documentIndexOf(documents), tree, home, links === undefined ? undefined : readLinks(links));
  return renamed ? { ...register, renamed } : register;
};

/** The index of source files with these contents. */
export const sourceIndexOf = (files: Files): MutableSourceIndex => {
  const index = new MutableSourceIndex();
  const changes = Object.entries(files).map(
    ([path, text]): CodeChange => ({ path, size: text.length, mtimeMs: 1, ...factsOf(path, text) }),
  );
  index.take({ restarted: true, changes });
  return index;
};
