import type { Node } from 'web-tree-sitter';
import { languageOf } from '../../../code/languages/index.ts';
import { parsingFor } from '../../../code/parser.ts';
import { withoutBom } from '../../../text/byte-order-mark.ts';
import { familyOf } from '../places.ts';
import { type Call, callOf, type Value } from './calls.ts';
import { Collector, type SpecContents } from './contents.ts';
import { addDeclaration, addImport, goBuildTags, phpGroups, pytestMarks } from './declarations.ts';
import { readFeature } from './gherkin.ts';
import { scanBats, scanLines, scanRobot } from './line-scan.ts';
import { addCommand, addRoutes, type WordyCall } from './routes.ts';
import { addSelectors } from './selectors.ts';
import { addKey, addLabels, addMark, addTitle, isVisibleText } from './titles.ts';

const MOST_NODES = 400_000;
const LONGEST_TEXT = 500_000;

const MARKS = new Set(['annotation', 'marker_annotation', 'attribute']);
/** Nodes that say something; a node is only made for these, which is most of the time. */
const READ =
  /^(?:(?:call|new|invocation|member_call|scoped_call|function_call|nullsafe_member_call|object_creation)_expression|call|method_invocation|annotation|marker_annotation|attribute|decorator|pair|import\w*|using_directive|namespace_use_declaration|export_statement|(?:function|class)_(?:definition|declaration)|method_declaration|method|class|local_function_statement)$/;

/** Texts among arguments, in lists and records too. */
function addTexts(into: Collector, value: Value): void {
  if (value.kind === 'text' && isVisibleText(value.text)) into.add('texts', { text: value.text, line: value.line });
  else if (value.kind === 'list') for (const item of value.items) addTexts(into, item);
  else if (value.kind === 'record') for (const item of value.entries.values()) addTexts(into, item);
}

const MOST_WORDY = 3_000;

function addCall(into: Collector, call: Call, language: string, wordy: WordyCall[]): void {
  if (addLabels(into, call, language)) return;
  const hasTitle = addTitle(into, call, language);
  if (hasTitle || addKey(into, call)) return;
  if (!addRoutes(into, call, language) && !addSelectors(into, call)) {
    const helper = addCommand(into, call);
    if (helper && wordy.length < MOST_WORDY) wordy.push(helper);
  }
  for (const arg of [...call.args, ...call.named.values()]) addTexts(into, arg);
}

/** Visits every node once, without recursion: a text may nest deeper than the stack. */
function walk(root: Node, expired: () => boolean, visit: (node: Node) => void): boolean {
  const cursor = root.walk();
  try {
    for (let count = 0; count < MOST_NODES; count += 1) {
      if ((count & 1023) === 1023 && expired()) return false;
      if (cursor.nodeIsNamed && READ.test(cursor.nodeType)) visit(cursor.currentNode);
      if (cursor.gotoFirstChild() || cursor.gotoNextSibling()) continue;
      for (;;) {
        if (!cursor.gotoParent()) return true;
        if (cursor.gotoNextSibling()) break;
      }
    }
    return false;
  } finally {
    cursor.delete();
  }
}

function readTree(into: Collector, root: Node, language: string, expired: () => boolean): boolean {
  const wordy: WordyCall[] = [];
  const isWhole = walk(root, expired, (node) => {
    addImport(into, node, language);
    addDeclaration(into, node, language);
    const call = callOf(node);
    if (!call) return;
    if (MARKS.has(node.type) && language !== 'python') addMark(into, call);
    else addCall(into, call, language, wordy);
  });
  // Whoever takes flags once runs commands.
  const runners = new Set(wordy.filter(({ command }) => command.flags.length > 0).map(({ helper }) => helper));
  for (const { helper, command } of wordy) if (runners.has(helper)) into.add('commands', command);
  return isWhole;
}

/**
 * What one file of tests says: titles, routes, selectors, endpoints, commands, keys, texts, tags, imports and steps, with their lines. Read from the
 * syntax tree of its language, from Gherkin's parser, and from lines where there is neither. Bounded, and never rejects.
 * @param path decides the language
 */
export async function readSpec(path: string, text: string): Promise<SpecContents> {
  const into = new Collector();
  const whole = withoutBom(text).slice(0, LONGEST_TEXT);
  const family = familyOf(path);
  if (family === 'gherkin') return into.contents(readFeature(into, whole));
  if (family === 'bats' || family === 'robot') {
    (family === 'bats' ? scanBats : scanRobot)(into, whole);
    return into.contents(true);
  }
  const language = languageOf(path);
  const id = family ?? language?.id ?? '';
  const said = { go: goBuildTags, python: pytestMarks, php: phpGroups };
  if (id === 'go' || id === 'python' || id === 'php') for (const tag of said[id](whole)) into.add('tags', tag);
  const parsing = language?.grammar && (await parsingFor(language.grammar));
  const isWhole = await parsing?.withTree(whole, (tree, expired) => {
    const done = readTree(into, tree.rootNode, id, expired);
    return done && !(tree.rootNode.hasError && tree.rootNode.firstChild?.type === 'ERROR');
  });
  if (isWhole === true) return into.contents(true);
  scanLines(into, whole);
  return into.contents(false);
}
