import type { DocumentHead } from '../../../model/document.ts';
import type { FindingDraft, Fix, RuleInfo } from '../../../model/finding.ts';
import type { Span } from '../../../model/span.ts';
import type { Register } from '../../../register/register.ts';
import { type LinkResolver, linkResolver, resolveSupersession } from '../../../register/successors.ts';
import type { Tree } from '../../../workspace/tree.ts';
import type { FindingContext, PathHistory } from '../context.ts';
import type { JudgedReference } from '../lines/judge.ts';
import type { SymbolForm } from '../lines/rewrite.ts';

/** A stretch of a record's text and its place in the file. */
export interface RecordText {
  readonly headingPath: readonly string[];
  readonly text: string;
  readonly span: Span;
}

/** What is known without an index: documents, and which paths exist. */
export interface Documents {
  /** In the order of their paths. */
  readonly heads: readonly DocumentHead[];
  readonly exists: FindingContext['exists'];
  /** All files; absent without an index. */
  readonly tree?: Tree;
}

/** What a document cites of lines, and its text. */
export interface CitedLines {
  readonly text: string;
  readonly judged: readonly JudgedReference[];
}

/** All documents of a repository, one of them perhaps as the editor has it. */
export interface Records extends Documents {
  readonly textsOf: (id: string) => readonly RecordText[];
  readonly register: Register;
  readonly history: PathHistory;
  readonly read: FindingContext['read'];
  /** What a document cites of lines; `undefined` where it cites none, or nobody can follow them. The same promise for every rule. */
  readonly lines: (document: DocumentHead) => Promise<CitedLines | undefined>;
  /** How the repository cites symbols; `undefined` where it does not. */
  readonly symbolForm: () => SymbolForm | undefined;
}

/** Makes the fixes of a finding in `document`, whose text is `text`. */
export type FixMaker = (finding: FindingDraft, document: DocumentHead, text: string, records: Records) => readonly Fix[];

/** A rule about one document, checked against all others. */
export interface RecordRule {
  readonly info: RuleInfo;
  /** The findings in `document`. */
  readonly check: (document: DocumentHead, records: Records) => Iterable<FindingDraft> | AsyncIterable<FindingDraft>;
  /** Called for findings that `check` gave no fixes. */
  readonly fix?: FixMaker;
}

/** A rule that needs no index, so that it checks the open file of a repository that is not indexed yet. */
export interface DocumentRule extends RecordRule {
  readonly check: (document: DocumentHead, documents: Documents) => Iterable<FindingDraft>;
}

/** How documents refer to each other. */
export interface Relations {
  readonly resolve: LinkResolver;
  /** Full successors by document id. */
  readonly successors: ReadonlyMap<string, readonly string[]>;
  readonly paths: ReadonlySet<string | undefined>;
}

const relations = new WeakMap<Documents['heads'], Relations>();

/** Computed once for each list of documents. */
export function relationsOf({ heads }: Documents): Relations {
  const known = relations.get(heads);
  if (known) return known;
  const computed = {
    resolve: linkResolver(heads),
    successors: resolveSupersession(heads),
    paths: new Set(heads.map(({ path }) => path)),
  };
  relations.set(heads, computed);
  return computed;
}

/** At most `most` UTF-16 units of a quoted text, on one line. */
export const excerpt = (text: string, most: number): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};
