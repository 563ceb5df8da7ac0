import { type ConstDirectiveNode, type DefinitionNode, GraphQLError, Kind, parse, type StringValueNode, type TypeNode } from 'graphql';
import type { Document } from '../../model/document.ts';
import { defineRule } from '../../model/finding.ts';
import type { Source } from '../source.ts';
import { type OperationDraft, type SectionBuilder, sectionBuilder, TOO_DEEP } from './source.ts';
import { labelled, nestsTooDeep } from './tree.ts';

export const BROKEN_GRAPHQL = defineRule({
  id: 'broken-graphql',
  severity: 'error',
  description: 'The file is not a valid GraphQL schema.',
  tags: ['document'],
});

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);
const KEYWORDS: Readonly<Record<string, string>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'type',
  [Kind.OBJECT_TYPE_EXTENSION]: 'type',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'interface',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'input',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.ENUM_TYPE_EXTENSION]: 'enum',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.UNION_TYPE_EXTENSION]: 'union',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
  [Kind.SCALAR_TYPE_EXTENSION]: 'scalar',
  [Kind.DIRECTIVE_DEFINITION]: 'directive',
  [Kind.SCHEMA_DEFINITION]: 'schema',
  [Kind.SCHEMA_EXTENSION]: 'schema',
  [Kind.FRAGMENT_DEFINITION]: 'fragment',
};
const REQUESTS = new Set(['query', 'mutation', 'subscription']);
const TYPES = new Set(['type', 'input', 'interface', 'enum', 'union', 'scalar']);
const MAX_ARGUMENTS = 60;

/** What a definition gives code to name. A root type itself does not count: its fields do. */
const operationsOf = (keyword: string, name: string): readonly OperationDraft[] => {
  if (REQUESTS.has(keyword)) return [{ kind: 'field', name }];
  return TYPES.has(keyword) && !ROOTS.has(name) ? [{ kind: 'type', name }] : [];
};

const typeText = (type: TypeNode): string => {
  let node = type;
  let before = '';
  let after = '';
  while (node.kind !== Kind.NAMED_TYPE) {
    if (node.kind === Kind.LIST_TYPE) {
      before += '[';
      after = `]${after}`;
    } else after = `!${after}`;
    node = node.type;
  }
  return `${before}${node.name.value}${after}`;
};

interface FieldLike {
  readonly name: { readonly value: string };
  readonly description?: StringValueNode | undefined;
  readonly type?: TypeNode | undefined;
  readonly arguments?: readonly FieldLike[] | undefined;
}

const signature = (field: FieldLike): string => {
  const given = (field.arguments ?? [])
    .slice(0, MAX_ARGUMENTS)
    .map((argument) => `${argument.name.value}: ${argument.type ? typeText(argument.type) : ''}`);
  return `${field.name.value}${given.length > 0 ? `(${given.join(', ')})` : ''}${field.type ? `: ${typeText(field.type)}` : ''}`;
};

const fieldLines = (field: FieldLike): readonly (string | undefined)[] => [
  signature(field),
  field.description?.value,
  ...(field.arguments ?? [])
    .slice(0, MAX_ARGUMENTS)
    .map((argument) => argument.description && labelled(argument.name.value, [argument.description.value])),
];

const membersOf = (node: DefinitionNode): readonly FieldLike[] => {
  if ('fields' in node && node.fields) return node.fields;
  if ('values' in node && node.values) return node.values;
  return [];
};

const addDefinition = (builder: SectionBuilder, node: DefinitionNode): void => {
  const keyword = node.kind === Kind.OPERATION_DEFINITION ? node.operation : (KEYWORDS[node.kind] ?? 'definition');
  const name = 'name' in node && node.name && 'value' in node.name ? node.name.value : '';
  const members = membersOf(node);
  const isRoot = keyword === 'type' && ROOTS.has(name);
  const description = 'description' in node ? node.description?.value : undefined;
  const interfaces = 'interfaces' in node ? (node.interfaces ?? []).map((item) => item.name.value) : [];
  const directives = (
    'directives' in node && Array.isArray(node.directives) ? (node.directives as readonly ConstDirectiveNode[]) : []
  ).slice(0, MAX_ARGUMENTS);
  const variables = node.kind === Kind.OPERATION_DEFINITION ? (node.variableDefinitions ?? []).slice(0, MAX_ARGUMENTS) : [];
  const types = 'types' in node ? (node.types ?? []).map((item) => item.name.value) : [];
  const roots = 'operationTypes' in node ? (node.operationTypes ?? []).map((item) => `${item.operation} ${item.type.name.value}`) : [];
  const heading = `${keyword} ${name}`.trim();
  const first = members[0];
  const firstStart = isRoot && first && 'loc' in first ? (first.loc as { start: number } | undefined)?.start : undefined;
  builder.add({
    heading,
    parents: [],
    lines: [
      heading,
      description,
      labelled(
        'Directives',
        directives.map(({ name: { value } }) => `@${value}`),
      ),
      ...variables.map(
        ({ variable, type, description: about }) =>
          `$${variable.name.value}: ${typeText(type)}${about === undefined ? '' : `: ${about.value}`}`,
      ),
      labelled('Implements', interfaces),
      labelled('One of', types),
      labelled('Roots', roots),
      ...(isRoot
        ? [
            labelled(
              'Fields',
              members.map((member) => member.name.value),
            ),
          ]
        : members.flatMap(fieldLines)),
    ],
    start: node.loc?.start ?? 0,
    end: firstStart ?? node.loc?.end ?? 0,
    operations: operationsOf(keyword, name),
  });
  if (!isRoot) return;
  // Clients call the fields of a root type, so each has a section.
  for (const member of members) {
    const at = 'loc' in member ? (member.loc as { start: number; end: number } | undefined) : undefined;
    const operation = name.toLowerCase();
    builder.add({
      heading: `${operation} ${member.name.value}`,
      parents: [heading],
      lines: [`${operation} ${member.name.value}`, ...fieldLines(member)],
      start: at?.start ?? 0,
      end: at?.end ?? 0,
      operations: operationsOf(operation, member.name.value),
    });
  }
};

const DEFINITION =
  /^(?:extend[ \t]+)?(type|interface|input|enum|union|scalar|directive|schema|query|mutation|subscription|fragment)\b[ \t]*(@?\w*)/gm;

/** For files that do not parse: splits the text at lines that start with a keyword. */
const addByLine = (builder: SectionBuilder, text: string): void => {
  const found = [...text.matchAll(DEFINITION)];
  found.forEach((match, at) => {
    const end = found[at + 1]?.index ?? text.length;
    const [, keyword = '', name = ''] = match;
    builder.add({
      heading: `${keyword} ${name}`.trim(),
      parents: [],
      lines: [text.slice(match.index, end).trim()],
      start: match.index,
      end,
      operations: operationsOf(keyword, name),
    });
  });
};

/**
 * Reads GraphQL: a section for each type, input, enum, union, scalar, directive and operation, and for each field of `Query`, `Mutation` and
 * `Subscription`. A file that does not parse is read line by line. Findings: `broken-graphql`, `too-deep`.
 */
export const readGraphql = (source: Source): Document => {
  const builder = sectionBuilder(source);
  const { text } = source;
  if (nestsTooDeep(text)) {
    builder.report(TOO_DEEP, 'This file nests too deeply to be parsed, so it is read line by line.', 0, text.length);
    addByLine(builder, text);
  } else if (text.trim()) {
    try {
      for (const node of parse(text).definitions) {
        if (builder.full()) break;
        addDefinition(builder, node);
      }
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const at = error.positions?.[0] ?? 0;
      builder.report(BROKEN_GRAPHQL, `This is not valid GraphQL: ${error.message}`, at, at + 1);
      addByLine(builder, text);
    }
  }
  return builder.document('graphql', undefined);
};
