/** Words of a name, lower case: `newRuleID` is new, rule, id; `rule_ids` is rule, ids. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(UUID|GUID|UID|ID|URN|FQN)s(?![a-z])/g, (plural) => `${plural.charAt(0)}${plural.slice(1).toLowerCase()}`)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** What the last word of an identifier's name is. */
const ID_WORDS: ReadonlySet<string> = new Set([
  ...['id', 'ids', 'uid', 'uids', 'guid', 'guids', 'uuid', 'urn', 'urns', 'arn', 'gid', 'fqn', 'oid', 'pk', 'sku', 'skus', 'mxid', 'sid'],
  ...['identifier', 'identifiers', 'ident'],
]);
/** Words that make a key an identifier of something stored. */
const STORED_KEYS: ReadonlySet<string> = new Set([
  'row',
  'partition',
  'primary',
  'natural',
  'business',
  'surrogate',
  'record',
  'entity',
  'document',
  'recipient',
  'foreign',
]);
/** What organizations number: the number is what they know the thing by. */
const NUMBERED: readonly string[] = [
  ...['order', 'invoice', 'customer', 'account', 'case', 'ticket', 'policy', 'contract', 'booking', 'reservation', 'claim', 'shipment'],
  ...[
    'consignment',
    'delivery',
    'receipt',
    'quote',
    'quotation',
    'purchase',
    'article',
    'product',
    'item',
    'asset',
    'member',
    'membership',
  ],
  ...['employee', 'student', 'patient', 'vendor', 'supplier', 'voucher', 'document', 'licence', 'license', 'permit', 'certificate'],
  ...['registration', 'parcel', 'subscription', 'application', 'payment', 'refund', 'job', 'project'],
];
const NUMBERED_WORDS: ReadonlySet<string> = new Set(NUMBERED);
const NUMBER_WORDS: ReadonlySet<string> = new Set(['number', 'numbers', 'no', 'nr']);
const anyOf = (words: readonly string[]): string => words.join('|');
const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
const IDS = [...ID_WORDS];
const KEYS = [...STORED_KEYS];
const SMALL = [...IDS, ...KEYS.map((word) => `${word}[-_ ]?keys?`)];
const CAPITAL = [...IDS.map(capital), ...KEYS.flatMap((word) => [`${word}Keys?`, `${capital(word)}Keys?`])];
const LARGE = [...IDS, ...KEYS.flatMap((word) => [`${word}_?key`, `${word}_?keys`])].map((word) => word.toUpperCase());
/** A number behind what is numbered. The rare word first: what is before it is looked at only where it is. */
const numberOf = (number: string, things: readonly string[]): string => `${number}(?<=(?:${anyOf(things)})${number})`;

/** What every name has that {@link ID_NAME_IN_TEXT} finds: asked first, because it takes half the time and most lines have none. */
export const ID_LETTERS = new RegExp(anyOf([...IDS, 'key', '[a-z]_?n(?:umber|[or])']), 'i');

/** Where a text may hold a name for which {@link isIdName} is true: cheap, and wider. */
export const ID_NAME_IN_TEXT = new RegExp(
  [
    `(?<![A-Za-z])(?:${anyOf(SMALL)})(?![a-z])`,
    `(?:${anyOf(CAPITAL)})(?![a-z])`,
    `(?<![A-Z])(?:${anyOf(LARGE)})s?(?![a-z]|[A-Z]{2})`,
    `(?:${numberOf('N(?:umbers?|[or])', [...NUMBERED, ...NUMBERED.map(capital)])}|${numberOf('_n(?:umbers?|[or])', NUMBERED)})(?![a-z])`,
    `${numberOf(
      '_N(?:UMBERS?|[OR])',
      NUMBERED.map((word) => word.toUpperCase()),
    )}(?![A-Z])`,
  ].join('|'),
);

/** What follows the word without changing what it is. */
const TAILS: ReadonlySet<string> = new Set(['str', 'string', 'value', 'text', 'param', 'arg', 'raw', 'ref', 'prefix', 'items', 'parts']);

/** What there are several of by their number, and not by name: `step-2-done` of a step. */
const ENUMERATED: ReadonlySet<string> = new Set([
  ...[
    'status',
    'state',
    'type',
    'kind',
    'mode',
    'step',
    'stage',
    'level',
    'role',
    'locale',
    'language',
    'region',
    'zone',
    'format',
    'theme',
  ],
  ...['variant', 'size', 'color', 'event', 'action', 'view', 'tab', 'page', 'route', 'topic', 'name', 'title', 'class', 'style', 'command'],
]);

/** Whether a short word stands for the thing that a name is of: `wh` for `warehouse`, `cust` for `customerId`. */
export function abbreviates(short: string, name: string): boolean {
  const words = wordsOf(name);
  const isId = isIdName(name);
  const thing = (isId ? words[words.length - 2] : words.at(-1)) ?? '';
  if (ENUMERATED.has(thing) || short[0] !== thing[0] || (short === thing && !isId)) return false;
  let at = 0;
  for (const letter of thing) if (letter === short[at]) at += 1;
  return at === short.length;
}

/** Things whose identifiers are of the machinery, not of the business: nobody stores them. */
const MACHINERY: ReadonlySet<string> = new Set([
  ...[
    'element',
    'dom',
    'html',
    'css',
    'node',
    'form',
    'input',
    'button',
    'label',
    'tab',
    'panel',
    'modal',
    'dialog',
    'widget',
    'div',
    'aria',
  ],
  ...[
    'cell',
    'column',
    'row',
    'navigate',
    'target',
    'dataset',
    'series',
    'chart',
    'axis',
    'gradient',
    'marker',
    'svg',
    'icon',
    'option',
    'menu',
  ],
  ...[
    'process',
    'thread',
    'trace',
    'span',
    'request',
    'correlation',
    'log',
    'timer',
    'animation',
    'frame',
    'build',
    'cache',
    'test',
    'mock',
    'fake',
  ],
  ...[
    'dedupe',
    'unique',
    'lookup',
    'map',
    'notification',
    'controller',
    'port',
    'edge',
    'block',
    'link',
    'nav',
    'navigation',
    'view',
    'component',
    'client',
    'message',
    'temp',
    'tmp',
    'protocol',
    'msg',
    'elem',
    'btn',
    'dedup',
    'deduplication',
    'idempotency',
    'safe',
    'title',
    'heading',
    'tooltip',
  ],
]);

/** Whether a name is that of an identifier, by its words. */
export function isIdName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.findLastIndex((word) => !TAILS.has(word));
  const word = words[last] ?? '';
  if (ID_WORDS.has(word)) return true;
  const before = words[last - 1] ?? '';
  return ((word === 'key' || word === 'keys') && STORED_KEYS.has(before)) || (NUMBER_WORDS.has(word) && NUMBERED_WORDS.has(before));
}

/** Whether a field is the number of something that organizations number: `number` of an `Invoice`. */
export const isNumberOf = (name: string, owner: string): boolean =>
  /^(?:number|no|nr)$/i.test(name) && NUMBERED_WORDS.has(wordsOf(owner).at(-1) ?? '');

/** What languages and systems call their names identifiers of: `parseTableIdentifier`, `getRuntimeIdentifier`. */
const NAMED_BY_CODE: ReadonlySet<string> = new Set(
  'month week year table column sql schema postgres quoted qualified runtime platform variable method property class route'.split(' '),
);

/** Whether an identifier's name says that it lives in memory or on a page only. */
export function isMachinery(name: string): boolean {
  const words = wordsOf(name);
  if (/^ident/.test(words.at(-1) ?? '') && NAMED_BY_CODE.has(words.at(-2) ?? '')) return true;
  return words.some((word, at) => MACHINERY.has(word) && !(STORED_KEYS.has(word) && words[at + 1]?.startsWith('key')));
}

/** Words that say which one, not of what. */
const ARTICLES: ReadonlySet<string> = new Set([
  ...[
    'existing',
    'new',
    'old',
    'current',
    'selected',
    'active',
    'next',
    'prev',
    'previous',
    'last',
    'first',
    'this',
    'my',
    'own',
    'base',
    'full',
    'the',
    'a',
    'item',
    'entry',
    'other',
    'to',
    'from',
    'parent',
    'child',
    'root',
  ],
]);

/** `id` alone, or `existingId`, says nothing of what it identifies. */
export const isBareId = (name: string): boolean =>
  wordsOf(name).every((word) => ID_WORDS.has(word) || ARTICLES.has(word) || TAILS.has(word) || word === 'key');
