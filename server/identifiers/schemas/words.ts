/** Words of a name, lower case: `OrderLine_ID` gives `order`, `line`, `id`; `hostName` gives `host`, `name`. */
export const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** The singular of an English noun, as far as names of tables need it. */
export const singular = (word: string): string =>
  word
    .replace(/ies$/, 'y')
    .replace(/(ss|us|is)$/, '$1\0')
    .replace(/(x|ch|sh|ss)es$/, '$1')
    .replace(/s$/, '')
    .replace('\0', '');

const IDENTIFYING = new Set(['id', 'ids', 'uid', 'key', 'pk', 'oid', 'rowid', 'number', 'num', 'no', 'nr', 'seq', 'sequence']);

/** Whether a name says that its value identifies something: `id`, `order_id`, `Key`. */
export const isIdName = (name: string): boolean => {
  const last = wordsOf(name).at(-1);
  return last !== undefined && IDENTIFYING.has(last);
};

const REFERRING = new Set(['sku', 'ref', 'reference', 'guid', 'identifier', 'handle', 'urn']);

/** Whether a field identifies something for people, too: what {@link isIdName} says, and `sku`, `reference`. */
export function isReferenceName(name: string): boolean {
  const last = wordsOf(name).at(-1);
  return isIdName(name) || (last !== undefined && REFERRING.has(last));
}

/** Things of which there are few, and nobody adds them by the million. */
const BOUNDED = new Set(
  (
    'type kind class status state category role level priority severity country currency language locale unit timezone zone region date day week month quarter year hour ' +
    'time platform operation permission privilege feature setting config configuration option preference enum lookup dictionary dict code color colour gender title ' +
    'migration version schema lock flag template plan tier rank grade mode method format reason rating frequency parameter property province flyway liquibase'
  ).split(' '),
);
const GROWING = new Set('history historical log audit event change revision snapshot archive'.split(' '));
/** Words around the noun that say what the table is for. */
const ROLES = new Set(
  'tbl tb dim dimension ref lu lkp lookup enum mst master m t d app sys system core base entity model record'.split(' '),
);
/** How tables begin that list the values of something. */
const LISTING = new Set('lk lu lkp lut lookup enum ref dict'.split(' '));

/** Whether a table holds things of which there are few: its last word says so (`order_types`), or a prefix does (`lu_color`). */
export function isBounded(table: string): boolean {
  const words = wordsOf(table).map(singular);
  if (LISTING.has(words[0] ?? '')) return true;
  // What happened to things of which there are few is no longer few.
  if (words.some((word) => GROWING.has(word))) return false;
  if (words.some((word) => word === 'lookup' || word === 'enum' || word === 'dictionary')) return true;
  const last = words.filter((word) => !ROLES.has(word)).at(-1);
  return last !== undefined && BOUNDED.has(last);
}

/** What a value is that people choose or may change, by the last words of its name. */
const NATURAL: readonly (readonly [RegExp, string])[] = [
  [/(?:^| )(?:e ?mail|mail)(?: address)?$/, 'an email address'],
  [/(?:^| )(?:phone|telephone|mobile|msisdn|fax)(?: number| no)?$/, 'a phone number'],
  [/(?:^| )(?:licen[cs]e |number |registration |vehicle )?plates?(?: number| no)?$/, 'a number plate'],
  [/(?:^| )(?:postal code|post ?code|zip(?: ?code)?)$/, 'a postal code'],
  [
    /(?:^| )(?:ssn|social security number|national id|passport(?: number)?|tax id|vat(?: id| number)?)$/,
    'a number that an authority gives',
  ],
  [/(?:^| )slug$/, 'a slug'],
  [/(?:^| )(?:user ?name|login(?: name)?|nick ?name|handle|screen name)$/, 'a user name'],
  [/(?:^| )(?:host ?name|host name|host|fqdn|domain(?: name)?|dns name|server name)$/, 'a host name'],
  [/(?:^| )(?:ip|ip address|ip addr|mac(?: address)?)$/, 'a network address'],
  [/(?:^| )(?:url|uri|href|web ?site)$/, 'an address'],
  [/(?:^| )(?:street|address|addr)$/, 'an address'],
  [/(?:^| )(?:name|names|label|display name|title)$/, 'a name'],
];

/** What a value is that can change and still serves as key, by the name of its column: `an email address`. `undefined` for every other column. */
export function naturalKeyOf(column: string): string | undefined {
  const text = wordsOf(column).join(' ');
  return NATURAL.find(([pattern]) => pattern.test(text))?.[1];
}
