/** A stretch of the source. */
export interface Range {
  /** UTF-16 offsets into the source, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface TreeScalar extends Range {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

export interface TreeList extends Range {
  readonly kind: 'list';
  readonly items: readonly Tree[];
}

export interface TreeEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: Tree;
}

export interface TreeMap extends Range {
  readonly kind: 'map';
  /** In source order. An array, not an object: a key such as `__proto__` is a key like any other. */
  readonly entries: readonly TreeEntry[];
}

/**
 * YAML or JSON with the place of every node. Aliases share the node that they name, so a tree may be much larger when walked than its text:
 * whoever walks it needs a limit of depth and of work.
 */
export type Tree = TreeScalar | TreeList | TreeMap;
