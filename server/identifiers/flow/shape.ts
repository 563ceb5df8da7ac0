import type { Node } from 'web-tree-sitter';

/** Where a part of a node is: the name of a field, the position among the named children (negative from the end), or a function. */
export type Place = string | number | ((node: Node) => Node | null | undefined);

/** What a node of a syntax tree is in the common model. */
export type Shape =
  /** A string. Its holes, if it has some, are nodes of the types `holes`, whose first named child is the expression. */
  | { readonly as: 'string'; readonly holes?: readonly string[] }
  | { readonly as: 'name' }
  | { readonly as: 'member'; readonly object: Place; readonly name: Place }
  | { readonly as: 'index'; readonly object: Place; readonly index: Place }
  /** `callee` may be a member, which is a method call then. For grammars that keep the receiver apart, `receiver` and `callee`. */
  | { readonly as: 'call'; readonly callee: Place; readonly receiver?: Place; readonly arguments?: Place; readonly constructs?: true }
  /** One argument with a name. */
  | { readonly as: 'argument'; readonly name: Place; readonly value: Place }
  /** Operators are compared as text. Default operators: see `lower.ts`. */
  | { readonly as: 'operation'; readonly left: Place; readonly right: Place; readonly operator?: Place }
  | { readonly as: 'choice'; readonly condition?: Place; readonly branches: readonly Place[] }
  | { readonly as: 'record'; readonly type?: Place; readonly fields?: Place; readonly element?: true }
  | { readonly as: 'field'; readonly name: Place; readonly value: Place }
  /** A field whose value is the variable of its name. */
  | { readonly as: 'shorthand' }
  /** Nothing of its own: the node at `inner` stands for it. Default: the first named child. */
  | { readonly as: 'inner'; readonly inner?: Place }
  /** `appends`: the value is added to what the target was. */
  | {
      readonly as: 'assign';
      readonly target: Place;
      readonly value: Place;
      readonly type?: Place;
      readonly field?: true;
      readonly appends?: true;
    }
  /** Default value: the first named child. */
  | { readonly as: 'return'; readonly value?: Place }
  /** Statements. `value`: the last one is the value of the block, and of the function whose body it is. */
  | { readonly as: 'block'; readonly value?: true }
  /** `if`, `while`: the condition, and the rest as statements. */
  | { readonly as: 'condition'; readonly condition: Place }
  /** A switch: each `case` value is compared with the subject. `cases` are the types of nodes whose `value` is compared. */
  | { readonly as: 'switch'; readonly subject: Place; readonly cases: Readonly<Record<string, Place>> }
  | {
      readonly as: 'function';
      readonly name?: Place;
      readonly parameters?: Place;
      readonly returns?: Place;
      /** A node that is no `block` is one expression, which is returned. */
      readonly body: Place;
      /** The receiver, whose type is the container. */
      readonly receiver?: Place;
    }
  | { readonly as: 'parameter'; readonly name: Place; readonly type?: Place }
  | { readonly as: 'type'; readonly name: Place; readonly body: Place }
  /** Nothing in it matters: comments, imports, types. */
  | { readonly as: 'skip' };

/** How a function call composes a string. */
export interface Composer {
  /** `format`: the first text is a format with the other arguments. `join`: a list and a separator. `concatenate`: receiver and arguments. */
  readonly how: 'format' | 'join' | 'concatenate';
  /** Where the format or the list is. Default: the first argument. */
  readonly at?: 'receiver' | number;
  /** Where the separator of a join is. */
  readonly separator?: 'receiver' | number;
}

/** How a language is lowered to the common model. */
export interface FlowLanguage {
  /** Names of the grammars (`Grammar.name`) that it is for. */
  readonly grammars: readonly string[];
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Calls that compose strings, by `receiver.name` or `.name` for whatever receiver, or `name` alone. */
  readonly composers: Readonly<Record<string, Composer>>;
  /** Operators beside `+` that concatenate (`.` of PHP, `%` of Python formats is `format`). */
  readonly operators?: Readonly<Record<string, 'concatenate' | 'format' | 'compare' | 'choose'>>;
  /** Holes in the text of a string that the grammar leaves in the text, with one group around the name: Kotlin's `$name`. */
  readonly textHoles?: RegExp;
}
