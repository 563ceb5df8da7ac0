import type { Node } from 'web-tree-sitter';
import { languageOf } from '../../server/code/languages/index.ts';
import { parsingFor } from '../../server/code/parser.ts';

/** What a fault changes. */
export const KINDS = [
  'operator',
  'boundary',
  'condition',
  'number',
  'status',
  'truth',
  'text',
  'name',
  'route',
  'parameter',
  'query',
  'call',
  'return',
] as const;
export type FaultKind = (typeof KINDS)[number];

/** One small fault: characters of a file and what stands there instead. */
export interface Site {
  readonly kind: FaultKind;
  /** UTF-16 offset. */
  readonly start: number;
  readonly end: number;
  readonly now: string;
}

const OPERATORS: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '//': '*',
  '%': '*',
  '&&': '||',
  '||': '&&',
  and: 'or',
  or: 'and',
  in: 'not in',
  is: 'is not',
};
const BOUNDARIES: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };
/** Trees in which nothing is behaviour. */
const SILENT = new Set([
  'import_statement',
  'import_from_statement',
  'interface_declaration',
  'type_alias_declaration',
  'type_annotation',
  'type_arguments',
  'type_parameters',
  'comment',
  'type',
  'export_clause',
]);
const CALLS = new Set(['call', 'call_expression']);
const STRINGS = new Set(['string_fragment', 'string_content']);
const IF_PARTS = new Set(['if_statement', 'elif_clause', 'while_statement', 'ternary_expression', 'conditional_expression']);
const WORD = /\p{L}{3,}/u;
const SQL = /^\s*(select|insert|update|delete)\s/i;
/** Attributes whose value nobody reads and no page shows. */
const UNSHOWN = /^(className|class|style|rel|key|type|alt)$/;

/** What takes more lines is no small fault. */
const MOST_LINES = 3;
const isSmall = (node: Node): boolean => node.endPosition.row - node.startPosition.row < MOST_LINES;

const replace = (kind: FaultKind, node: Node, now: string): Site => ({ kind, start: node.startIndex, end: node.endIndex, now });

const operatorSites = (node: Node): Site[] => {
  const operator = node.children.find((child) => child && !child.isNamed && (child.type in OPERATORS || child.type in BOUNDARIES));
  if (!operator) return [];
  const boundary = BOUNDARIES[operator.type];
  return [replace(boundary ? 'boundary' : 'operator', operator, boundary ?? OPERATORS[operator.type] ?? '')];
};

const conditionOf = (node: Node): Node | null =>
  node.type === 'conditional_expression' ? node.namedChild(1) : node.childForFieldName('condition');

const negated = (node: Node, python: boolean): Site => {
  const inner = node.type === 'parenthesized_expression' ? node.text.slice(1, -1) : node.text;
  const now = python ? `not (${inner})` : `!(${inner})`;
  return replace('condition', node, node.type === 'parenthesized_expression' ? `(${now})` : now);
};

const numberSite = (node: Node): Site[] => {
  const value = Number(node.text.replaceAll('_', ''));
  if (!Number.isFinite(value)) return [];
  if (!Number.isInteger(value)) return [replace('number', node, String(value + 1))];
  const isStatus = value >= 200 && value < 600 && /code|status|\breply\b|send/i.test(node.parent?.parent?.text ?? '');
  return isStatus ? [replace('status', node, String(value === 404 ? 410 : value + 2))] : [replace('number', node, String(value + 1))];
};

/** The first word of a text becomes another. */
const otherWord = (text: string): string => text.replace(WORD, (word) => `${word.slice(0, 1)}x${word.slice(1)}`);

/** A string: a route, a query of a database, a parameter, a text with words, or a name. */
export const stringSites = (text: string, start: number): Site[] => {
  const site = (kind: FaultKind, now: string): Site[] => (now === text ? [] : [{ kind, start, end: start + text.length, now }]);
  if (SQL.test(text)) return site('query', / = /.test(text) ? text.replace(' = ', ' <> ') : text.replace(/ (desc|asc)\b/i, ''));
  const parameter = site(
    'parameter',
    text.replace(/([?&])(\w+)=$|([?&])(\w+)=/, (whole) => `${whole.slice(0, -1)}x=`),
  );
  if (parameter.length > 0) return parameter;
  if (/^(\/[\w.:{}-]+)+\/?$/.test(text)) return site('route', text.replace(/([\w-])(\/?)$/, '$1x$2'));
  if (/\s/.test(text.trim())) return WORD.test(text) ? site('text', otherWord(text)) : [];
  if (/^[\p{L}][\p{L}\d_-]*([./:][\p{L}\d_-]+)*$/u.test(text)) return site('name', `${text}x`);
  return [];
};

const isUnshown = (node: Node): boolean => {
  const attribute = node.parent?.parent;
  return attribute?.type === 'jsx_attribute' && UNSHOWN.test(attribute.namedChild(0)?.text ?? '');
};

const sitesAt = (node: Node, python: boolean): Site[] => {
  const { type } = node;
  if (/^(binary_expression|binary_operator|boolean_operator|comparison_operator)$/.test(type)) return operatorSites(node);
  if (IF_PARTS.has(type)) {
    const condition = conditionOf(node);
    return condition ? [negated(condition, python)] : [];
  }
  if (type === 'number' || type === 'integer' || type === 'float') return numberSite(node);
  if (/^(true|false)$/i.test(type)) {
    const isTrue = /true/i.test(type);
    return [replace('truth', node, python ? (isTrue ? 'False' : 'True') : String(!isTrue))];
  }
  if (type === 'jsx_text') return WORD.test(node.text) ? [replace('text', node, otherWord(node.text))] : [];
  if (STRINGS.has(type)) return isUnshown(node) ? [] : stringSites(node.text, node.startIndex);
  if (type === 'regex_pattern' && node.text.startsWith(String.raw`^\/`))
    return [replace('route', node, node.text.replace(/^\^\\\/\w?/, '$&x'))];
  if (type === 'return_statement' && node.namedChildCount > 0) {
    const value = node.namedChild(0);
    return value && isSmall(value) ? [replace('return', value, python ? 'None' : 'undefined')] : [];
  }
  if (type === 'expression_statement') {
    const inner = node.namedChild(0);
    const called = inner && /^await/.test(inner.type) ? inner.namedChild(0) : inner;
    return called && CALLS.has(called.type) && isSmall(node) ? [replace('call', node, python ? 'pass' : ';')] : [];
  }
  return [];
};

/** A string that stands for itself says something to readers only. */
const isDocumentation = (node: Node): boolean => node.type === 'expression_statement' && node.namedChild(0)?.type === 'string';

/** Every place of a file at which a small fault can be made; none in a file that does not parse. */
export async function faultSites(path: string, text: string): Promise<readonly Site[]> {
  const grammar = languageOf(path)?.grammar;
  const parsing = grammar && (await parsingFor(grammar));
  const python = grammar?.name === 'python';
  return (
    (await parsing?.withTree(text, (tree) => {
      if (tree.rootNode.hasError) return [];
      const found: Site[] = [];
      const visit = (node: Node): void => {
        if (SILENT.has(node.type) || isDocumentation(node)) return;
        found.push(...sitesAt(node, python));
        for (const child of node.namedChildren) if (child) visit(child);
      };
      visit(tree.rootNode);
      return found;
    })) ?? []
  );
}

export const withFault = (text: string, { start, end, now }: Site): string => text.slice(0, start) + now + text.slice(end);

/** Whether a text still parses. */
export async function parses(path: string, text: string): Promise<boolean> {
  const grammar = languageOf(path)?.grammar;
  const parsing = grammar && (await parsingFor(grammar));
  return (await parsing?.withTree(text, (tree) => !tree.rootNode.hasError)) ?? false;
}
