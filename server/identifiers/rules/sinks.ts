import type { Composed, Expression } from '../flow/model.ts';
import { isBareId, isIdName, isMachinery, isNumberOf, wordsOf } from '../flow/names.ts';
import { nameOf, type Sink } from '../flow/trail.ts';
import { DISAMBIGUATES, labelOf } from './parts.ts';

/** Words of functions and receivers that write for people, keep in memory or find a place. */
const QUIET_WORDS: ReadonlySet<string> = new Set(
  [
    'log logger logging console debug info warn warning error errorf trace print println printf fatal panic throw assert timber',
    'cache cached memo memoize redis session throttle debounce lock mutex semaphore ratelimit rate limiter',
    'url uri href path file filename folder dir directory blob bucket route navigate redirect fetch request http endpoint host hostname query',
    'label title msg text description display caption translate localize i18n t tr placeholder tooltip style css color html selector',
    'exception err metric metrics gauge counter stats statsd histogram permission scope env config hash digest sha256 md5 hmac sign cookie',
  ].flatMap((line) => line.split(' ')),
);
/** Words that say so only where they are what is spoken of: `image`, unlike `imageStore`. */
const QUIET_HEADS: ReadonlySet<string> = new Set(
  'link message class topic event branch tag version image date time address email header'.split(' '),
);
/** What a browser or a device keeps for itself. */
const LOCAL_STORAGE = /^(?:local|session|async|secure|browser|device)?_?storage$/i;
const isQuietName = (name: string): boolean => {
  const words = wordsOf(name).map((word) => (word.length > 3 && !QUIET_WORDS.has(word) ? word.replace(/s$/, '') : word));
  return LOCAL_STORAGE.test(name) || words.some((word) => QUIET_WORDS.has(word)) || QUIET_HEADS.has(words.at(-1) ?? '');
};

/** Methods of maps and sets, whose keys live in memory. */
const MAP_METHODS =
  /^(?:get|has|set|add|put|delete|remove|contains|containsKey|contains_key|includes|putIfAbsent|computeIfAbsent|getOrDefault|GetOrAdd|TryGetValue|TryAdd|ContainsKey|setdefault|pop|push|append|insert|Load|Store|LoadOrStore|some|find|filter|indexOf|concat)$/;
/** Receivers whose name says that they are a map or a set in memory. */
const IN_MEMORY =
  /(?:^|[a-z_])(?:[mM]ap|[dD]ict(?:ionary)?|[sS]et|[lL]ookup|[mM]emo|[bB]y_?[A-Z]\w*)$|^(?:seen|known|visited|processed|duplicates|dedup\w*)/;
/** What a function's name says after what it makes. */
const PURPOSE = /(?:(?:From|For|Of|By|With|In|_from_|_for_|_of_|_by_|_with_)(?:[A-Z_\d]|(?<=_)).*|(?:From|For|Of|By))$/;
/** A function that does something with what it is given, unlike a type that is written with a capital. */
const DOES =
  /^(?:Get|Set|Find|Load|Is|Has|Try|Sanitize|Parse|Validate|Format|To|From|Normalize|Encode|Decode|Escape|Remove|Delete|Update|Create|Build|Make|Read|Write|Add|Check|Map|Resolve|Extract|Split|Use|With)(?=[A-Z])/;

/** What a page or a map is drawn with. */
const ON_PAGE = /(?:feature|element|node|marker|layer|overlay|view|widget)$/i;
/** Words of names of what a page is drawn with. */
const ON_PAGE_WORD = /(?:^|_)(?:feature|overlay|layer|checkbox|link|err|error)_id$/;
/** Values that are made and never stored. */
const NO_RECORD = /error|exception|warning|cache|log|metric|url|uri|path|key|label|text/i;

/** Whether a function makes an identifier, by its name: `buildRuleID`, `mapDocumentIdToSecondaryId`, `addonIdFromPath`, `GetRowKey`. */
const isMaker = (name: string): boolean => isIdName(name) || isIdName(name.replace(PURPOSE, ''));

/**
 * How sure it is that a value becomes an identifier somewhere: of a record that is stored or published, or of something in this file. `quiet`: it is a
 * key in memory, a text for people or an address. `undefined`: the sink says nothing.
 */
export type Strength = 'stored' | 'named' | 'quiet' | undefined;

/** What a sink makes of a value. */
export function strengthOf(sink: Sink): Strength {
  switch (sink.as) {
    case 'assigned':
      if (sink.target.kind === 'member' && isNumberOf(sink.name, nameOf(sink.target.object))) return 'stored';
      if (!isIdName(sink.name)) return isQuietName(sink.name) ? 'quiet' : undefined;
      if (isMachinery(sink.name)) return 'quiet';
      return sink.field || sink.target.kind === 'member' ? 'stored' : 'named';
    case 'field':
      if (sink.record.of === 'element') return 'quiet';
      if (isNumberOf(sink.name, sink.record.type ?? '')) return 'stored';
      if (!isIdName(sink.name)) return isQuietName(sink.name) ? 'quiet' : undefined;
      if (isMachinery(sink.name)) return undefined;
      return isBareId(sink.name) ? 'named' : 'stored';
    case 'returned':
      if (isQuietName(sink.from.name.replace(PURPOSE, ''))) return 'quiet';
      // The verb says nothing of what is made.
      if (isMaker(sink.from.name) && !isMachinery(sink.from.name.replace(/^_*(?:build|map|format)(?=[_A-Z])/, ''))) return 'stored';
      return /^(?:to_?string|string|__str__|to_s)$/i.test(sink.from.name) && isIdName(sink.from.container ?? '') ? 'stored' : undefined;
    case 'argument':
      return ofArgument(sink);
    case 'index':
      return 'quiet';
    default:
      return undefined;
  }
}

function ofArgument({ call, parameter, name }: Sink & { as: 'argument' }): Strength {
  const receiver = nameOf(call.receiver);
  // `OidcProviderConfig(idp_id=...)`: a record, whatever it is a record of.
  if (call.constructs && name !== undefined && isIdName(name) && !isMachinery(name) && !NO_RECORD.test(call.name)) return 'stored';
  if (name !== undefined && (isNumberOf(name, call.name) || isNumberOf(name, receiver))) return 'stored';
  if (/^set_?number$/i.test(call.name) && isNumberOf('number', receiver)) return 'stored';
  if (isQuietName(call.name) || (receiver !== '' && isQuietName(receiver))) return 'quiet';
  if (/^set_?id$/i.test(call.name)) return ON_PAGE.test(receiver) ? 'quiet' : 'stored';
  const isType = call.constructs || (/^[A-Z]/.test(call.name) && !DOES.test(call.name));
  if (isType && isIdName(call.name) && !isMachinery(call.name)) return 'stored';
  if (call.receiver && MAP_METHODS.test(call.name)) {
    if (IN_MEMORY.test(receiver)) return 'quiet';
    const collects = /^(?:add|push|append)$/i.test(call.name);
    const isIds = isIdName(receiver) && !isBareId(receiver.replace(/s$/, ''));
    return collects && (isIds || /^(?:u?u?ids|guids|fqns)$/i.test(receiver)) ? 'named' : undefined;
  }
  const known = name ?? parameter;
  if (known !== undefined) return isQuietName(known) ? 'quiet' : isIdName(known) && !isMachinery(known) ? 'stored' : undefined;
  const asked = /(?:find|get|load|fetch|query|exists|delete|remove|update|set)\w*?_?[bB]y_?(?=[A-Za-z])(.*)$/i.exec(call.name)?.[1];
  return asked !== undefined && isIdName(asked) ? 'stored' : undefined;
}

/** On a page, keys of elements, rows and series are named like identifiers: only what has the name of an entity's identifier counts. */
export function strengthOnPage(sink: Sink, { parts }: Composed): Strength {
  const strength = strengthOf(sink);
  if (strength === 'quiet' || strength === undefined) return strength;
  if ('name' in sink && ON_PAGE_WORD.test(wordsOf(sink.name ?? '').join('_'))) return undefined;
  if (sink.as === 'returned' && ON_PAGE_WORD.test(wordsOf(sink.from.name).join('_'))) return undefined;
  const holes = parts.filter(({ kind }) => kind !== 'text');
  if (sink.as === 'field' || holes.length < 2 || holes.some((hole) => DISAMBIGUATES.test(labelOf(hole)))) return undefined;
  if (sink.as === 'assigned') return isBareId(sink.name) || sink.field ? undefined : 'named';
  return sink.as === 'returned' && isBareId(sink.from.name) ? undefined : strength;
}

/** What becomes of an identifier at a sink, in words, and where that is written. */
export function saysOf(sink: Sink): { readonly how: string; readonly at: Pick<Expression, 'start' | 'end'> } | undefined {
  switch (sink.as) {
    case 'assigned':
      return { how: sink.field || sink.target.kind === 'member' ? `stored in ${sink.name}` : `kept in ${sink.name}`, at: sink.target };
    case 'field': {
      const field = sink.record.fields.find(({ name }) => name === sink.name);
      return field && { how: `stored in ${sink.name}`, at: field };
    }
    case 'argument':
      return { how: `passed to ${sink.call.name}`, at: sink.call };
    case 'returned':
      return { how: `returned by ${sink.from.name}`, at: { start: sink.from.start, end: sink.from.start } };
    default:
      return undefined;
  }
}
