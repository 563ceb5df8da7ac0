/** A range of the source. */
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
  /** In source order. An array, because in an object a key such as `__proto__` would be special. */
  readonly entries: readonly TreeEntry[];
}

/**
 * YAML or JSON with the range of every node. Aliases share their node, so a walk may meet far more nodes than the text has: limit its depth and
 * its number of steps.
 */
export type Tree = TreeScalar | TreeList | TreeMap;
