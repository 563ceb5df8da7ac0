/**
 * The common model of code: what the rules about identifiers look at, the same for all languages. A table for each language (`languages/`) says which
 * node of its syntax tree is what; `lower.ts` makes the model. Offsets are in UTF-16 units of the file.
 */

export interface Part {
  readonly start: number;
  readonly end: number;
}

/** A string without holes. */
export interface Text extends Part {
  readonly kind: 'text';
  readonly value: string;
}

/** A variable, a parameter, a type or a constant, by its name. `this` and `self` too. */
export interface Name extends Part {
  readonly kind: 'name';
  readonly name: string;
}

/** `object.name`. */
export interface Member extends Part {
  readonly kind: 'member';
  readonly object: Expression;
  readonly name: string;
}

/** `object[index]`. */
export interface Index extends Part {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression | undefined;
}

export interface Argument {
  /** Of a named argument. */
  readonly name?: string;
  readonly value: Expression;
}

/** A call of a function or method, or the construction of a value. */
export interface Call extends Part {
  readonly kind: 'call';
  /** Name of the function, method or type: `SetId`, `ChannelUID`. Empty where it is no name. */
  readonly name: string;
  /** What a method is called on; for `strings.Join` the package. */
  readonly receiver: Expression | undefined;
  readonly arguments: readonly Argument[];
  /** True for `new T(...)` and its kin. */
  readonly constructs: boolean;
}

/** A string made of parts: a template, a concatenation, a format or a join. Parts are flat: a part is not composed the same way itself. */
export interface Composed extends Part {
  readonly kind: 'composed';
  readonly by: 'template' | 'concatenation' | 'format' | 'join';
  readonly parts: readonly Expression[];
}

/** `left == right` and its kin, and `switch (left) { case right }`. */
export interface Comparison extends Part {
  readonly kind: 'comparison';
  readonly left: Expression;
  readonly right: Expression;
}

/** One of several values: `a ? b : c`, `a ?? b`, `a || b`. */
export interface Choice extends Part {
  readonly kind: 'choice';
  readonly condition: Expression | undefined;
  readonly branches: readonly Expression[];
}

export interface Field extends Part {
  readonly name: string;
  readonly value: Expression;
}

/** A value of named fields: an object literal, a struct literal, a dictionary, the attributes of an element. */
export interface RecordValue extends Part {
  readonly kind: 'record';
  /** Name of the type or the element, where it is written. */
  readonly type: string | undefined;
  readonly of: 'value' | 'element';
  readonly fields: readonly Field[];
  /** What has no name: spread values, children. */
  readonly rest: readonly Expression[];
}

export interface FunctionValue extends Part {
  readonly kind: 'function';
  readonly function: CodeFunction;
}

/** Everything else, for the expressions inside of it. */
export interface Other extends Part {
  readonly kind: 'other';
  /** Type of the syntax node. */
  readonly node: string;
  readonly children: readonly Expression[];
}

export type Expression = Text | Name | Member | Index | Call | Composed | Comparison | Choice | RecordValue | FunctionValue | Other;

/** What a function does, in the order of the text; blocks and branches are flat. */
export type Effect =
  | (Part & {
      readonly kind: 'assign';
      readonly target: Expression;
      readonly value: Expression;
      readonly type: string | undefined;
      /** True where the name is declared as a field of a type. */
      readonly field: boolean;
    })
  | (Part & { readonly kind: 'return'; readonly value: Expression })
  | (Part & {
      readonly kind: 'condition';
      readonly value: Expression;
      /** Set where an error is all that follows: offsets of what must be false for that, such as that of `a` in `!a || b`. */
      readonly refuses?: readonly number[];
    })
  | (Part & { readonly kind: 'evaluate'; readonly value: Expression });

export interface Parameter extends Part {
  readonly name: string;
  readonly type: string | undefined;
}

/** A function or method, the body of a type, or a whole file. */
export interface CodeFunction extends Part {
  readonly kind: 'function' | 'type' | 'file';
  /** Empty for lambdas and the file. */
  readonly name: string;
  /** The type around it, or the receiver's type. */
  readonly container: string | undefined;
  /** Of a type: what its constructor or record takes, and its fields without a value. */
  readonly parameters: readonly Parameter[];
  readonly returns: string | undefined;
  readonly effects: readonly Effect[];
  /** Functions and types declared in it, not those that are values in expressions. */
  readonly functions: readonly CodeFunction[];
}
