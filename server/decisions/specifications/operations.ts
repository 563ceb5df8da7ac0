import { pathSegments } from '../../code/routes.ts';
import type { Span } from '../../model/span.ts';
import type { IndexedDocument } from '../../retrieval/knowledge.ts';

/** What a specification describes that code can have. */
export interface Operation {
  readonly kind: 'endpoint' | 'operation' | 'topic' | 'rpc' | 'service' | 'field' | 'type' | 'schema-id';
  /** As the specification names it: `POST /v1/orders`, `orders.order-placed`, `Reserve`. */
  readonly name: string;
  /** Of the heading in the specification. */
  readonly span: Span;
  /** Text of its section as it is indexed. */
  readonly text: string;
  /** Of endpoints. */
  readonly method?: string;
  /** Of endpoints; `{}` for a parameter. */
  readonly segments?: readonly string[];
  /** The service of an rpc. */
  readonly of?: string;
}

const ENDPOINT = /^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY) (\/\S*)(?: (\S+))?$/;

type Found = Omit<Operation, 'span' | 'text'>;

const inOpenApi = (heading: string): readonly Found[] => {
  const endpoint = ENDPOINT.exec(heading);
  if (endpoint) {
    const [, method = '', path = '', id] = endpoint;
    const name = `${method} ${path}`;
    return [
      { kind: 'endpoint', name, method, segments: pathSegments(path) },
      ...(id === undefined ? [] : [{ kind: 'operation', name: id } as const]),
    ];
  }
  return named(heading, /^schema (\S+)$/, 'type');
};

const named = (heading: string, pattern: RegExp, kind: Operation['kind']): readonly Found[] => {
  const name = pattern.exec(heading)?.[1];
  return name === undefined ? [] : [{ kind, name }];
};

const inAsyncApi = (heading: string): readonly Found[] => {
  const channel = /^channel (\S+)/.exec(heading)?.[1];
  if (channel !== undefined) return [{ kind: 'topic', name: channel }];
  const operation = /^(?:publish|subscribe|send|receive) (\S+)(?: (\S+))?$/.exec(heading);
  if (operation) {
    const [, topic = '', id] = operation;
    return [{ kind: 'topic', name: topic }, ...(id === undefined ? [] : [{ kind: 'operation', name: id } as const])];
  }
  return named(heading, /^(?:message|schema) (\S+)$/, 'type');
};

const inProtobuf = (heading: string): readonly Found[] => {
  const rpc = /^rpc (\S+)\.(\w+)$/.exec(heading);
  if (rpc) return [{ kind: 'rpc', name: rpc[2] ?? '', of: rpc[1]?.split('.').at(-1) ?? '' }];
  const service = named(heading, /^service (?:\S+\.)?(\w+)$/, 'service');
  return service.length > 0 ? service : named(heading, /^(?:message|enum) (?:\S+\.)?(\w+)$/, 'type');
};

const inGraphql = (heading: string): readonly Found[] => {
  const field = named(heading, /^(?:query|mutation|subscription) (\w+)$/, 'field');
  if (field.length > 0) return field;
  const type = named(heading, /^(?:type|input|interface|enum|union|scalar) (\w+)$/, 'type');
  return type.filter(({ name }) => !/^(?:Query|Mutation|Subscription)$/.test(name));
};

const READERS: Readonly<Record<string, (heading: string) => readonly Found[]>> = {
  openapi: inOpenApi,
  asyncapi: inAsyncApi,
  protobuf: inProtobuf,
  graphql: inGraphql,
  'json-schema': (heading) => named(heading, /^schema (\S+)$/, 'type'),
};

const known = new WeakMap<IndexedDocument, readonly Operation[]>();

/** The address by which other files refer to a JSON Schema, and its last part. */
function schemaIds(document: IndexedDocument): readonly Operation[] {
  const [first] = document.passages;
  const id = first?.text.split('\n', 1)[0]?.trim() ?? '';
  const file = document.head.path?.split('/').at(-1) ?? '';
  const names = [/^(?:https?:|urn:|\/)\S+$/.test(id) ? id : '', file].filter((name) => name !== '');
  return first ? [...new Set(names)].map((name) => ({ kind: 'schema-id', name, span: startOf(first.span), text: first.text })) : [];
}

/** One line is enough to open a section at. */
const startOf = ({ start }: Span): Span => ({ start, end: { line: start.line + 1, character: 0 } });

/** What a specification describes, in the order of its text; nothing for formats without operations, such as Gherkin. */
export function operationsOf(document: IndexedDocument): readonly Operation[] {
  const before = known.get(document);
  if (before) return before;
  const read = READERS[document.head.format];
  const seen = new Set<string>();
  const found = read
    ? document.passages.flatMap(({ heading, text, span }): Operation[] => {
        // The windows of a long section share its heading.
        if (seen.has(heading)) return [];
        seen.add(heading);
        return read(heading.split(' > ').at(-1) ?? '').map((operation) => ({ ...operation, span: startOf(span), text }));
      })
    : [];
  const all = document.head.format === 'json-schema' ? [...schemaIds(document), ...found] : found;
  known.set(document, all);
  return all;
}
