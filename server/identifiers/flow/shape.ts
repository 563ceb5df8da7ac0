import type { Node } from 'web-tree-sitter';

/** Where a part of a node is: the name of a field, the position among the named children (negative from the end), or a function. */
export type Place = string | number | ((node: Node) => Node | null | undefined);

/** What a node of a syntax tree is in the common model. */
export type Shape =
  /**
   * A string. Its holes, if it has some, are nodes of the types `holes`, whose first named child is the expression. With `content` its text is in
   * nodes of these types, and other children that are expressions are holes too. `of`: the node that has the children, where it is another one.
   */
  | { readonly as: 'string'; readonly holes?: readonly string[]; readonly content?: readonly string[]; readonly of?: Place }
  /** `name`: the part that is the name, without decoration. */
  | { readonly as: 'name'; readonly name?: Place }
  /** A field of the object whose method it is, by its sigil: `@name`. */
  | { readonly as: 'own' }
  | { readonly as: 'member'; readonly object: Place; readonly name: Place }
  | { readonly as: 'index'; readonly object: Place; readonly index: Place }
  /** `callee` may be a member, which is a method call then. For grammars that keep the receiver apart, `receiver` and `callee`. */
  | {
      readonly as: 'call';
      readonly callee: Place;
      readonly receiver?: Place;
      readonly arguments?: Place;
      /** One more argument after the others: a trailing lambda, a block, an initialiser. */
      readonly block?: Place;
      /** Members of an anonymous class. */
      readonly members?: Place;
      /** `capitals`: where the name begins with a capital letter. */
      readonly constructs?: true | 'capitals';
      /** A macro, whose arguments are tokens. Its composers have an exclamation mark: `format!`. */
      readonly tokens?: true;
    }
  /** One argument with a name. */
  | { readonly as: 'argument'; readonly name: Place; readonly value: Place }
  /** Operators are compared as text. Default operators: see `lowering/operations.ts`. */
  | { readonly as: 'operation'; readonly left: Place; readonly right: Place; readonly operator?: Place }
  | { readonly as: 'choice'; readonly condition?: Place; readonly branches: readonly Place[] }
  /** `pairs`: names and values are beside each other with `=` between. */
  | { readonly as: 'record'; readonly type?: Place; readonly fields?: Place; readonly element?: true; readonly pairs?: true }
  | { readonly as: 'field'; readonly name: Place; readonly value: Place }
  /** A field whose value is the variable of its name. */
  | { readonly as: 'shorthand' }
  /** Nothing of its own: the node at `inner` stands for it. Default: the first named child. */
  | { readonly as: 'inner'; readonly inner?: Place }
  /** Several expressions beside each other: targets, results, values of a case. One alone stands for itself. */
  | { readonly as: 'list' }
  /** `appends`: where the field `operator` is `+=` or `.=`, the value is added to what the target was. */
  | {
      readonly as: 'assign';
      readonly target: Place;
      readonly value: Place;
      readonly type?: Place;
      /** `member`: where it stands in the body of a type. A field without a value is a parameter of its type. */
      readonly field?: true | 'member';
      readonly appends?: true;
      /** It has no value of its own. */
      readonly statement?: true;
      /** Types of the children that are its functions: getters, setters, the body of an enum's constant. */
      readonly accessors?: readonly string[];
    }
  /** Default value: the first named child. */
  | { readonly as: 'return'; readonly value?: Place }
  /** Statements. `value`: the last one, or the one at a place, is the value of the block, and of the function whose body it is. */
  | { readonly as: 'block'; readonly value?: true | Place }
  /** A loop over the elements of `of`: the target is one of them. The rest are statements. */
  | { readonly as: 'each'; readonly target: Place; readonly of: Place }
  /** `if`, `while`: the condition, and the rest as statements. `value`: where it is an expression, the rest are its branches. */
  | { readonly as: 'condition'; readonly condition: Place; readonly value?: true }
  /** A switch: each `case` value is compared with the subject. `cases` are the types of nodes whose values (all of a field) are compared. */
  | {
      readonly as: 'switch';
      readonly subject: Place;
      readonly cases: Readonly<Record<string, Place>>;
      /** A further condition of a case. */
      readonly guard?: Place;
      /** Types of the patterns that give names to the subject or its parts. */
      readonly binds?: RegExp;
    }
  | {
      readonly as: 'function';
      readonly name?: Place;
      readonly parameters?: Place;
      readonly returns?: Place;
      /** A node that is no `block` is one expression, which is returned. The node itself where its children are the statements. */
      readonly body: Place;
      /** Only `return` returns: the last statement of a block does not. */
      readonly explicit?: true;
      /** The call of another constructor. */
      readonly before?: Place;
      /** The receiver, whose type is the container. */
      readonly receiver?: Place;
    }
  | { readonly as: 'parameter'; readonly name: Place; readonly type?: Place }
  /** `parameters`: of its constructor or record. `before`: calls of the constructors of its bases. */
  | { readonly as: 'type'; readonly name: Place; readonly body: Place; readonly parameters?: Place; readonly before?: Place }
  /** Nothing in it matters: comments, imports, types. */
  | { readonly as: 'skip' };

/** How a function call composes a string. */
export interface Composer {
  /**
   * `format`: the first text is a format with the other arguments. `join`: a list and a separator. `concatenate`: receiver and arguments.
   * `build`: what was appended to a new string builder, which is the receiver, or in a function, which is the only argument.
   */
  readonly how: 'format' | 'join' | 'concatenate' | 'build';
  /** Which placeholders a format has: `%s` or `{0}`. Default: both. */
  readonly placeholders?: 'percent' | 'braces';
  /** Where the format or the list is. Default: the first argument. */
  readonly at?: 'receiver' | number;
  /** Where the separator of a join is. */
  readonly separator?: 'receiver' | number;
}

/**
 * What an operator means. `concatenate`: where one side is a string. `append`: always strings (`.` of PHP). `format`: `%` of Python. `contains`:
 * the right side contains the left one. `call`: a method of that name (`<<` of Ruby). `other`: nothing for strings.
 */
export type Operator = 'concatenate' | 'append' | 'format' | 'compare' | 'choose' | 'contains' | 'call' | 'other';

/** How a language is lowered to the common model. */
export interface FlowLanguage {
  /** Names of the grammars (`Grammar.name`) that it is for. */
  readonly grammars: readonly string[];
  readonly shapes: Readonly<Record<string, Shape | ((node: Node) => Shape)>>;
  /** Calls that compose strings, by `receiver.name` or `.name` for whatever receiver, or `name` alone. */
  readonly composers: Readonly<Record<string, Composer>>;
  /** What operators mean that are not those of most languages. */
  readonly operators?: Readonly<Record<string, Operator>>;
  /** Methods that give what they are called on, or its text: `to_string`. */
  readonly transparent?: RegExp;
  /** Targets of a list that are no result of their own: `_`, `err`. */
  readonly ignored?: RegExp;
  /** Holes in the text of a string that the grammar leaves in the text, with one group around the name: Kotlin's `$name`. */
  readonly textHoles?: RegExp;
}
