import type { Span } from './span.ts';

/** Something a specification describes that code can have. */
export interface Operation {
  /** `operation` is the id of an endpoint or of a message exchange; `schema-id` is an address or file name by which others refer to a schema. */
  readonly kind: 'endpoint' | 'operation' | 'topic' | 'rpc' | 'service' | 'field' | 'type' | 'schema-id';
  /** As the specification writes it: `POST /v1/orders`, `orders.order-placed`, `Reserve`. */
  readonly name: string;
  /** HTTP method in upper case; only for endpoints. */
  readonly method?: string;
  /** Path with its parameters as written, such as `/orders/{id}`; only for endpoints. */
  readonly path?: string;
  /** Name of the service without its package; only for rpcs. */
  readonly service?: string;
  /** Span of the section that describes it. */
  readonly span: Span;
  /** How the text of that section starts, at most 240 UTF-16 units: a snippet for people. */
  readonly text: string;
}
