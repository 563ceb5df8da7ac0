import { codeWindowOf } from '../../code/code-window.ts';
import { isCompound } from '../../code/names.ts';
import type { PlaceName, PlaceNames } from '../../code/place-names.ts';
import { type CodeRoute, pathSegments } from '../../code/routes.ts';
import type { SourceFile } from '../../code/source-file.ts';
import type { Hit, Place } from '../../model/answer.ts';
import type { ScopedEvidence, ScopeForm } from '../../model/evidence.ts';
import type { Operation } from '../../model/operation.ts';
import { type Span, TEXT_START } from '../../model/span.ts';
import { type DocumentIndex, hitHeadOf, type IndexedDocument } from '../../retrieval/document-index.ts';
import { containsLine } from '../../text/line-range.ts';
import { positionAfter } from '../../text/positions.ts';

/** An operation with what comparing it with code needs. */
interface Described extends Operation {
  /** Of the path of an endpoint; `{}` for a parameter. */
  readonly segments: readonly string[];
}

/** An operation that the code in scope has, and where. */
interface Match {
  readonly operation: Described;
  readonly weight: number;
  readonly form: ScopeForm;
  readonly codeSpan: Span;
  readonly explanation: string;
}

/** Path and method are those of the specification. */
const SAME = 0.9;
const SAME_PATH = 0.8;
/** One path is the end of the other: a router or a server adds the rest. */
const END_OF_PATH = 0.5;
const TOPIC = 0.9;
const DECLARED = 0.8;
const USED = 0.6;
/** A type is used in many places that do not serve it. */
const TYPE = 0.75;
/** Distance from the cursor, in lines, at which a match counts half. */
const HALF_DISTANCE = 20;
const LEAST_WEIGHT = 0.15;
const MOST_SPECIFICATIONS = 4;
const MOST_EVIDENCE = 5;
/** Limit on the segments that a router or a server adds in front. */
const MOST_PREFIX = 3;

const norm = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
const round = (weight: number): number => Number(weight.toFixed(4));

/** A parameter of the specification matches any segment; a parameter of the code matches only a parameter. */
const fits = (spec: readonly string[], code: readonly string[]): boolean =>
  spec.length === code.length && spec.every((segment, i) => segment === '{}' || segment === code[i]);

const statics = (segments: readonly string[]): number => segments.filter((segment) => segment !== '{}').length;

/** Whether two paths are the same, or one is the end of the other. */
function pathMatch(spec: readonly string[], code: readonly string[]): 'same' | 'end' | undefined {
  if (statics(spec) === 0) return undefined;
  if (fits(spec, code)) return 'same';
  const shorter = Math.min(spec.length, code.length);
  const extra = Math.max(spec.length, code.length) - shorter;
  if (extra === 0 || extra > MOST_PREFIX) return undefined;
  const specEnd = spec.slice(spec.length - shorter);
  return statics(specEnd) > 0 && fits(specEnd, code.slice(code.length - shorter)) ? 'end' : undefined;
}

/** The code in which operations are looked for. */
interface CodeInScope {
  readonly routes: readonly CodeRoute[];
  /** Names near the place, by their letters and digits. */
  readonly names: ReadonlyMap<string, PlaceName>;
  /** All names of the file, in the same form. */
  readonly fileNames: ReadonlySet<string>;
  readonly text: string;
  readonly path: string;
}

/** One line is enough to open a section at. */
const firstLineOf = ({ start }: Span): Span => ({ start, end: { line: start.line + 1, character: 0 } });

const described = new WeakMap<IndexedDocument, readonly Described[]>();

function describedBy(document: IndexedDocument): readonly Described[] {
  const before = described.get(document);
  if (before) return before;
  const all = (document.head.operations ?? []).map((operation) => ({
    ...operation,
    span: firstLineOf(operation.span),
    segments: operation.path === undefined ? [] : pathSegments(operation.path),
  }));
  described.set(document, all);
  return all;
}

const lineOf = ({ start }: Span): number => start.line + 1;

function endpointMatches(operation: Described, { routes }: CodeInScope, others: readonly Described[]): Match[] {
  const { segments, method, name } = operation;
  return routes.flatMap((route): Match[] => {
    const match = pathMatch(segments, route.segments);
    if (match === undefined || (route.method !== undefined && route.method !== method)) return [];
    // The end of a path is unambiguous only if no other operation ends the same way; a short end also needs a method.
    const alone = others.every((other) => other.segments.join('/') === segments.join('/') || !pathMatch(other.segments, route.segments));
    const short = Math.min(statics(segments), statics(route.segments)) < 2;
    if (match === 'end' && (!alone || (short && route.method === undefined))) return [];
    const weight = match === 'end' ? END_OF_PATH : route.method === undefined ? SAME_PATH : SAME;
    const explanation = `describes \`${name}\`, the path \`${route.text}\` on line ${lineOf(route.span)}`;
    return [{ operation, weight, form: 'endpoint', codeSpan: route.span, explanation }];
  });
}

const symbolMatch = (operation: Described, used: PlaceName | undefined, share: number, noun: string): Match[] => {
  if (!used) return [];
  const weight = (used.declared ? DECLARED : USED) * share;
  const where = `${used.declared ? 'declared' : 'used'} on line ${lineOf(used.span)}`;
  return [{ operation, weight, form: 'symbol', codeSpan: used.span, explanation: `describes ${noun}\`${operation.name}\`, ${where}` }];
};

/** The words of a path, for a name that means little by itself. */
const pathWords = (path: string): ReadonlySet<string> =>
  new Set(
    path
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .map((word) => word.replace(/s$/, ''))
      .filter((word) => word.length > 3),
  );

const sharesWord = (a: string, b: string): boolean => {
  const words = pathWords(a);
  return [...pathWords(b)].some((word) => words.has(word) && !GENERIC.has(word));
};

const GENERIC = new Set(['service', 'contract', 'schema', 'openapi', 'proto', 'graphql', 'docs', 'spec', 'main', 'index', 'json', 'yaml']);

function matchesOf(operation: Described, code: CodeInScope, document: IndexedDocument, endpoints: readonly Described[]): Match[] {
  const { kind, name } = operation;
  const used = code.names.get(norm(name));
  switch (kind) {
    case 'endpoint':
      return endpointMatches(operation, code, endpoints);
    case 'topic': {
      if (!used || used.name !== name) return [];
      const explanation = `describes the topic \`${name}\`, used on line ${lineOf(used.span)}`;
      return [{ operation, weight: TOPIC, form: 'topic', codeSpan: used.span, explanation }];
    }
    case 'operation':
      return isCompound(name) ? symbolMatch(operation, used, 1, '') : [];
    case 'service': {
      const client = [...code.names].find(([key, { name: own }]) => /^[A-Z]/.test(own) && key.startsWith(norm(name)))?.[1];
      return isCompound(name) || used?.name === name ? symbolMatch(operation, used ?? client, 1, 'the service ') : [];
    }
    case 'rpc': {
      const service = norm(operation.service ?? '');
      const serviceIsUsed = service !== '' && [...code.fileNames].some((key) => key.startsWith(service));
      return serviceIsUsed || (isCompound(name) && used?.declared)
        ? symbolMatch({ ...operation, name: `${operation.service}.${name}` }, used, 1, '')
        : [];
    }
    case 'field':
      return /graphql|\bgql\b/i.test(`${code.path}\n${code.text}`) ? symbolMatch(operation, used, 1, 'the field ') : [];
    case 'type': {
      if (!used || !/^[A-Z]/.test(used.name)) return [];
      const meant = isCompound(name) || (used.declared && sharesWord(code.path, document.head.path ?? ''));
      return meant ? symbolMatch(operation, used, TYPE, '') : [];
    }
    case 'schema-id':
      return schemaMatch(operation, code);
  }
}

function schemaMatch(operation: Described, { text }: CodeInScope): Match[] {
  const at = text.indexOf(operation.name);
  if (at < 0 || /[\w-]/.test(text[at - 1] ?? '')) return [];
  const start = positionAfter(TEXT_START, text.slice(0, at));
  const codeSpan = { start, end: { line: start.line, character: start.character + operation.name.length } };
  return [{ operation, weight: SAME, form: 'symbol', codeSpan, explanation: `is \`${operation.name}\`, named on line ${start.line + 1}` }];
}

const distance = ({ start }: Span, { line, endLine = line }: Place): number =>
  line === undefined || endLine === undefined ? 0 : Math.max(0, line - start.line, start.line - endLine);

/**
 * The specifications of the endpoint, topic, call or type that the lines in scope declare or use, with evidence on both sides, surest and
 * nearest first; ties by id. Structure only: likeness plays no part here.
 * @param used the names of the place
 */
export function specificationsInScope(documentIndex: DocumentIndex, place: Place, file: SourceFile, used: PlaceNames): Hit[] {
  const documents = documentIndex.documents(['specification']).filter(({ head }) => head.path !== place.path);
  if (documents.length === 0) return [];
  const window = codeWindowOf(place, file.textLines.length);
  const names = new Map<string, PlaceName>();
  const fileNames = new Set<string>();
  for (const name of used.names.values()) {
    const key = norm(name.name);
    fileNames.add(key);
    const known = names.get(key);
    if (name.near && (!known || (name.declared && !known.declared))) names.set(key, name);
  }
  const code: CodeInScope = {
    routes: file.routes.filter(({ span }) => containsLine(window, span.start.line)),
    names,
    fileNames,
    text: file.text,
    path: place.path,
  };
  const endpoints = documents.flatMap((document) => describedBy(document)).filter(({ kind }) => kind === 'endpoint');
  return documents
    .flatMap((document): Hit[] => {
      const matches = describedBy(document)
        .flatMap((operation) => matchesOf(operation, code, document, endpoints))
        .map((match) => ({ ...match, weight: round(match.weight / (1 + distance(match.codeSpan, place) / HALF_DISTANCE)) }))
        .filter(({ weight }) => weight >= LEAST_WEIGHT)
        .sort((a, b) => b.weight - a.weight || a.operation.span.start.line - b.operation.span.start.line);
      return matches.length === 0 ? [] : [hitOf(document, matches)];
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_SPECIFICATIONS);
}

function hitOf(document: IndexedDocument, matches: readonly Match[]): Hit {
  const [best] = matches as readonly [Match, ...Match[]];
  const shown = new Set<string>();
  const evidence = matches.flatMap(({ operation, weight, form, codeSpan, explanation }): ScopedEvidence[] => {
    // An endpoint and its operation id are one thing.
    const key = `${operation.span.start.line}`;
    if (shown.has(key)) return [];
    shown.add(key);
    return [{ kind: 'scoped', form, names: operation.name, weight, codeSpan, documentSpan: operation.span, explanation }];
  });
  return {
    ...hitHeadOf(document.head),
    score: best.weight,
    snippet: best.operation.text,
    highlights: [],
    span: best.operation.span,
    evidence: evidence.slice(0, MOST_EVIDENCE),
    supersededBy: [],
  };
}
