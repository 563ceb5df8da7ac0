import { languageOf } from '../../server/code/languages/index.ts';
import { parsingFor } from '../../server/code/parser.ts';
import { flowLanguageOf } from '../../server/identifiers/flow/languages/index.ts';
import { lower } from '../../server/identifiers/flow/lower.ts';
import type { CodeFunction, Effect, Expression } from '../../server/identifiers/flow/model.ts';

/** An expression of the common model on one line: `id.split("-")[0]`, `template("a-", b)`, `{id: x}`. */
export function written(expression: Expression | undefined): string {
  if (!expression) return '';
  const all = (parts: readonly (Expression | undefined)[]): string => parts.map(written).join(', ');
  switch (expression.kind) {
    case 'text':
      return JSON.stringify(expression.value);
    case 'name':
      return expression.name;
    case 'member':
      return `${written(expression.object)}.${expression.name}`;
    case 'index':
      return `${written(expression.object)}[${written(expression.index)}]`;
    case 'call': {
      const given = expression.arguments.map(({ name, value }) => (name === undefined ? written(value) : `${name}: ${written(value)}`));
      const callee = `${expression.receiver ? `${written(expression.receiver)}.` : ''}${expression.name}`;
      return `${expression.constructs ? 'new ' : ''}${callee}(${given.join(', ')})`;
    }
    case 'composed':
      return `${expression.by}(${all(expression.parts)})`;
    case 'comparison':
      return `${written(expression.left)} == ${written(expression.right)}`;
    case 'choice':
      return `one of(${all(expression.branches)})`;
    case 'record': {
      const fields = expression.fields.map(({ name, value }) => `${name}: ${written(value)}`);
      const rest = expression.rest.map((part) => `...${written(part)}`);
      return `${expression.of === 'element' ? '<>' : ''}${expression.type ?? ''}{${[...fields, ...rest].join(', ')}}`;
    }
    case 'function':
      return `${expression.function.name}() => ${expression.function.effects.map(effectText).join('; ')}`;
    case 'other':
      return `(${all(expression.children)})`;
  }
}

const effectText = (effect: Effect): string => {
  const value = written(effect.value);
  if (effect.kind === 'assign') {
    const type = effect.type === undefined ? '' : `: ${effect.type}`;
    return `${effect.field ? 'field ' : ''}${written(effect.target)}${type} = ${value}`;
  }
  return effect.kind === 'evaluate' ? value : `${effect.kind === 'condition' ? 'if' : 'return'} ${value}`;
};

function linesOf(code: CodeFunction, indent: string): string[] {
  const parameters = code.parameters.map(({ name, type }) => (type === undefined ? name : `${name}: ${type}`)).join(', ');
  const heading =
    code.kind === 'file'
      ? []
      : [
          `${indent}${code.kind} ${code.name}${code.kind === 'type' && parameters === '' ? '' : `(${parameters})${code.returns === undefined ? '' : `: ${code.returns}`}`}`,
        ];
  const inner = code.kind === 'file' ? indent : `${indent}  `;
  return [
    ...heading,
    ...code.effects.map((effect) => `${inner}${effectText(effect)}`),
    ...code.functions.flatMap((one) => linesOf(one, inner)),
  ];
}

/** The common model of a text as lines, one for each effect: what the tests of the language tables compare. */
export async function lowered(path: string, text: string): Promise<string[]> {
  const grammar = languageOf(path)?.grammar;
  const parsing = grammar && (await parsingFor(grammar));
  const language = grammar && flowLanguageOf(grammar.name);
  if (!parsing || !language) throw new Error(`${path} has no grammar or no table`);
  const code = await parsing.withTree(text, (tree) => lower(language, text, tree.rootNode));
  if (!code) throw new Error(`${path} could not be read`);
  return linesOf(code, '');
}
