import type { Composed } from '../flow/model.ts';
import type { DatabaseEngine } from '../knowledge.ts';

/** A stretch of the text: UTF-16 offsets, `end` exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A name or value with its place. */
export interface Located extends Stretch {
  readonly text: string;
}

/** How numbers of a column come about. */
export type Generation = 'serial' | 'identity' | 'auto-increment' | 'sequence' | 'framework';

/** A column of a table, or the field of a class that is mapped to one. */
export interface Column {
  readonly name: Located;
  /** As the file writes it. */
  readonly type: Located;
  /** Bits of a whole number in this engine or framework; `undefined` for every other type, and where the engine decides and is not known. */
  readonly bits: number | undefined;
  /** True for whole numbers without a sign, which have twice as many; default false. */
  readonly unsigned?: boolean;
  /** True for strings of characters. */
  readonly textual: boolean;
  readonly generated: Generation | undefined;
  /** True where this column alone is the primary key. */
  readonly primary: boolean;
  readonly unique: boolean;
  /** True for a foreign key, whose type follows another column. */
  readonly reference: boolean;
  /** The table that a foreign key of one column points to, where the file says so. */
  readonly target?: string;
  /** What a comment or help text beside it says. */
  readonly note?: string;
  /** The type to write instead, in the words of this file; absent where there is no safe one. */
  readonly wider?: string;
}

/** A table, or a class that is mapped to one. */
export interface Table {
  readonly name: Located;
  readonly columns: readonly Column[];
  /** True where the file holds the whole table, so that its shape says something. */
  readonly whole: boolean;
  readonly engine: DatabaseEngine | undefined;
  /** What the table is written as: statements that ran once, or a definition that is valid now. */
  readonly form: 'migration' | 'definition';
  /** True where the text itself says that the table is there already: a dump, a migration of an old version. */
  readonly old: boolean;
}

/** A column that gets a wider type. */
export interface Widening {
  readonly table: string;
  readonly column: Located;
  readonly engine: DatabaseEngine | undefined;
  /** True where the same file widens the sequence too, or replaces it. */
  readonly sequence: boolean;
}

/** A default for keys that a framework makes by itself. */
export interface KeyDefault {
  readonly place: Stretch;
  readonly type: Located;
  readonly wider: string;
}

/** A field of a message or of an API. */
export interface NumberField {
  /** The message or object around it. */
  readonly owner: string;
  readonly name: Located;
  readonly type: Located;
  readonly bits: number;
  readonly wider?: string;
}

/** What kind of thing a resource's name is given to. */
export type ResourceKind = 'group' | 'role' | 'policy' | 'topic' | 'namespace' | 'network' | 'other';

/** Where the owner of a resource can be written as a tag or label: between these texts. */
export interface OwnerPlace {
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

/** A name that configuration gives to a resource, or by which it refers to one. */
export interface NamedResource {
  readonly kind: ResourceKind;
  /** Where a tag or label for the owner goes; `noted` where there is one already. Absent where the resource has none, or it is not sure. */
  readonly owner?: OwnerPlace | 'noted';
  /** True for a group of people that an access list names. */
  readonly listed?: boolean;
  /** The word for it in messages: `sso_group_name`, `aws_iam_role`, `Namespace`. */
  readonly label: string;
  /** The name with its place, without quotes. `${...}` and `{{...}}` stay as they are written. */
  readonly name: Located;
  /** Where the name is made: variables in it by what they stand for, as far as the file says so. */
  readonly expanded?: string;
}

/** A field, parameter or definition with what it says about an identifier. */
export interface Definition {
  /** The name of the field or definition. */
  readonly name: string;
  /** What is said: a description, a comment, a pattern, parts that are put together. */
  readonly said: Located;
  readonly form: 'description' | 'pattern' | 'parts';
  /** True for interfaces that others read: OpenAPI, protobuf, GraphQL. */
  readonly published: boolean;
}

/** A definition that names the attribute by which it recognises things. */
export interface KeyAttribute {
  /** The key of the definition: `identifier`. */
  readonly label: string;
  readonly attribute: Located;
}

/** A text that a statement puts together, and that becomes an identifier. */
export interface ComposedValue {
  readonly value: Composed;
  /** The column, variable or function that it becomes the value of, or that it is compared with. */
  readonly at: Located;
  /** What becomes of it, in words: `stored in id`. */
  readonly how: string;
  /** True where it is kept, or finds what is kept; false where a query only gives it. */
  readonly kept: boolean;
}

/** A place at which a statement takes an identifier apart. */
export interface TakenApart extends Stretch {
  readonly subject: Located;
  /** What it is asked whether it begins with; `undefined` where a part is read. */
  readonly prefix: string | undefined;
}

/** What a file declares, as the rules read it. */
export interface Schema {
  readonly tables: readonly Table[];
  readonly widenings: readonly Widening[];
  readonly defaults: readonly KeyDefault[];
  readonly numbers: readonly NumberField[];
  readonly resources: readonly NamedResource[];
  readonly definitions: readonly Definition[];
  readonly keys: readonly KeyAttribute[];
  readonly composed: readonly ComposedValue[];
  readonly takenApart: readonly TakenApart[];
}

export const EMPTY_SCHEMA: Schema = {
  tables: [],
  widenings: [],
  defaults: [],
  numbers: [],
  resources: [],
  definitions: [],
  keys: [],
  composed: [],
  takenApart: [],
};
