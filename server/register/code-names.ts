import { canonicalName, isCompound, nameHash } from '../code/names.ts';
import type { Span } from '../model/span.ts';
import type { IndexedDocument } from '../retrieval/knowledge.ts';

/** A name of code as a record writes it. */
export interface CodeName {
  /** Id of the record. */
  readonly id: string;
  readonly name: string;
  /** Where it stands in the record first. */
  readonly line: number;
  readonly character: number;
  /** True where it stands in a code span somewhere in the record: the author says that it is a name. */
  readonly code: boolean;
  /** True for what is no identifier: a route, topic, package, file-like name. */
  readonly literal: boolean;
}

/** Place of the name in its record. */
export const spanOfName = ({ line, character, name }: CodeName): Span => ({
  start: { line, character },
  end: { line, character: character + name.length },
});

const MOST_NAMES = 2_000;
const LONGEST_LINE = 10_000;
const SHORTEST = 3;

const CODE_SPAN = /(`{1,2})([^`\n]{1,200})\1/g;
/** Identifiers with a capital or an underscore inside: the others are no compounds. */
const IDENTIFIER = /(?<![\w$@./-])[A-Za-z_][a-z0-9]*[A-Z_]\w{1,98}(?![\w-])/g;
const PART = /[A-Za-z_]\w{2,99}/g;
const LITERAL = /(?<![\w@./-])(?:@[\w.-]+\/[\w.-]+|\/[\w{}<>:*$-]{2,}(?:[./-][\w{}<>:*$-]+)*|[\w{}<>:*$-]+(?:[./-][\w{}<>:*$-]+)+)/g;
const ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>()`]+|\]\([^)\s]{1,400}\)|\b[\w.+-]+@[\w-]+\.[\w.-]+/gi;
const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+/;

/** Compound words that are names of products and formats, and would else be taken for identifiers of the code. */
const PROPER = new Set(
  (
    'javascript typescript github gitlab bitbucket postgresql mysql sqlite mongodb dynamodb mariadb graphql openapi asyncapi rabbitmq devops ' +
    'oauth oauth2 openid youtube linkedin paypal macos ios wordpress cloudformation cloudwatch eventbridge elasticsearch opensearch bigquery ' +
    'websocket websockets webassembly nodejs nextjs vuejs reactjs npm fastapi pytest junit phpunit graphiql circleci teamcity sonarqube ' +
    'opentelemetry grpc protobuf dotnet aspnet vscode intellij webstorm redis json yaml html saas paas iaas apis urls uuids ids adrs rfcs prs'
  ).split(' '),
);

/** Words of code that stand in code spans without naming anything of this code. */
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

/** Adds names to a record's list, each once. */
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
    const place = known ?? { line, character };
    this.names.set(key, { id: this.#id, name, line: place.line, character: place.character, code, literal });
  }
}

/** What a code span names: itself where it is one name, else the names inside it. */
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
  // `OutboxRelay.publish()`, `--flag=VALUE`: the parts that are unmistakable, and types before a dot.
  for (const match of content.matchAll(PART)) {
    const type = /^[A-Z][a-z]/.test(match[0]) && content[match.index + match[0].length] === '.';
    if (isName(match[0]) && (isCompound(match[0]) || type)) into.add(match[0], line, from + lead + match.index, true, false);
  }
}

function lineNames(text: string, line: number, from: number, into: Collector): void {
  const taken: { readonly start: number; readonly end: number }[] = [];
  if (text.includes('`')) {
    for (const match of text.matchAll(CODE_SPAN)) {
      spanNames(match[2] ?? '', line, from + match.index + (match[1]?.length ?? 0), into);
      taken.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  if (/[@(]|:\/\//.test(text)) {
    for (const match of text.matchAll(ADDRESS)) taken.push({ start: match.index, end: match.index + match[0].length });
  }
  for (const match of text.matchAll(IDENTIFIER)) {
    const at = match.index;
    if (taken.some(({ start, end }) => start <= at && at < end)) continue;
    if (isCompound(match[0]) && !PROPER.has(match[0].toLowerCase())) into.add(match[0], line, from + at, false, false);
  }
}

const namesOfDocuments = new WeakMap<IndexedDocument, readonly CodeName[]>();

/**
 * The names of code in a record: identifiers of several words anywhere, and single words, routes, topics, tables, packages in code spans. Whether
 * the code has them is asked where they are used. At most 2,000, first come first; kept with the document.
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

/** Who names what, over all records: brought up to date from the records that changed. */
export class NameIndex {
  readonly #documents = new Map<string, IndexedDocument>();
  readonly #byHash = new Map<number, CodeName[]>();
  readonly #unsorted = new Set<number>();

  /** Records in the book. */
  get size(): number {
    return this.#documents.size;
  }

  /** Names with this hash, one for each record, ordered by the record's id. */
  named(hash: number): readonly CodeName[] {
    const names = this.#byHash.get(hash);
    if (names && this.#unsorted.delete(hash)) names.sort((a, b) => (a.id < b.id ? -1 : 1));
    return names ?? [];
  }

  /** Makes the book one of just these records. */
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
    // Two names of one record may share a hash; the first stands for both.
    if (last.id === name.id) return;
    // Records come in order, except for those that changed: those are sorted in when somebody asks.
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
