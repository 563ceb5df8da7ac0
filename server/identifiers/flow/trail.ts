import type { Call, CodeFunction, Comparison, Composed, Effect, Expression, Name, RecordValue } from './model.ts';

/** What becomes of a value. */
export type Sink =
  | {
      readonly as: 'assigned';
      readonly name: string;
      readonly target: Expression;
      readonly field: boolean;
      readonly type: string | undefined;
    }
  | {
      readonly as: 'argument';
      readonly call: Call;
      readonly position: number;
      readonly name: string | undefined;
      readonly parameter: string | undefined;
    }
  | { readonly as: 'field'; readonly name: string; readonly record: RecordValue }
  | { readonly as: 'returned'; readonly from: CodeFunction }
  | { readonly as: 'compared'; readonly with: Expression }
  | { readonly as: 'index'; readonly object: Expression }
  /** The receiver of a call. */
  | { readonly as: 'receiver'; readonly call: Call }
  /** A part of a longer string. */
  | { readonly as: 'part'; readonly of: Composed }
  /** `refuses`: where an error is all that follows, offsets of what is denied in it. */
  | { readonly as: 'condition'; readonly refuses?: readonly number[] }
  | { readonly as: 'member'; readonly name: string };

/** An expression that a rule may look at, and what becomes of its value in the same function. */
export interface Place<E extends Expression = Expression> {
  readonly expression: E;
  /** From the nearest to the farthest. */
  readonly sinks: readonly Sink[];
  readonly inside: CodeFunction;
}

/** Everything that the rules about values look at in one file. */
export interface Trail {
  readonly composed: readonly Place<Composed>[];
  readonly calls: readonly Place<Call>[];
  readonly comparisons: readonly Place<Comparison>[];
  readonly indexes: readonly Place<Expression & { kind: 'index' }>[];
  readonly texts: readonly Place<Expression & { kind: 'text' }>[];
  /** What becomes of a variable of a function, by its name. */
  readonly usesOf: (inside: CodeFunction, name: string) => readonly Sink[];
  /** Values that a variable of a function gets, by its name. */
  readonly valuesOf: (inside: CodeFunction, name: string) => readonly Expression[];
  /** As {@link valuesOf}, else in the type around the function. */
  readonly valuesAround: (inside: CodeFunction, name: string) => readonly Expression[];
  /** What becomes of what a function of the file returns. */
  readonly usesOfResult: (code: CodeFunction) => readonly Place<Call>[];
  readonly functions: readonly CodeFunction[];
  /** Of the whole file, whatever of it was read. */
  readonly text: string;
}

/** Calls that give their argument on, changed in form only. */
const PASSES =
  /^(?:String|str|string|to_?string|to_?s|as_?string|value_?of|parse|of|from|to_?lower(?:case)?|to_?upper(?:case)?|trim|strip|encode\w*|bytes?|EncodeToString|require_?non_?null\w*|Optional|Some|Ok|of_?nullable|memo\w*|freeze|clone|dup|to_?owned|into|as_?str|unwrap\w*|StringValue|String_?Ptr|Ptr|Pointer)$/i;

/** The name that an assignment or an access is known by: the last one of `this.rule.id`. */
export function nameOf(expression: Expression | undefined): string {
  switch (expression?.kind) {
    case 'name':
    case 'member':
      return expression.name;
    case 'call':
      return expression.name;
    case 'index':
      return expression.index?.kind === 'text' ? expression.index.value : nameOf(expression.object);
    default:
      return '';
  }
}

/** The names that a pattern gives values to. */
const namesIn = (pattern: Expression): readonly Name[] =>
  pattern.kind === 'name' ? [pattern] : pattern.kind === 'other' ? pattern.children.flatMap(namesIn) : [];

/** More uses than that of one name say no more. */
const MOST_USES = 40;

class Walk {
  readonly composed: Place<Composed>[] = [];
  readonly calls: Place<Call>[] = [];
  readonly comparisons: Place<Comparison>[] = [];
  readonly indexes: Place<Expression & { kind: 'index' }>[] = [];
  readonly texts: Place<Expression & { kind: 'text' }>[] = [];
  readonly functions: CodeFunction[] = [];
  readonly uses = new Map<CodeFunction, Map<string, Sink[]>>();
  readonly values = new Map<CodeFunction, Map<string, Expression[]>>();
  readonly results = new Map<string, Place<Call>[]>();
  readonly #parameters: ReadonlyMap<string, readonly string[]>;
  /** Functions around a lambda: a variable of theirs is seen from inside. */
  readonly #around: CodeFunction[] = [];
  readonly #seen = new Set<CodeFunction>();

  constructor(file: CodeFunction) {
    const parameters = new Map<string, readonly string[]>();
    const note = (code: CodeFunction): void => {
      if (code.name !== '' && code.kind === 'function')
        parameters.set(
          code.name,
          code.parameters.map(({ name }) => name),
        );
      for (const inner of code.functions) note(inner);
    };
    note(file);
    this.#parameters = parameters;
    this.#function(file);
  }

  #function(code: CodeFunction): void {
    if (this.#seen.has(code)) return;
    this.#seen.add(code);
    this.functions.push(code);
    this.#around.push(code);
    for (const effect of code.effects) this.#effect(effect, code);
    for (const inner of code.functions) this.#function(inner);
    this.#around.pop();
  }

  #effect(effect: Effect, inside: CodeFunction): void {
    if (effect.kind === 'assign') {
      const { type, field } = effect;
      if (effect.target.kind === 'other') {
        // A pattern: every name in it gets a part of the value.
        const names = namesIn(effect.target);
        const sinks = names.map((target): Sink => ({ as: 'assigned', name: target.name, target, field, type }));
        this.#visit(effect.value, sinks, inside);
        const { start, end } = effect.value;
        for (const { name } of names)
          push(this.values, inside, name, { kind: 'index', object: effect.value, index: undefined, start, end });
        return;
      }
      const name = nameOf(effect.target);
      this.#visit(effect.value, [{ as: 'assigned', name, target: effect.target, field, type }], inside);
      if (effect.target.kind === 'index' || effect.target.kind === 'member') this.#visit(effect.target, [], inside);
      if (effect.target.kind === 'name') push(this.values, inside, name, effect.value);
      return;
    }
    const sinks: Sink[] =
      effect.kind === 'return'
        ? [{ as: 'returned', from: inside }]
        : effect.kind === 'condition'
          ? [{ as: 'condition', ...(effect.refuses && { refuses: effect.refuses }) }]
          : [];
    this.#visit(effect.value, sinks, inside);
  }

  #use(name: string, sinks: readonly Sink[], inside: CodeFunction): void {
    if (sinks.length === 0) return;
    for (const code of new Set([...this.#around, inside])) for (const sink of sinks) push(this.uses, code, name, sink);
  }

  #visit(expression: Expression, sinks: readonly Sink[], inside: CodeFunction): void {
    switch (expression.kind) {
      case 'text':
        this.texts.push({ expression, sinks, inside });
        return;
      case 'name':
        this.#use(expression.name, sinks, inside);
        return;
      case 'member':
        if (expression.object.kind === 'name' && /^(?:this|self|@)$/.test(expression.object.name))
          this.#use(expression.name, sinks, inside);
        this.#visit(expression.object, [{ as: 'member', name: expression.name }], inside);
        return;
      case 'index':
        this.indexes.push({ expression, sinks, inside });
        this.#visit(expression.object, [{ as: 'member', name: '[]' }], inside);
        if (expression.index) this.#visit(expression.index, [{ as: 'index', object: expression.object }], inside);
        return;
      case 'composed':
        this.composed.push({ expression, sinks, inside });
        for (const part of expression.parts) this.#visit(part, [{ as: 'part', of: expression }], inside);
        return;
      case 'comparison':
        this.comparisons.push({ expression, sinks, inside });
        this.#visit(expression.left, [{ as: 'compared', with: expression.right }], inside);
        this.#visit(expression.right, [{ as: 'compared', with: expression.left }], inside);
        return;
      case 'choice':
        if (expression.condition) this.#visit(expression.condition, [{ as: 'condition' }], inside);
        for (const branch of expression.branches) this.#visit(branch, sinks, inside);
        return;
      case 'record':
        for (const field of expression.fields)
          this.#visit(field.value, [{ as: 'field', name: field.name, record: expression }, ...sinks], inside);
        for (const rest of expression.rest) this.#visit(rest, [], inside);
        return;
      case 'call':
        this.#call(expression, sinks, inside);
        return;
      case 'function':
        this.#function(expression.function);
        return;
      case 'other':
        for (const child of expression.children)
          this.#visit(
            child,
            sinks.filter(({ as }) => as === 'condition' || as === 'assigned' || as === 'returned' || as === 'argument'),
            inside,
          );
    }
  }

  #call(call: Call, sinks: readonly Sink[], inside: CodeFunction): void {
    this.calls.push({ expression: call, sinks, inside });
    if (call.name !== '' && sinks.length > 0) {
      const known = this.results.get(call.name) ?? [];
      this.results.set(call.name, known);
      if (known.length < MOST_USES) known.push({ expression: call, sinks, inside });
    }
    const passes = PASSES.test(call.name);
    if (call.receiver) this.#visit(call.receiver, [{ as: 'receiver', call }, ...(passes ? sinks : [])], inside);
    const known = this.#parameters.get(call.name);
    call.arguments.forEach(({ name, value }, position) => {
      const sink: Sink = { as: 'argument', call, position, name, parameter: known?.[position] };
      this.#visit(value, [sink, ...(passes && !call.receiver?.kind.startsWith('composed') ? sinks : [])], inside);
    });
  }
}

function push<K, V>(map: Map<K, Map<string, V[]>>, key: K, name: string, value: V): void {
  const names = map.get(key) ?? new Map<string, V[]>();
  map.set(key, names);
  const values = names.get(name) ?? [];
  names.set(name, values);
  if (values.length < MOST_USES) values.push(value);
}

/** Follows the values of a file. */
export function trailOf(file: CodeFunction, text: string): Trail {
  const walk = new Walk(file);
  const valuesOf = (inside: CodeFunction, name: string): readonly Expression[] =>
    walk.values.get(inside)?.get(name) ?? walk.values.get(file)?.get(name) ?? [];
  return {
    composed: walk.composed,
    calls: walk.calls,
    comparisons: walk.comparisons,
    indexes: walk.indexes,
    texts: walk.texts,
    functions: walk.functions,
    text,
    usesOf: (inside, name) => walk.uses.get(inside)?.get(name) ?? [],
    valuesOf,
    valuesAround: (inside, name) => {
      const own = valuesOf(inside, name);
      const around =
        own.length > 0 ? undefined : walk.functions.find(({ kind, name: type }) => kind === 'type' && type === inside.container);
      return around ? valuesOf(around, name) : own;
    },
    usesOfResult: (code) => (code.name === '' ? [] : (walk.results.get(code.name) ?? [])),
  };
}

/** What becomes of a value where it stands, and through the variables that it is assigned to. */
export const throughVariables = (trail: Trail, { sinks, inside }: Place): readonly Sink[] => [
  ...sinks,
  ...sinks.flatMap((sink) => (sink.as === 'assigned' && sink.target.kind === 'name' ? trail.usesOf(inside, sink.name) : [])),
];

/** What becomes of a value: where it stands, then through the variable that it is assigned to, then through what the function returns. */
export function followed(trail: Trail, place: Place): readonly Sink[] {
  const near = throughVariables(trail, place);
  const far = near.flatMap((sink) => (sink.as === 'returned' ? trail.usesOfResult(sink.from).flatMap((use) => use.sinks) : []));
  return [...new Set([...near, ...far])];
}

/** How many functions a result is followed through. */
const MOST_CALLS = 3;

/** What becomes of what a function returns, in the whole file: through variables, and through functions that give it on. */
export function usesOfResult(trail: Trail, code: CodeFunction, calls = MOST_CALLS): readonly Sink[] {
  return trail.usesOfResult(code).flatMap(({ sinks, inside }) =>
    sinks.flatMap((sink) => {
      if (sink.as === 'assigned' && sink.target.kind === 'name') return [sink, ...trail.usesOf(inside, sink.name)];
      return sink.as === 'returned' && sink.from !== code && calls > 1 ? usesOfResult(trail, sink.from, calls - 1) : [sink];
    }),
  );
}
