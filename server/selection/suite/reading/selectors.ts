import { type Call, option, type Value } from './calls.ts';
import type { Collector, Selector } from './contents.ts';

type Kind = Selector['kind'];

/** Functions whose first text names an element, by what they look at. Lower case without underscores, so that each language finds itself. */
const BY_NAME: ReadonlyMap<string, Kind> = new Map([
  ...['getbyrole', 'findbyrole', 'querybyrole', 'getallbyrole', 'findallbyrole'].map((name) => [name, 'role'] as const),
  ...[
    'elementbylabel',
    'getbylabel',
    'getbylabeltext',
    'findbylabeltext',
    'findbylabel',
    'fillin',
    'check',
    'uncheck',
    'choose',
    'attachfile',
    'havefield',
    'hasfield',
  ].map((name) => [name, 'label'] as const),
  ...['havecheckedfield', 'haveuncheckedfield', 'findfield', 'bylabel', 'havenofield', 'haveselect', 'fillfield'].map(
    (name) => [name, 'label'] as const,
  ),
  ...[
    'getbytext',
    'findbytext',
    'querybytext',
    'getallbytext',
    'findallbytext',
    'contains',
    'clicklink',
    'clickon',
    'clickbutton',
    'havecontent',
  ].map((name) => [name, 'text'] as const),
  ...[
    'havetext',
    'havelink',
    'havebutton',
    'havenocontent',
    'havenotext',
    'assertsee',
    'assertdontsee',
    'asserttext',
    'assertnotext',
    'see',
    'dontsee',
  ].map((name) => [name, 'text'] as const),
  ...[
    'tohavetext',
    'tocontaintext',
    'clicklinkorbutton',
    'linktext',
    'partiallinktext',
    'bytext',
    'withtext',
    'hastext',
    'shouldhave',
    'containstext',
  ].map((name) => [name, 'text'] as const),
  ...[
    'tohavetextasync',
    'tocontaintextasync',
    'assertselectortext',
    'textcontains',
    'findlink',
    'findbutton',
    'presslink',
    'press',
    'hascontent',
  ].map((name) => [name, 'text'] as const),
  ...[
    'getbytestid',
    'findbytestid',
    'querybytestid',
    'getallbytestid',
    'getbydatatest',
    'bytestid',
    'getbycy',
    'accessibilityid',
    'elementbyid',
    'elementbytestid',
    'bytestids',
  ].map((name) => [name, 'testid'] as const),
  ...['getbyplaceholder', 'getbyplaceholdertext', 'findbyplaceholdertext'].map((name) => [name, 'placeholder'] as const),
  ...[
    'locator',
    'queryselector',
    'queryselectorall',
    '$',
    '$$',
    '$x',
    'cssselector',
    'css',
    'xpath',
    'classname',
    'waitforselector',
    'havecss',
  ].map((name) => [name, 'css'] as const),
  ...[
    'haveselector',
    'havexpath',
    'havenocss',
    'havenoselector',
    'selector',
    'within',
    'waitforelementvisible',
    'waitforelementpresent',
    'clickelement',
  ].map((name) => [name, 'css'] as const),
  ...[
    'sendkeys',
    'setvalue',
    'findelement',
    'findelements',
    'assertselector',
    'assertnoselector',
    'waitfor',
    'framelocator',
    'waitforelement',
    'assertvisible',
  ].map((name) => [name, 'css'] as const),
]);

/** `click('#save')`: a selector if it looks like one, and otherwise a text (Capybara, Dusk, CodeceptJS). */
const EITHER = new Set([
  'click',
  'dblclick',
  'hover',
  'fill',
  'type',
  'press',
  'find',
  'findfirst',
  'first',
  'all',
  'select',
  'selectoption',
  'tap',
  'focus',
  'see',
  'waitfor',
  'get',
  'element',
  'isvisible',
  'textcontent',
  'innertext',
  'clear',
  'uploadfile',
  'selectfrom',
  'clickandwait',
]);
const DRIVERS =
  /^(?:page|cy|browser|driver|client|app|by|I|await|t|sb|frame|context|popup|element|webdriver|this|self|selenium|\$browser|\$I|locator|screen|_?page|_?driver)$/i;
const LOOKS_CSS = /^[#.[*]|^\/\/|^(?:text|css|xpath|id|role|data-testid)=|[>[\]]|::|^~|^[a-z][\w-]*(?:[.#:[ ][\w\-#.:[\] >="'()]*)?$/;

/** Take a selector and a text; with one argument alone it is the text, for an element that was found before. */
const TYPING = new Set(['sendkeys', 'setvalue', 'fillfield']);

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('_', '')
    .replace(/async$/, '');

const ATTRIBUTES: readonly (readonly [RegExp, Kind])[] = [
  [
    /\[data-(?:testid|test-id|test|cy|qa|e2e|automation-id|pw|hook|test-subj|component)\s*[*^$~|]?=\s*\\?["']?([^\]"'\\]{1,200})/gi,
    'testid',
  ],
  [/\[name\s*[*^$]?=\s*\\?["']?([^\]"'\\]{1,200})/gi, 'name'],
  [/\[placeholder\s*[*^$]?=\s*\\?["']?([^\]"'\\]{1,200})/gi, 'placeholder'],
  [/\[(?:aria-label|title|alt)\s*[*^$]?=\s*\\?["']?([^\]"'\\]{1,200})/gi, 'label'],
  [/:(?:has-text|text|text-is|contains)\(\s*\\?["']?([^)"'\\]{1,200})/gi, 'text'],
  [/(?:text\(\)|normalize-space\([^)]{0,20}\)|contains\([^,()]{0,30}(?:\(\))?),?\s*=?\s*\\?["']([^"'\\]{1,200})/gi, 'text'],
  [/^(?:text|link|linkText|partialLinkText)=\s*["']?([^"']{1,200})/gi, 'text'],
  [/^(?:data-testid|data-test-id|data-test|id)=([^"'>\s]{1,200})|^~([^"']{1,200})/gi, 'testid'],
];

/** The parts of a selector that say something to people, and the whole of it. */
export function addCss(into: Collector, text: string, line: number): void {
  into.add('selectors', { kind: 'css', text, line });
  for (const [pattern, kind] of ATTRIBUTES) {
    for (const match of text.matchAll(pattern)) {
      const found = match[1] ?? match[2];
      if (found) into.add('selectors', { kind, text: found, line });
    }
  }
  const role = /^role=(\w+)(?:\[name=["']?([^"'\]]{1,200}))?/.exec(text);
  if (role) into.add('selectors', { kind: 'role', role: role[1] ?? '', text: role[2] ?? '', line });
}

const known = (value: Value | undefined): string | undefined =>
  value?.kind === 'text' || value?.kind === 'pattern' ? value.text : undefined;

/** `By.ID, "save"` and `By.id("save")`: what the second name says. */
function byKind(how: string): Kind | 'id' | undefined {
  const name = plain(how.slice(how.lastIndexOf('.') + 1)).replace('selector', '');
  if (name === 'id') return 'id';
  if (name === 'name') return 'name';
  if (name === 'linktext' || name === 'partiallinktext' || name === 'text') return 'text';
  if (name === 'label') return 'label';
  if (name === 'accessibilityid') return 'testid';
  return name === 'css' || name === 'xpath' || name === 'classname' || name === 'tagname' ? 'css' : undefined;
}

/** Selectors of a call: by role, label, text, test id, placeholder, name and CSS. True where the call is one. */
export function addSelectors(into: Collector, call: Call): boolean {
  const { line } = call;
  const name = plain(call.name);
  const first = call.args[0];
  // Test ids are often constants: `TestIDs.SAVE` says SAVE.
  const constant =
    first?.kind === 'name' && /\.[A-Za-z]\w*$/.test(first.text) ? first.text.slice(first.text.lastIndexOf('.') + 1) : undefined;
  const text = known(first) ?? (BY_NAME.get(name) === 'testid' || (call.root === 'by' && call.name === 'id') ? constant : undefined);
  const put = (kind: Kind, value: string): void =>
    kind === 'css' ? addCss(into, value, line) : into.add('selectors', { kind, text: value, line });
  for (const key of ['hasText', 'has_text', 'HasText']) {
    const said = known(option(call, key));
    if (said) put('text', said);
  }
  // By.id("x") of Selenium is the attribute; by.id("x") of Detox is the test id.
  if (/^(?:By|by|MobileBy|AppiumBy|FindBy)$/.test(call.root) || call.name === 'FindBy') {
    const kind = byKind(call.name);
    if (text !== undefined && kind)
      put(kind === 'id' ? (call.root === 'by' ? 'testid' : 'css') : kind, kind === 'id' && call.root !== 'by' ? `#${text}` : text);
    for (const [how, value] of call.named) {
      const said = known(value);
      const named = byKind(how);
      if (said && named) put(named === 'id' ? 'css' : named, named === 'id' ? `#${said}` : said);
    }
    return true;
  }
  const second = known(call.args[1]);
  if (first?.kind === 'name' && /^By\.|^AppiumBy\.|^MobileBy\./.test(first.text) && second !== undefined) {
    const kind = byKind(first.text);
    if (kind) put(kind === 'id' ? 'css' : kind, kind === 'id' ? `#${second}` : second);
    return true;
  }
  if (call.name === 'get' && call.root === 'cy') {
    if (text !== undefined && !text.startsWith('@')) addCss(into, text, line);
    return true;
  }
  const kind = BY_NAME.get(name);
  if (kind === 'role') {
    const role = text ?? (first?.kind === 'name' ? first.text.slice(first.text.lastIndexOf('.') + 1).toLowerCase() : '');
    into.add('selectors', { kind, role, text: known(option(call, 'name')) ?? known(option(call, 'Name')) ?? '', line });
    return true;
  }
  if (kind !== undefined && text !== undefined) {
    // `cy.contains('button', 'Save')` and `click_on "Save"`.
    if (name === 'contains' && second !== undefined) {
      addCss(into, text, line);
      put('text', second);
    } else if (!TYPING.has(name) || call.args.length > 1) put(kind, text);
    if (name === 'choose' || name === 'check') return true;
    const from = known(option(call, 'from')) ?? known(option(call, 'with_options'));
    if (from) put('label', from);
    return true;
  }
  const from = known(option(call, 'from'));
  if (name === 'select' && from !== undefined) {
    if (text !== undefined) put('text', text);
    put('label', from);
    return true;
  }
  if (EITHER.has(name) && text !== undefined && (call.root === '' || DRIVERS.test(call.root) || call.near === 'locator')) {
    if (/^\/(?!\/)|^https?:/.test(text)) return false;
    if (LOOKS_CSS.test(text)) addCss(into, text, line);
    else if (name !== 'type' && name !== 'fill' && name !== 'get') put('text', text);
    return true;
  }
  return false;
}
