import type { Node } from 'web-tree-sitter';
import type { Collector, Mention } from './contents.ts';

const LONGEST_IMPORT = 3_000;
const IMPORTS =
  /^(?:import_statement|export_statement|import_from_statement|import_declaration|import_header|import|using_directive|import_spec|namespace_use_declaration)$/;
const QUOTED = /["'`]([^"'`\n]{1,300})["'`]\s*;?\s*$/;

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map(
      (name) =>
        name
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+/)[0] ?? '',
    )
    .filter((name) => /^[\w$*]+$/.test(name))
    .slice(0, 100);

function importOf(text: string, language: string): { readonly specifier: string; readonly names: string[] } | undefined {
  if (language === 'typescript') {
    const specifier = QUOTED.exec(text)?.[1];
    if (specifier === undefined || (text.startsWith('export') && !/\bfrom\s*["']/.test(text))) return undefined;
    const listed = /\{([^{}]{0,2000})\}/.exec(text)?.[1];
    const whole = /^import\s+(?:type\s+)?([\w$]+)/.exec(text)?.[1];
    return { specifier, names: [...(whole && whole !== 'type' ? [whole] : []), ...(listed === undefined ? [] : namesIn(listed))] };
  }
  if (language === 'python') {
    const from = /^from\s+([.\w]+)\s+import\s+\(?([\s\S]{0,2000}?)\)?$/.exec(text);
    if (from?.[1]) return { specifier: from[1], names: namesIn((from[2] ?? '').replace(/\s+/g, ' ')) };
    const plain = /^import\s+([\w.]+)/.exec(text)?.[1];
    return plain === undefined ? undefined : { specifier: plain, names: [] };
  }
  if (language === 'go') {
    const specifier = /"([^"\n]{1,300})"/.exec(text)?.[1];
    return specifier === undefined || text.startsWith('import') ? undefined : { specifier, names: [] };
  }
  const specifier = /^(?:global\s+)?(?:import|using|use)\s+(?:static\s+|function\s+)?(?:\w+\s*=\s*)?([\w.\\*]{1,300})/.exec(text)?.[1];
  return specifier === undefined ? undefined : { specifier, names: [] };
}

/** Imports of a node: modules, packages, classes, `require` of Ruby and JavaScript. */
export function addImport(into: Collector, node: Node, language: string): void {
  const line = node.startPosition.row;
  if (IMPORTS.test(node.type)) {
    // An export may be a whole program; its source stands at its end.
    if (node.endIndex - node.startIndex > LONGEST_IMPORT || (node.type === 'export_statement' && !node.childForFieldName('source'))) return;
    const found = importOf(node.text, language);
    if (found) into.add('imports', { text: found.specifier, names: found.names, line });
    return;
  }
  if ((node.type !== 'call_expression' && node.type !== 'call') || node.endIndex - node.startIndex > LONGEST_IMPORT) return;
  if (language !== 'typescript' && language !== 'ruby') return;
  const required = /^(?:require|require_relative|import|load)\s*\(?\s*["'`]([^"'`\n]{1,300})["'`]\s*\)?$/.exec(node.text)?.[1];
  if (required === undefined) return;
  const declarator = node.parent?.type === 'variable_declarator' ? node.parent.childForFieldName('name')?.text.slice(0, 1_000) : undefined;
  into.add('imports', {
    text: required,
    names: declarator === undefined ? [] : namesIn(declarator.replace(/[{}]/g, '').replace(/:\s*\w+/g, '')),
    line,
  });
}

const FUNCTIONS = /^(?:function_definition|method_declaration|function_declaration|method|local_function_statement)$/;
const CLASSES = /^(?:class_definition|class_declaration|class)$/;
const TEST_MARKS =
  /@(?:[\w.]+\.)?(?:Test|ParameterizedTest|RepeatedTest|test)\b|\[\s*(?:[\w.]+\.)?(?:Test|TestCase|Fact|Theory|TestMethod|DataTestMethod|\w+Fact|\w+Theory|\w+Test)\b|#\[Test\]/;
const SUITE_NAME = /Tests?$|Specs?$|^Test|Suite$|Cest$|E2E|IT$|Steps$|Feature$|Scenario/;

/** `testUserCanLogIn`, `user_can_log_in` as words; what people search for. */
const asWords = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_`]+/g, ' ')
    .trim();

/** Marks that tell pytest and its plugins how to run a test, and say nothing of what it is. */
const OWN_MARKS = new Set([
  'parametrize',
  'usefixtures',
  'skip',
  'skipif',
  'xfail',
  'filterwarnings',
  'asyncio',
  'anyio',
  'django_db',
  'timeout',
]);

/** Marks of a whole module and of single parameters: `pytestmark = [pytest.mark.smoke]`, `pytest.param(1, marks=pytest.mark.slow)`. */
export function pytestMarks(text: string): Mention[] {
  return text.split('\n').flatMap((content, line) => {
    if (!content.includes('pytest.mark.') || content.trimStart().startsWith('#')) return [];
    const marks = [...content.slice(0, 1_000).matchAll(/\bpytest\.mark\.(\w{1,80})/g)].map(([, mark = '']) => mark);
    return marks.filter((mark) => !OWN_MARKS.has(mark)).map((mark) => ({ text: mark, line }));
  });
}

/** Groups of PHPUnit and Codeception in comments: `@group smoke`. */
export function phpGroups(text: string): Mention[] {
  return text.split('\n').flatMap((content, line) => {
    const group = /^\s*(?:\/\*)?\*+\s*@group\s+([\w.-]{1,80})/.exec(content.slice(0, 300))?.[1];
    return group === undefined ? [] : [{ text: group, line }];
  });
}

/** Titles of tests that are functions and of suites that are classes, and marks of pytest. */
export function addDeclaration(into: Collector, node: Node, language: string): void {
  const line = node.startPosition.row;
  if (language === 'typescript') {
    const title = node.type === 'pair' ? nightwatchTitle(node) : undefined;
    if (title !== undefined) into.add('titles', { kind: 'test', text: title, line });
    return;
  }
  if (node.type === 'decorator') {
    const mark = /^@(?:pytest\.)?mark\.(\w{1,80})/.exec(node.text.slice(0, 200))?.[1];
    if (mark !== undefined && !OWN_MARKS.has(mark)) into.add('tags', { text: mark, line });
    return;
  }
  const isFunction = FUNCTIONS.test(node.type);
  if (!isFunction && !CLASSES.test(node.type)) return;
  const name =
    node.childForFieldName('name')?.text.slice(0, 200) ??
    node.namedChildren.find((child) => child?.type === 'simple_identifier' || child?.type === 'type_identifier')?.text;
  if (name === undefined || name === '') return;
  const nameLine = node.childForFieldName('name')?.startPosition.row ?? line;
  if (!isFunction) {
    if (SUITE_NAME.test(name)) into.add('titles', { kind: 'suite', text: asWords(name.slice(name.lastIndexOf(':') + 1)), line: nameLine });
    return;
  }
  const isTest =
    language === 'go'
      ? /^(?:Test|Benchmark|Fuzz|Example)(?:[A-Z_]|$)/.test(name) && name !== 'TestMain'
      : language === 'python' || language === 'ruby'
        ? /^test/.test(name)
        : TEST_MARKS.test(headOf(node)) || (language === 'php' && /^test/.test(name));
  if (isTest) into.add('titles', { kind: 'test', text: asWords(name), line: nameLine });
}

/** `'logs in': function (browser) {...}`: a test of Nightwatch is a property whose function takes the browser. */
function nightwatchTitle(node: Node): string | undefined {
  const key = node.childForFieldName('key');
  const value = node.childForFieldName('value');
  if (key?.type !== 'string' || !/^(?:function_expression|arrow_function|function)$/.test(value?.type ?? '')) return undefined;
  const parameters = (value?.childForFieldName('parameters') ?? value?.childForFieldName('parameter'))?.text.slice(0, 100) ?? '';
  return /^\(?\s*(?:browser|client)\b/.test(parameters) ? key.text.slice(1, -1) : undefined;
}

/** What stands before the body of a declaration: annotations and modifiers. A comment before it may hold `@test`. */
function headOf(node: Node): string {
  const body = node.childForFieldName('body');
  const end = body ? body.startIndex - node.startIndex : 500;
  const before = node.previousNamedSibling?.type === 'comment' ? node.previousNamedSibling.text.slice(0, 500) : '';
  return `${before} ${node.text.slice(0, Math.min(end, 1_000))}`;
}

/** Tags of `//go:build`, without those that are negated. */
export function goBuildTags(text: string): Mention[] {
  for (const [line, content] of text.slice(0, 5_000).split('\n').entries()) {
    const build = /^\/\/go:build\s+(.{1,300})$|^\/\/ \+build\s+(.{1,300})$/.exec(content.trimEnd());
    if (build)
      return ((build[1] ?? build[2] ?? '').match(/!?\w[\w.]*/g) ?? [])
        .filter((tag) => !tag.startsWith('!'))
        .map((tag) => ({ text: tag, line }));
    if (content.startsWith('package ')) break;
  }
  return [];
}
