import { type Call, option, textsOf, type Value } from './calls.ts';
import type { Collector, Title } from './contents.ts';

const SUITES = new Set([
  'describe',
  'context',
  'feature',
  'suite',
  'Feature',
  'Describe',
  'Context',
  'When',
  'DescribeTable',
  'describe_with',
  'parallel',
  'serial',
  'fixture',
  'shared_examples',
  'shared_context',
  'RSpec',
]);
const TESTS = new Set([
  'it',
  'test',
  'specify',
  'scenario',
  'Scenario',
  'It',
  'Specify',
  'Entry',
  'example',
  'xit',
  'fit',
  'xtest',
  'PIt',
  'FIt',
  'todo',
]);
const STEPS = new Set(['step', 'By', 'section']);
const MODIFIERS = new Set([
  'only',
  'skip',
  'fixme',
  'slow',
  'fail',
  'each',
  'parallel',
  'serial',
  'concurrent',
  'failing',
  'todo',
  'describe',
  'configure',
  'step',
]);
const TAG = /(?<![\w@./])@([A-Za-z][\w:.-]{0,60})/g;

/** Tags inside of a title: `logs in @smoke`. Addresses of mail are none. */
export function addTagsIn(into: Collector, text: string, line: number): void {
  for (const match of text.matchAll(TAG)) if (match[1]) into.add('tags', { text: match[1], line });
}

function kindOf(call: Call): Title['kind'] | undefined {
  // `test.describe.only(...)`, `it.each(...)(...)`, `test.step(...)`, `t.Run(...)`.
  const names = MODIFIERS.has(call.name) ? [call.name, call.near, call.root] : [call.name];
  if (names.includes('describe') || names.some((name) => SUITES.has(name))) return 'suite';
  if (names.some((name) => STEPS.has(name))) return 'step';
  if (names.some((name) => TESTS.has(name) || /^(?:test|it)[A-Z]\w*$|^\w+Test$/.test(name))) return 'test';
  return call.name === 'Run' && call.root === 't' ? 'test' : undefined;
}

const tagsOf = (value: Value | undefined): string[] => {
  if (value?.kind === 'list') return value.items.flatMap(tagsOf);
  return value?.kind === 'name' ? [value.text.slice(value.text.lastIndexOf('.') + 1)] : textsOf(value);
};
/** Metadata of RSpec whose value says more than its name. */
const METADATA = new Set(['type', 'js', 'tag', 'tags', 'feature', 'driver', 'aggregate_failures', 'wip', 'smoke', 'slow']);

/** The title of a suite or a test, with its tags. True where the call has one. */
export function addTitle(into: Collector, call: Call, language: string): boolean {
  const kind = kindOf(call);
  if (kind === undefined) return false;
  const [first] = call.args;
  const text = first?.kind === 'text' ? first.text : language === 'ruby' && first?.kind === 'name' ? first.text : undefined;
  if (text === undefined || (first?.kind === 'name' && text.startsWith(':'))) return false;
  into.add('titles', { kind, text, line: call.line });
  addTagsIn(into, text, call.line);
  // `tags: '@slow @ci'` of Cypress.
  for (const key of ['tag', 'tags'])
    for (const said of tagsOf(option(call, key)))
      for (const tag of said.split(/\s+/).filter((part) => part !== '')) into.add('tags', { text: tag.replace(/^@/, ''), line: call.line });
  if (language !== 'ruby') {
    for (const arg of call.args.slice(1))
      if (arg.kind === 'name' && /^(?:Serial|Ordered)$/.test(arg.text)) into.add('tags', { text: arg.text, line: call.line });
    return true;
  }
  for (const arg of call.args.slice(1))
    if (arg.kind === 'name' && arg.text.startsWith(':')) into.add('tags', { text: arg.text.slice(1), line: call.line });
  for (const [key, value] of call.named) {
    if (value.kind === 'name' && value.text === 'true') into.add('tags', { text: key, line: call.line });
    else if (METADATA.has(key)) {
      const said = value.kind === 'name' ? value.text.replace(/^:/, '') : textsOf(value)[0];
      into.add('tags', { text: said === undefined ? key : `${key}:${said}`, line: call.line });
    }
  }
  return true;
}

const MARKS: Readonly<Record<string, true>> = {
  Tag: true,
  Category: true,
  Trait: true,
  Tags: true,
  TestCategory: true,
  Group: true,
  group: true,
  Property: true,
  DisplayName: true,
  Description: true,
};

/** Labels of Ginkgo, and tags that CodeceptJS chains to a scenario. True where the call is one. */
export function addLabels(into: Collector, call: Call, language: string): boolean {
  const isLabel = (language === 'go' && call.name === 'Label') || (call.name === 'tag' && /^(?:Scenario|Feature)$/.test(call.root));
  if (isLabel) for (const text of call.args.flatMap(textsOf)) into.add('tags', { text: text.replace(/^@/, ''), line: call.line });
  return isLabel;
}

/** Annotations and attributes of Java, Kotlin, C# and PHP. */
export function addMark(into: Collector, call: Call): void {
  // TestNG: `@Test(groups = {"smoke"})`.
  if (call.name === 'Test') for (const text of textsOf(call.named.get('groups'))) into.add('tags', { text, line: call.line });
  if (!Object.hasOwn(MARKS, call.name)) return;
  const texts = [...call.args.flatMap(textsOf), ...[...call.named.values()].flatMap(textsOf)];
  if (call.name === 'DisplayName' || call.name === 'Description') {
    if (texts[0]) into.add('titles', { kind: 'test', text: texts[0], line: call.line });
    return;
  }
  const isPair = (call.name === 'Trait' || call.name === 'Property') && texts.length === 2;
  const named =
    call.name === 'Category'
      ? call.args.flatMap((arg) => (arg.kind === 'name' ? [arg.text.slice(arg.text.lastIndexOf('.') + 1)] : []))
      : [];
  const said = isPair ? [texts[0] === 'Category' ? (texts[1] ?? '') : texts.join(':')] : [...texts, ...named];
  for (const text of said) into.add('tags', { text, line: call.line });
}

const KEY_FUNCTIONS = new Set([
  't',
  '$t',
  'tr',
  'translate',
  'i18n',
  'gettext',
  '__',
  'trans',
  'formatMessage',
  'getTranslation',
  'localize',
  'tc',
  '$tc',
]);

/** Keys of translations: `t('cart.title')`, `I18n.t("cart.title")`. */
export function addKey(into: Collector, call: Call): boolean {
  if (!KEY_FUNCTIONS.has(call.name)) return false;
  const id = option(call, 'id');
  const [text] = textsOf(id ?? call.args[0]);
  if (text === undefined || text === '' || text.length > 200) return false;
  const scope = textsOf(option(call, 'scope'))[0];
  into.add('keys', { text: scope === undefined ? text : `${scope}.${text}`, line: call.line });
  return true;
}

/** Whether a literal is a text that people may see: words, and no path, selector or command. */
export const isVisibleText = (text: string): boolean =>
  text.length >= 2 &&
  text.length <= 300 &&
  !/^[./#[~$@<{\\-]|^\w+:\/\/|[{};=<>\\]|^\w+[._/:-]\w/.test(text) &&
  (/\p{L}\s+\p{L}/u.test(text) || /^\p{Lu}\p{Ll}+$/u.test(text));
