import type { CodeFunction, Composed, Expression } from '../flow/model.ts';
import { isBareId, isIdName, isMachinery, isNumberOf, wordsOf } from '../flow/names.ts';
import { speaksOf } from '../flow/speaks.ts';
import { nameOf, type Place, type Sink, type Trail } from '../flow/trail.ts';
import { isOfContainer } from './of-program.ts';
import { DISAMBIGUATES, labelOf } from './parts.ts';

/** Words of functions and receivers that write for people, keep in memory or find a place. */
const QUIET_WORDS: ReadonlySet<string> = new Set(
  [
    'log logger logging console debug info warn warning error errorf trace print println printf fatal panic throw assert timber',
    'cache cached memo memoize redis valkey memcached memcache kv session throttle debounce lock mutex semaphore ratelimit rate limiter',
    'url uri href path file filename folder dir directory blob bucket route navigate redirect fetch request http endpoint host hostname query',
    'label title msg text description display caption translate localize i18n t tr placeholder tooltip style css color html selector attrs validate validator validation',
    'diag diags diagnostic diagnostics exception err metric metrics gauge counter stats statsd histogram permission scope env config hash digest sha256 md5 hmac sign cookie',
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
/** Commands of key-value stores, whose first argument is a key. */
const KEY_VALUE =
  /^(?:setex|psetex|setnx|set_?ex|hm?set|hm?get|hgetall|hdel|hincrby|sadd|srem|smembers|sismember|zadd|zrem|zrange\w*|zincrby|lpush|rpush|lpop|rpop|lrange|incr|incrby|decr|decrby|expire|pexpire|expireat|pttl|ttl|getset|getdel|getex)$/i;
/** Looks up an element of a page, a feature of a map or a view. */
const PAGE_LOOKUP = /^(?:getElements?By|querySelector|get(?:Feature|Layer|Overlay|Marker|Element)By|find(?:View|Element|Layer)By)/;
/** Makes a key that is none of a record: `buildScopedKeyById`. */
const KEY_MAKER = /^(?:build|make|create|generate|gen|get|to|format|compose)\w*[kK]ey$/;
/** `for_id(id)` is for an identifier, and makes none; `bookIdPrefix` is what comes before one. */
const NO_MAKER = /^(?:for|by|from|with|of|is|has|in|on|per)_?(?:[A-Z]|(?<=_))|[pP]refix$/;

/** A function that does something with what it is given, unlike a type that is written with a capital. */
const DOES =
  /^(?:Get|Set|Find|Load|Is|Has|Try|Sanitize|Parse|Validate|Format|To|From|Normalize|Encode|Decode|Escape|Remove|Delete|Update|Create|Build|Make|Read|Write|Add|Check|Map|Resolve|Extract|Split|Use|With)(?=[A-Z])/;

/** What a page or a map is drawn with. */
const ON_PAGE = /(?:feature|element|node|marker|layer|overlay|view|widget)$/i;
/** Types of what a chart is drawn with: `GanttData`. */
const ON_CHART = /^(?:Gantt|Chart|Timeline|Kanban|Heatmap|Sankey)(?=[A-Z\d_]|$)/;
/** A type of such things: `FeatureWithCode`. */
const ON_PAGE_TYPE = /^(?:\w*[a-z])?(?:Feature|Element|Marker|Layer|Overlay|View|Widget|Component)(?![a-z])/;
/** Words of names of what a page or a map is drawn with: `clicked_feature_id`, `mission_feature_point_id`. */
const ON_PAGE_WORD =
  /(?:^|_)(?:(?:overlay|layer|marker|popup)_(?:\w+_)?|(?:checkbox|link|container|modal|err|error|over|active|drag|dragged|draggable|drop|dropped|droppable)_)id$/;
/** A feature of a map, where the file speaks of one; else it may be one of a product. */
const MAP_FEATURE = /(?:^|_)feature_(?:\w+_)?id$/;
const OF_MAPS =
  /(?:^|_)(?:layer|overlay|geometry|coordinates?|geojson|projection|zoom|ol|mapbox|maplibre|leaflet)(?:_|$)|(?:^|_)map_(?:view|layer|feature|tile|marker|style|box|point|pin|center|bounds)/;

/** Whether an identifier is one of what a page or a map is drawn with, by its name. */
export function isOnPage(name: string, trail: Trail): boolean {
  const words = wordsOf(name).join('_');
  return ON_PAGE_WORD.test(words) || (MAP_FEATURE.test(words) && speaksOf(trail, OF_MAPS));
}
/** Attributes of an element: `attrs["id"]`. */
const ATTRIBUTES = /(?:^|[_a-z])(?:[aA]ttrs|[dD]ataset|[pP]rops)$/;
/** Elements of a page by what variables of scripts are called, and nothing else is. */
const ELEMENT = /^(?:el|elem|dom_?element|btn|button|input|checkbox|textarea|fieldset|div|span)$/i;
/** Records that only tell somebody what went wrong. */
const TOLD = /(?:^|[._a-z\d])(?:Diagnostic|Error|Exception|LogEntry|LogRecord)$/;
/** Values that are made and never stored. */
const NO_RECORD = /error|exception|warning|cache|log|metric|url|uri|path|key|label|text/i;

/** Whether a function makes an identifier, by its name: `buildRuleID`, `mapDocumentIdToSecondaryId`, `addonIdFromPath`, `GetRowKey`. */
const isMaker = (name: string): boolean => {
  // `ORDER_BY_ID` and `urlForOrderId` say what something is made from.
  const made = (/[a-z]/.test(name) ? name : name.toLowerCase()).replace(PURPOSE, '');
  return !NO_MAKER.test(name) && isIdName(made);
};

/**
 * How sure it is that a value becomes an identifier somewhere: of a record that is stored or published, of what a function takes by that name, or of
 * something in this file. `quiet`: it is a
 * key in memory, a text for people or an address. `undefined`: the sink says nothing.
 */
export type Strength = 'stored' | 'passed' | 'named' | 'quiet' | undefined;

/** What a sink makes of a value. */
export function strengthOf(sink: Sink): Strength {
  switch (sink.as) {
    case 'assigned':
      if (sink.target.kind === 'member' && isNumberOf(sink.name, nameOf(sink.target.object))) return 'stored';
      if (!isIdName(sink.name)) return isQuietName(sink.name) ? 'quiet' : undefined;
      if (isMachinery(sink.name)) return 'quiet';
      if ((sink.target.kind === 'index' || sink.target.kind === 'member') && ATTRIBUTES.test(nameOf(sink.target.object))) return 'quiet';
      if (sink.target.kind === 'member' && isBareId(sink.name) && ELEMENT.test(nameOf(sink.target.object))) return 'quiet';
      return sink.field || sink.target.kind === 'member' ? 'stored' : 'named';
    case 'field':
      // What comes before the identifiers of others.
      if (/prefix$/i.test(sink.name)) return undefined;
      // `@id` of JSON-LD is an address.
      if (sink.record.of === 'element' || sink.name === '@id' || TOLD.test(sink.record.type ?? '')) return 'quiet';
      if (isNumberOf(sink.name, sink.record.type ?? '')) return 'stored';
      if (!isIdName(sink.name)) return isQuietName(sink.name) ? 'quiet' : undefined;
      if (isMachinery(sink.name)) return undefined;
      return isBareId(sink.name) ? 'named' : 'stored';
    case 'returned':
      if (isQuietName(sink.from.name.replace(PURPOSE, ''))) return 'quiet';
      // The verb says nothing of what is made.
      if (isMaker(sink.from.name) && !isMachinery(sink.from.name.replace(/^_*(?:build|map|format)(?=[_A-Z])/, ''))) return 'stored';
      // `StaticIdentifier`, `TableIdentifier`: what a text of a language calls something, in words for people.
      return /^(?:to_?string|string|__str__|to_s)$/i.test(sink.from.name) &&
        isIdName(sink.from.container ?? '') &&
        !/identifier$/i.test(sink.from.container ?? '')
        ? 'stored'
        : undefined;
    case 'argument':
      return ofArgument(sink);
    case 'index':
      return 'quiet';
    default:
      return undefined;
  }
}

/** Calls that write a record to where it stays. */
const WRITES = /^(?:insert|insert_?one|insert_?many|create|save|upsert|persist)$/i;
/** Whether a value goes into a record that is written to a store: `pages.insert({ id })`. */
export const isWritten = (sink: Sink): boolean =>
  sink.as === 'argument' &&
  WRITES.test(sink.call.name) &&
  sink.call.receiver !== undefined &&
  !IN_MEMORY.test(nameOf(sink.call.receiver)) &&
  !isQuietName(nameOf(sink.call.receiver));

/** `id = "service:" + id`. */
export const normalizes = ({ expression: { parts }, sinks }: Place<Composed>): boolean =>
  parts.length === 2 && sinks.some((sink) => sink.as === 'assigned' && sink.name === nameOf(parts[1]));

/** Whether a value is the key of something in a cache. */
export const isCached = (sink: Sink): boolean =>
  sink.as === 'argument' && sink.position === 0 && /cache/i.test(`${nameOf(sink.call.receiver)} ${sink.call.name}`);

/** Calls that tell the program what to do at an event: the name is the program's own. */
const LISTENS = /^(?:connect|subscribe|on|once|add_?(?:event_?)?listener)$/i;
/** Whether a record is the attributes of an element, as a field of another record. */
export const isOfElement = (sinks: readonly Sink[]): boolean =>
  sinks.slice(1).some((sink) => sink.as === 'field' && /^(?:html_?)?(?:attributes|attrs|data_?attributes)$/i.test(sink.name));

/** Fields that only what is drawn has. */
const DRAWN =
  /^(?:icon|icon_?[nN]ame|class_?[nN]ame|(?:data|aria)-[\w-]+|tooltip|placeholder|render\w*|component|checked|expanded|collapsed|indeterminate|style|variant|header_?name|accessor_?key|href|on[A-Z]\w*|is_?(?:expanded|collapsed|checked|open|leaf|draggable|visible))$/;
/** Fields that what is drawn has, and other things too: two of them say enough. */
const DRAWN_TOO =
  /^(?:label|subtitle|value|count|total|percent(?:age)?|colou?r|position|x|y|disabled|selected|children|width|height|hidden|badge|to|data)$/;

/** Whether a value is the bare id of something that is made to be drawn: a row, a node, a choice, a bar of a chart. */
export function isDrawn(sink: Sink): boolean {
  if (sink.as !== 'field' || !isBareId(sink.name)) return false;
  const names = sink.record.fields.map(({ name }) => name);
  return names.some((name) => DRAWN.test(name)) || names.filter((name) => DRAWN_TOO.test(name)).length > 1;
}

/** Whether a value is a key where it goes: of a map, of a cache or of a key-value store. */
export function isKey(sink: Sink): boolean {
  if (sink.as !== 'argument') return sink.as === 'index';
  const { call, position } = sink;
  const receiver = nameOf(call.receiver);
  if (/^(?:array_key_exists|in_array|hash_key)$/.test(call.name) || isCached(sink)) return true;
  // `set(this.ordersByNumber, number, order)`, a function of a library.
  if (!call.receiver && position === 1 && /^(?:set|get|has|unset|update)$/.test(call.name))
    return IN_MEMORY.test(nameOf(call.arguments[0]?.value));
  if (receiver === '' || position > 0) return false;
  return KEY_VALUE.test(call.name) || (MAP_METHODS.test(call.name) && (IN_MEMORY.test(receiver) || isQuietName(receiver)));
}

function ofArgument({ call, parameter, name, position }: Sink & { as: 'argument' }): Strength {
  const receiver = nameOf(call.receiver);
  // `OidcProviderConfig(idp_id=...)`: a record, whatever it is a record of.
  if (call.constructs && name !== undefined && isIdName(name) && !isMachinery(name) && !NO_RECORD.test(call.name)) return 'stored';
  if (name !== undefined && (isNumberOf(name, call.name) || isNumberOf(name, receiver))) return 'stored';
  if (/^set_?number$/i.test(call.name) && isNumberOf('number', receiver)) return 'stored';
  if (isQuietName(call.name) || (receiver !== '' && isQuietName(receiver)) || PAGE_LOOKUP.test(call.name)) return 'quiet';
  if (position === 0 && (isOfContainer(call) || (call.receiver && KEY_VALUE.test(call.name)))) return 'quiet';
  const made = call.name.replace(PURPOSE, '');
  if (KEY_MAKER.test(made) && !isIdName(made)) return 'quiet';
  if (/^set_?id$/i.test(call.name)) return ON_PAGE.test(receiver) || ON_CHART.test(receiver) ? 'quiet' : 'stored';
  const isType = call.constructs || (/^[A-Z]/.test(call.name) && !DOES.test(call.name));
  if (isType && isIdName(call.name) && !isMachinery(call.name)) return 'stored';
  if (call.receiver && MAP_METHODS.test(call.name)) {
    if (IN_MEMORY.test(receiver)) return 'quiet';
    const collects = /^(?:add|push|append)$/i.test(call.name);
    const isIds = isIdName(receiver) && !isBareId(receiver.replace(/s$/, ''));
    return collects && (isIds || /^(?:u?u?ids|guids|fqns)$/i.test(receiver)) ? 'named' : undefined;
  }
  if (name !== undefined && LISTENS.test(call.name) && call.receiver) return 'quiet';
  const known = name ?? parameter;
  if (known !== undefined && /prefix$/i.test(known)) return undefined;
  // What a parameter is called says what it is, and not that somebody keeps it.
  if (known !== undefined) return isQuietName(known) ? 'quiet' : isIdName(known) && !isMachinery(known) ? 'passed' : undefined;
  const asked = /(?:find|get|load|fetch|query|exists|delete|remove|update|set)\w*?_?[bB]y_?(?=[A-Za-z])(.*)$/i.exec(call.name)?.[1];
  // `findByTenantIdAndFqn(tenantId, fqn)`.
  const [only, ...others] = asked?.split(/_and_|And(?=[A-Z])/) ?? [];
  const wanted = others.length > 0 ? (others[position - 1] ?? only) : position === 0 ? only : undefined;
  return wanted !== undefined && isIdName(wanted) ? 'stored' : undefined;
}

/** On a page, keys of elements, rows and series are named like identifiers: only what has the name of an entity's identifier counts. */
export function strengthOnPage(sink: Sink, { expression: { parts }, inside }: Place<Composed>, trail: Trail): Strength {
  if (ON_PAGE_TYPE.test(inside.container ?? '')) return undefined;
  const strength = strengthOf(sink);
  if (strength === 'quiet' || strength === undefined) return strength;
  if ('name' in sink && isOnPage(sink.name ?? '', trail)) return undefined;
  // `rowKey` is one of a list that is drawn.
  if (sink.as === 'returned' && /[kK]ey$/.test(sink.from.name)) return undefined;
  if (sink.as === 'assigned' && /[kK]ey$/.test(sink.name)) return undefined;
  if (sink.as === 'returned' && isOnPage(sink.from.name, trail)) return undefined;
  const holes = parts.filter(({ kind }) => kind !== 'text');
  if (sink.as === 'field' || holes.length < 2 || holes.some((hole) => DISAMBIGUATES.test(labelOf(hole)))) return undefined;
  const taken = sink.as === 'argument' ? (sink.name ?? sink.parameter) : undefined;
  if (taken !== undefined && isBareId(taken)) return undefined;
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

/** Attributes that only an element of a page has. */
const ATTRIBUTE_OF_ELEMENT = /^(?:class|className|style|placeholder|autocomplete|tabindex|href|on[a-z]+|aria-[a-z]+)$/;
/** What a template is given. */
const FOR_TEMPLATE = /^(?:\w*_)?(?:context|ctx|template_?(?:data|vars|variables|params|context))$/i;
/** What fills a template, or sends what was made of it. */
const FILLS = /^(?:render\w*|\w*send_?(?:e?mail|message)\w*|Email(?:Multi\w*|Message))$/i;

/** Whether a value is a text in what a template is given in the same function: for people to read. */
export const isForTemplate = (sinks: readonly Sink[], trail: Trail, inside: CodeFunction): boolean =>
  sinks[0]?.as === 'field' &&
  sinks.some(
    (sink) =>
      (sink.as === 'assigned' && FOR_TEMPLATE.test(sink.name)) ||
      (sink.as === 'argument' && /^(?:append|push|add)$/i.test(sink.call.name) && FOR_TEMPLATE.test(nameOf(sink.call.receiver))),
  ) &&
  trail.calls.some((one) => one.inside === inside && FILLS.test(one.expression.name));

/** What a page sent with a form, by its usual names. */
const FORM_DATA = /^(?:_POST|_GET|_REQUEST|form|form_?(?:data|collection|values)|post_?data)$/i;
/** What asks for a field by its name. */
const ASKS = /^(?:get\w*|TryGetValue|has|contains\w*|input|fetch|filled|post)$/i;

/** Whether a value is the `id` of an element: it stands in a record of attributes, that the same function gives a class or a placeholder. */
export const isOfPage = (sink: Sink, trail: Trail, inside: CodeFunction): boolean => {
  if (sink.as !== 'assigned' || sink.target.kind !== 'index' || !isBareId(sink.name)) return false;
  const attributes = nameOf(sink.target.object);
  return trail.indexes.some(
    ({ inside: around, expression: { object, index } }) =>
      around === inside && index?.kind === 'text' && ATTRIBUTE_OF_ELEMENT.test(index.value) && nameOf(object) === attributes,
  );
};

/** Whether a value is the name of a field of a page, with which a form that was sent is asked: `form[controlId]`. */
export function isFormData(sink: Sink): boolean {
  if (sink.as === 'index') return FORM_DATA.test(nameOf(sink.object));
  return sink.as === 'argument' && sink.position === 0 && ASKS.test(sink.call.name) && FORM_DATA.test(nameOf(sink.call.receiver));
}
