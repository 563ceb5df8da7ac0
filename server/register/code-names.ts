import { canonicalName, isCompound, nameHash } from '../code/names.ts';
import type { Span } from '../model/span.ts';
import type { IndexedDocument } from '../retrieval/document-index.ts';

/** A name of code that a record mentions. */
export interface CodeName {
  /** Id of the record. */
  readonly id: string;
  readonly name: string;
  /** Its first place in the record, zero-based. */
  readonly line: number;
  readonly character: number;
  /** Whether it occurs in a code span somewhere in the record, which marks it as a name. */
  readonly code: boolean;
  /** Whether it is a literal rather than an identifier: a route, a topic, a package, a file name. */
  readonly literal: boolean;
}

/** The span of the name in its record. */
export const spanOfName = ({ line, character, name }: CodeName): Span => ({
  start: { line, character },
  end: { line, character: character + name.length },
});

const MOST_NAMES = 2_000;
const LONGEST_LINE = 10_000;
const SHORTEST = 3;

const CODE_SPAN = /(`{1,2})([^`\n]{1,200})\1/g;
/** Identifiers with an inner capital or underscore: no others are compounds. */
const COMPOUND_NAME = /(?<![\w$@./-])[A-Za-z_][a-z0-9]*[A-Z_]\w{1,98}(?![\w-])/g;
const PART = /[A-Za-z_]\w{2,99}/g;
const LITERAL = /(?<![\w@./-])(?:@[\w.-]+\/[\w.-]+|\/[\w{}<>:*$-]{2,}(?:[./-][\w{}<>:*$-]+)*|[\w{}<>:*$-]+(?:[./-][\w{}<>:*$-]+)+)/g;
const ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>()`]+|\]\([^)\s]{1,400}\)|\b[\w.+-]+@[\w-]+\.[\w.-]+/gi;
const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+/;

/** Products and formats whose names look like identifiers of the code. */
const PROPER = new Set(
  (
    'javascript typescript github gitlab bitbucket postgresql mysql sqlite mongodb dynamodb mariadb graphql openapi asyncapi rabbitmq devops ' +
    'oauth oauth2 openid youtube linkedin paypal macos ios wordpress cloudformation cloudwatch eventbridge elasticsearch opensearch bigquery ' +
    'websocket websockets webassembly nodejs nextjs vuejs reactjs npm fastapi pytest junit phpunit graphiql circleci teamcity sonarqube ' +
    'opentelemetry grpc protobuf dotnet aspnet vscode intellij webstorm redis json yaml html saas paas iaas apis urls uuids ids adrs rfcs prs'
  ).split(' '),
);

/** Words that occur in code spans without naming anything of this repository. */
const KEYWORDS = new Set(
  (
    'abstract and any array async await bool boolean break byte case catch char class const continue def default delete do double dict elif else ' +
    'enum except export extends false final finally float for foreach from func function get global goto has if implements import in instanceof ' +
    'int integer interface internal is lambda let list long map match namespace new nil none not null number object optional or override package ' +
    'pass private protected public raise readonly require return self set short signed static string struct super switch this throw throws trait ' +
    'true try type typeof undefined union unsigned use using var void while with yield todo main test tests name value data key http https'
  ).split(' '),
);

const isName = (word: string): boolean => word.length >= SHORTEST && !KEYWORDS.has(word.toLowerCase());

/** Collects the names of one record, each once. */
class Collector {
  readonly names = new Map<string, CodeName>();
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  add(name: string, line: number, character: number, code: boolean, literal: boolean): void {
    const key = canonicalName(name);
    const known = this.names.get(key);
    if (known?.code || (known && !code)) return;
    if (!known && this.names.size >= MOST_NAMES) return;
    const first = known ?? { line, character };
    this.names.set(key, { id: this.#id, name, line: first.line, character: first.character, code, literal });
  }
}

/** Collects what a code span names: the whole span where it is one name, else the names inside it. */
function spanNames(text: string, line: number, from: number, into: Collector): void {
  const lead = text.length - text.trimStart().length;
  const content = text.trim();
  const method = METHOD.exec(content)?.[0].length ?? 0;
  const whole = content.slice(method).replace(/\(\.{0,3}\)$/, '');
  if (/^[A-Za-z_]\w*$/.test(whole)) {
    if (isName(whole)) into.add(whole, line, from + lead + method, true, false);
    return;
  }
  for (const match of content.matchAll(LITERAL)) {
    if (match[0].length >= SHORTEST && /[A-Za-z]{2}/.test(match[0])) into.add(match[0], line, from + lead + match.index, true, true);
  }
  // In `OutboxRelay.publish()` or `--flag=VALUE`, only compounds and types before a dot are certainly names.
  for (const match of content.matchAll(PART)) {
    const type = /^[A-Z][a-z]/.test(match[0]) && content[match.index + match[0].length] === '.';
    if (isName(match[0]) && (isCompound(match[0]) || type)) into.add(match[0], line, from + lead + match.index, true, false);
  }
}

function lineNames(text: string, line: number, from: number, into: Collector): void {
  const consumed: { readonly start: number; readonly end: number }[] = [];
  if (text.includes('`')) {
    for (const match of text.matchAll(CODE_SPAN)) {
      spanNames(match[2] ?? '', line, from + match.index + (match[1]?.length ?? 0), into);
      consumed.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  if (/[@(]|:\/\//.test(text)) {
    for (const match of text.matchAll(ADDRESS)) consumed.push({ start: match.index, end: match.index + match[0].length });
  }
  for (const match of text.matchAll(COMPOUND_NAME)) {
    const at = match.index;
    if (consumed.some(({ start, end }) => start <= at && at < end)) continue;
    if (isCompound(match[0]) && !PROPER.has(match[0].toLowerCase())) into.add(match[0], line, from + at, false, false);
  }
}

const namesOfDocuments = new WeakMap<IndexedDocument, readonly CodeName[]>();

/**
 * The names of code in a record: compound identifiers anywhere; single words, routes, topics, tables and packages in code spans. Whether the code has
 * them is for the user of the names to check. The first 2,000; memoised by document.
 */
export function codeNamesOf(document: IndexedDocument): readonly CodeName[] {
  const known = namesOfDocuments.get(document);
  if (known) return known;
  const into = new Collector(document.head.id);
  for (const passage of document.passages) {
    const { line, character } = passage.span.start;
    passage.text.split('\n').forEach((text, at) => {
      lineNames(text.slice(0, LONGEST_LINE), line + at, at === 0 ? character : 0, into);
    });
  }
  const names = [...into.names.values()];
  namesOfDocuments.set(document, names);
  return names;
}

/** Which records mention which names of code. Updates read only the records that changed. */
export class NameIndex {
  readonly #documents = new Map<string, IndexedDocument>();
  readonly #byHash = new Map<number, CodeName[]>();
  readonly #unsorted = new Set<number>();

  /** Number of records. */
  get size(): number {
    return this.#documents.size;
  }

  /** The mentions of a name by its `nameHash`, one for each record, ordered by record id. */
  named(hash: number): readonly CodeName[] {
    const names = this.#byHash.get(hash);
    if (names && this.#unsorted.delete(hash)) names.sort((a, b) => (a.id < b.id ? -1 : 1));
    return names ?? [];
  }

  /** Makes this the index of exactly these records. */
  update(documents: readonly IndexedDocument[]): void {
    const now = new Set(documents.map(({ head }) => head.id));
    for (const [id, document] of this.#documents) if (!now.has(id)) this.#remove(id, document);
    for (const document of documents) {
      const before = this.#documents.get(document.head.id);
      if (before === document) continue;
      if (before) this.#remove(document.head.id, before);
      this.#documents.set(document.head.id, document);
      for (const name of codeNamesOf(document)) this.#insert(name);
    }
  }

  #insert(name: CodeName): void {
    const hash = nameHash(name.name);
    const known = this.#byHash.get(hash);
    const last = known?.at(-1);
    if (!known || !last) {
      this.#byHash.set(hash, [name]);
      return;
    }
    // Two names of one record may share a hash; the first represents both.
    if (last.id === name.id) return;
    // Records arrive in order, except for changed ones: their lists are sorted when next asked for.
    if (last.id > name.id) this.#unsorted.add(hash);
    known.push(name);
  }

  #remove(id: string, document: IndexedDocument): void {
    this.#documents.delete(id);
    for (const name of codeNamesOf(document)) {
      const hash = nameHash(name.name);
      const left = this.#byHash.get(hash)?.filter((other) => other.id !== id) ?? [];
      if (left.length > 0) this.#byHash.set(hash, left);
      else this.#byHash.delete(hash);
    }
  }
}
