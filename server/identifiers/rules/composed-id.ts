import type { Composed, Expression } from '../flow/model.ts';
import { isBareId, isIdName, isMachinery, wordsOf } from '../flow/names.ts';
import type { Setting } from '../flow/setting.ts';
import { followed, nameOf, type Place, type Sink, type Trail } from '../flow/trail.ts';
import type { Found } from './rule.ts';

/** A part that nobody can read a meaning into: random, a hash, or encoded. */
const OPAQUE =
  /^(?:random\w*|rand|nano|cuid|ulid|ksuid|hash\w*|hashed|sha\d*|md5|digest|checksum|crypto|secure|hex|token|secret|nonce|salt|encode\w*|encrypt\w*|sqids?|hashids?|base64|signature)$/;
/** A form of text that is no identifier: a sentence, an address, a path, markup, a query. */
const NO_IDENTIFIER =
  /\s|:\/\/|[<>"'`?=&,;()[\]{}\\*$]|\.(?:json|ya?ml|html?|css|js|ts|png|jpe?g|svg|pdf|csv|txt|xml|zip|md|log|lock|tmp|webp|gz)$/i;
/** Identifiers of others, which are built as their owner says. */
const FOREIGN =
  /^(?:arn|urn|gid|did|spiffe|mailto|tel|data|file|s3|gs|doi|isbn|projects|subscriptions|organizations|[@#!$])(?:[:/]|$)|^[@#!$+]/i;
const SEPARATOR = /^[-_:|/.#~+]+$/;

/** Functions and receivers that write for people, keep in memory or find a place. */
const QUIET_WORDS: ReadonlySet<string> = new Set([
  ...[
    'log',
    'logger',
    'logging',
    'console',
    'debug',
    'info',
    'warn',
    'warning',
    'error',
    'errorf',
    'trace',
    'print',
    'println',
    'printf',
    'fatal',
    'panic',
    'throw',
    'assert',
    'timber',
  ],
  ...[
    'cache',
    'cached',
    'memo',
    'memoize',
    'redis',
    'storage',
    'session',
    'throttle',
    'debounce',
    'lock',
    'mutex',
    'semaphore',
    'ratelimit',
    'rate',
    'limiter',
  ],
  ...[
    'url',
    'uri',
    'href',
    'link',
    'path',
    'file',
    'filename',
    'folder',
    'dir',
    'directory',
    'blob',
    'bucket',
    'route',
    'navigate',
    'redirect',
    'fetch',
    'request',
    'http',
    'endpoint',
    'host',
    'hostname',
    'query',
  ],
  ...[
    'label',
    'title',
    'message',
    'msg',
    'text',
    'description',
    'display',
    'caption',
    'translate',
    'localize',
    'i18n',
    't',
    'tr',
    'placeholder',
    'tooltip',
    'class',
    'style',
    'css',
    'color',
    'html',
    'selector',
    'exception',
    'err',
    'metric',
    'metrics',
    'gauge',
    'counter',
    'stats',
    'statsd',
    'histogram',
    'topic',
    'event',
    'permission',
    'scope',
    'env',
    'config',
    'hash',
    'digest',
    'sha256',
    'md5',
    'hmac',
    'sign',
    'branch',
    'tag',
    'version',
    'image',
    'date',
    'time',
    'address',
    'email',
    'header',
    'cookie',
  ],
]);
const isQuietName = (name: string): boolean => wordsOf(name).some((word) => QUIET_WORDS.has(word));

/** Methods of maps and sets, whose keys live in memory. */
const MAP_METHODS =
  /^(?:get|has|set|add|put|delete|remove|contains|containsKey|contains_key|includes|putIfAbsent|computeIfAbsent|getOrDefault|GetOrAdd|TryGetValue|TryAdd|ContainsKey|setdefault|pop|push|append|insert|Load|Store|LoadOrStore|some|find|filter|indexOf|concat)$/;
/** Functions that make an identifier, by their name: `buildRuleID`, `mapDocumentIdToSecondaryId`, `addonIdFromPath`, `GetRowKey`. */
const MAKER =
  /^(?:get|make|build|create|format|generate|compute|compose|to|map|new|derive|encode|mint|next|default|resolve|as|construct|assemble|normalize|full|qualify)?/i;

/** What a function's name says after what it makes. */
const PURPOSE = /(?:(?:From|For|Of|By|With|In|_from_|_for_|_of_|_by_|_with_)(?:[A-Z_\d]|(?<=_)).*|(?:From|For|Of|By))$/;

const isMaker = (name: string): boolean => {
  if (name === '') return false;
  if (isIdName(name)) return true;
  const cut = name.replace(PURPOSE, '');
  return cut !== name && isIdName(cut) && MAKER.test(cut);
};

/** A part that only makes the whole unique. */
const DISAMBIGUATES = /^(?:suffix|counter|attempt|retry|n|num|i|j|k|idx|index|count|length|now|timestamp|seq|salt)$/;

/** How sure it is that a value becomes an identifier somewhere: of a record that is stored or published, or of something in this file. */
type Strength = 'stored' | 'named';

function strengthOf(sink: Sink): Strength | 'quiet' | undefined {
  switch (sink.as) {
    case 'assigned':
      if (!isIdName(sink.name)) return isQuietName(sink.name) ? 'quiet' : undefined;
      if (isMachinery(sink.name)) return 'quiet';
      return sink.field || sink.target.kind === 'member' ? 'stored' : 'named';
    case 'field':
      if (sink.record.of === 'element') return 'quiet';
      if (!isIdName(sink.name)) return isQuietName(sink.name) ? 'quiet' : undefined;
      if (isMachinery(sink.name)) return undefined;
      return isBareId(sink.name) ? 'named' : 'stored';
    case 'returned':
      if (isQuietName(sink.from.name.replace(PURPOSE, ''))) return 'quiet';
      if (isMaker(sink.from.name) && !isMachinery(sink.from.name)) return 'stored';
      return /^(?:to_?string|string|__str__|to_s)$/i.test(sink.from.name) && isIdName(sink.from.container ?? '') ? 'stored' : undefined;
    case 'argument': {
      const { call, parameter, name } = sink;
      if (isQuietName(call.name) || (call.receiver && isQuietName(nameOf(call.receiver)))) return 'quiet';
      if (/^set_?id$/i.test(call.name)) return 'stored';
      if (call.constructs || /^[A-Z]/.test(call.name)) if (isIdName(call.name) && !isMachinery(call.name)) return 'stored';
      if (call.receiver && MAP_METHODS.test(call.name)) {
        const collects =
          /^(?:add|push|append)$/i.test(call.name) && isIdName(nameOf(call.receiver)) && !isBareId(nameOf(call.receiver).replace(/s$/, ''));
        return collects || (/^(?:add|push|append)$/i.test(call.name) && /^(?:u?u?ids|guids|fqns)$/i.test(nameOf(call.receiver)))
          ? 'named'
          : undefined;
      }
      const known = name ?? parameter;
      if (known !== undefined) return isQuietName(known) ? 'quiet' : isIdName(known) && !isMachinery(known) ? 'stored' : undefined;
      return /(?:^|[a-z])(?:find|get|load|fetch|query|exists|delete|remove|update|set)/i.test(call.name) &&
        isMaker(call.name.replace(/^.*?By(?=[A-Z])/, ''))
        ? 'stored'
        : undefined;
    }
    default:
      return undefined;
  }
}

/** On a page, keys of elements, rows and series are named like identifiers: only what has the name of an entity's identifier counts. */
function onPage(sink: Sink, { parts }: Composed): Strength | 'quiet' | undefined {
  const strength = strengthOf(sink);
  if (strength === 'quiet' || strength === undefined) return strength;
  const holes = parts.filter(({ kind }) => kind !== 'text');
  if (sink.as === 'field' || holes.length < 2 || holes.some((hole) => DISAMBIGUATES.test(labelOf(hole)))) return undefined;
  if (sink.as === 'assigned') return isBareId(sink.name) || sink.field ? undefined : 'named';
  return sink.as === 'returned' && isBareId(sink.from.name) ? undefined : strength;
}

/** What a part says, for the message; empty for what says nothing by itself. */
function labelOf(part: Expression): string {
  if (part.kind === 'text') return part.value;
  if (part.kind === 'call') {
    const own = nameOf(part)
      .replace(/^(?:get|to_?string|String|str|to_s|value)$/i, '')
      .replace(/^get(?=[A-Z])/, '');
    const [first] = part.arguments;
    return own !== '' && !/^(?:slugify|lower|upper|trim|format|encode\w*|to[A-Z]\w*)$/i.test(own)
      ? own
      : part.receiver
        ? labelOf(part.receiver)
        : first
          ? labelOf(first.value)
          : own;
  }
  if (part.kind === 'member') return part.name === 'value' || part.name === 'Value' ? labelOf(part.object) : part.name;
  return nameOf(part);
}

const wordsIn = (part: Expression): readonly string[] => {
  switch (part.kind) {
    case 'name':
      return wordsOf(part.name);
    case 'member':
      return [...wordsOf(part.name), ...wordsIn(part.object)];
    case 'call':
      return [
        ...wordsOf(part.name),
        ...(part.receiver ? wordsIn(part.receiver) : []),
        ...part.arguments.flatMap(({ value }) => wordsIn(value)),
      ];
    case 'index':
      return wordsIn(part.object);
    case 'choice':
      return part.branches.flatMap(wordsIn);
    case 'composed':
      return part.parts.flatMap(wordsIn);
    case 'other':
      return part.children.flatMap(wordsIn);
    case 'function':
      return part.function.effects.flatMap(({ value }) => wordsIn(value));
    default:
      return [];
  }
};

/** A call that makes something random, or a variable that holds it: `randomUUID()`, `Guid.NewGuid()`, `uuid`. */
const isOpaque = (part: Expression): boolean =>
  wordsIn(part).some((word) => OPAQUE.test(word)) ||
  (part.kind === 'call' &&
    wordsIn(part).some((word) => /^(?:u?uid\d?|guid)$/.test(word)) &&
    part.arguments.length === 0 &&
    !/^get/i.test(part.name)) ||
  (part.kind === 'name' && /^(?:uuid|guid)$/i.test(part.name));

/** The parts of an identifier that mean something; empty where the string is no identifier, or opaque. */
function meaningfulParts({ parts, by }: Composed, trail: Trail, place: Place): readonly string[] {
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.value] : []));
  const [first] = parts;
  if (first?.kind === 'text' && (FOREIGN.test(first.value) || first.value.startsWith('/'))) return [];
  if (texts.some((text) => NO_IDENTIFIER.test(text) || text.length > 60)) return [];
  const holes = parts.filter((part) => part.kind !== 'text');
  const values = holes.flatMap((hole) => (hole.kind === 'name' ? [hole, ...trail.valuesOf(place.inside, hole.name)] : [hole]));
  if (values.some((hole) => isOpaque(hole))) return [];
  if (by !== 'join' && texts.length === 0) return [];
  const labels = holes.map((hole) => labelOf(hole)).filter((label) => label !== '');
  if (labels.some((label) => /^(?:suffix|counter|attempt|retry)$/i.test(label))) return [];
  const words = texts.map((text) => text.replace(/^[-_:|/.#~+]+|[-_:|/.#~+]+$/g, '')).filter((text) => /[A-Za-z]{2}/.test(text));
  const separated = texts.some((text) => SEPARATOR.test(text) || /[-_:|/.#~+]$|^[-_:|/.#~+]/.test(text));
  if (!separated || labels.length === 0) return [];
  const all = [...new Set([...labels, ...words.map((word) => `"${word}"`)])];
  return labels.length + words.length >= 2 ? all : [];
}

/** One finding for each string that becomes an identifier and is composed of parts with a meaning. */
export function* composedIds(trail: Trail, setting: Setting): Generator<Found> {
  for (const place of trail.composed) {
    if (place.sinks.some(({ as }) => as === 'part')) continue;
    const parts = meaningfulParts(place.expression, trail, place);
    if (parts.length === 0) continue;
    const sinks = followed(trail, place);
    const strengths = sinks.map((sink) => (setting === 'interface' ? onPage(sink, place.expression) : strengthOf(sink)));
    if (place.sinks.some((sink) => sink.as === 'index' || strengthOf(sink) === 'quiet')) continue;
    const stored = strengths.includes('stored');
    // The position of a row in a list of records that are made on the spot.
    if (!stored && parts.some((part) => DISAMBIGUATES.test(part)) && place.sinks.some((sink) => sink.as === 'field' && isBareId(sink.name)))
      continue;
    const elsewhere = sinks.flatMap((sink, at) => (sink.as === 'assigned' ? [] : [strengths[at]]));
    if (!stored && (!strengths.includes('named') || (elsewhere.includes('quiet') && elsewhere.every((one) => one === 'quiet')))) continue;
    const { start, end } = place.expression;
    const named = parts.slice(0, 4).join(', ');
    yield {
      message: `This identifier is composed of ${named}: a change of one of them changes the identifier. Make an opaque identifier (UUIDv7, ULID) and keep the parts as fields.`,
      severity: stored ? 'warning' : 'hint',
      start,
      end,
      composed: place,
    };
  }
}
