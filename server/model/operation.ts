import type { Span } from './span.ts';

/** Something that a specification describes and code may implement or call. */
export interface Operation {
  /** `operation` is the id of an endpoint or message exchange; `schema-id` is a URL or file name that refers to a schema. */
  readonly kind: 'endpoint' | 'operation' | 'topic' | 'rpc' | 'service' | 'field' | 'type' | 'schema-id';
  /** As the specification writes it: `POST /v1/orders`, `orders.order-placed`, `Reserve`. */
  readonly name: string;
  /** HTTP method in upper case; only for endpoints. */
  readonly method?: string;
  /** Path with its parameters as written, such as `/orders/{id}`; only for endpoints. */
  readonly path?: string;
  /** Name of the service without its package; only for rpcs. */
  readonly service?: string;
  /** The section that describes it. */
  readonly span: Span;
  /** Beginning of the text of that section, at most 240 UTF-16 units; shown as a snippet. */
  readonly text: string;
}
