import type { Call, Composed, Expression } from '../flow/model.ts';
import { isIdName, wordsOf } from '../flow/names.ts';
import { nameOf } from '../flow/trail.ts';

/** A part that nobody can read a meaning into: random, a hash, or encoded. */
const OPAQUE =
  /^(?:\w*random\w*|generated|bytes|(?:cmt|tm|s|m|crypto|math)?rand|nano(?:id)?|cuid|ulid|ksuid|xid|hash\w*|hashed|sha\d*|md5|digest|checksum|crypto|secure|hex\d*|token|secret|nonce|salt|encode\w*|encrypt\w*|sqids?|hashids?|base64|signature|entropy)$/;
/** A form of text that is no identifier: a sentence, an address, a path, markup, a query. */
const NO_IDENTIFIER =
  /\s|@[\w-]+\.\w|\.{3}|:\/\/|\/\.well-known\/|[<>"'`?=&,;()[\]{}\\*$]|:\d{2,5}$|^www\.|\.(?:com|org|net|io)(?:\/|$)|\.(?:json|ya?ml|html?|css|js|ts|png|jpe?g|svg|pdf|csv|txt|xml|zip|md|log|lock|tmp|webp|gz)(?:$|:)/i;
/** Identifiers of others, which are built as their owner says. */
const FOREIGN =
  /^(?:cwe|cve|ghsa)-|^(?:arn|urn|gid|did|spiffe|mailto|tel|data|file|s3|gs|doi|isbn|projects|subscriptions|organizations|[@#!$])(?:[:/]|$)|^[@#!$+]/i;
/** The beginning of the name of a constraint or an index: `PK_orders`. */
const CONSTRAINT = /^(?:PK|FK|IX|IDX|UQ|UK|UX|CK|CHK|AK|DF)_/i;
/** The end of the name of a column or a field that holds identifiers: `order_id`. */
const OF_FIELD = /(?:^|[-_.])(?:ids?|uuid)$/;
/** What a program calls a type or a function: no more changes with it than the program. */
const OF_CODE = /^(?:__(?:module|name|qualname|class)__|(?:get)?(?:simple|canonical)_?name|qualname)$/i;
const SEPARATOR = /^[-_:|/.#~+]+$/;
/** A part that only makes the whole unique. */
export const DISAMBIGUATES = /^(?:(?:\w+_)?suffix|counter|attempt|retry|n|num|i|j|k|idx|index|count|length|now|timestamp|seq|salt)$/;
/** What a database or a program puts around the names of its own tables and columns. */
const QUOTES_NAME = /^(?:quote_ident\w*|quote_name|quote_(?:table|column)_name|quotename)$/i;
/** Calls that say nothing of their own about what they are given. */
const FORMS =
  /^(?:slugify|parameterize|lower|upper|trim|format|len|nameof|int|strftime|replace|map|sorted|list|slice|substring|substr|char_?at|copyOfRange|Arrays|encode\w*|to[A-Z]\w*)$/i;

/** What is reckoned from the rest of an identifier, so that a slip of the pen is noticed. */
export const CHECKS = /(?:^|_)(?:check_?(?:digit|letter|char(?:acter)?|sum|number)|luhn|verhoeff)s?(?:_|$)/;

/** Counts on in one step: `next.Add(1)`, `counter.incrementAndGet()`. */
const COUNTS_ON = /^(?:(?:increment|add)And(?:Get|_get)|getAnd(?:Increment|Add)|increment_and_get|fetch_add)$/;
const isCounting = ({ name, receiver, arguments: [first, ...more] }: Call): boolean =>
  receiver !== undefined && (COUNTS_ON.test(name) || (name === 'Add' && more.length === 0 && isNumber(first?.value)));

/** What a part says, for the message; empty for what says nothing by itself. */
export function labelOf(part: Expression): string {
  if (part.kind === 'text') return part.value;
  if (part.kind === 'member') return /^[vV]alue$/.test(part.name) ? labelOf(part.object) : part.name;
  if (part.kind === 'choice') return part.branches.map(labelOf).find((label) => label !== '') ?? '';
  if (part.kind !== 'call') return nameOf(part);
  if (isCounting(part)) return 'counter';
  const own = nameOf(part)
    .replace(/^(?:get|to_?string|String|str|to_s|value)$/i, '')
    .replace(/^[gG]et_?(?=[A-Z])/, '');
  if (own !== '' && !FORMS.test(own)) return own;
  const [first] = part.arguments;
  return (part.receiver && labelOf(part.receiver)) || (first && labelOf(first.value)) || own;
}

/** An expression with all that is in it. */
function* within(part: Expression): Generator<Expression> {
  yield part;
  const inner: readonly (Expression | undefined)[] =
    part.kind === 'member'
      ? [part.object]
      : part.kind === 'call'
        ? [part.receiver, ...part.arguments.map(({ value }) => value)]
        : part.kind === 'index'
          ? [part.object]
          : part.kind === 'choice'
            ? part.branches
            : part.kind === 'composed'
              ? part.parts
              : part.kind === 'other'
                ? part.children
                : part.kind === 'function'
                  ? part.function.effects.map(({ value }) => value)
                  : [];
  for (const one of inner) if (one) yield* within(one);
}

const wordsIn = (part: Expression): readonly string[] =>
  [...within(part)].flatMap((one) => (one.kind === 'name' || one.kind === 'member' || one.kind === 'call' ? wordsOf(one.name) : []));

const isNumber = (value: Expression | undefined): boolean =>
  value?.kind === 'other' && value.children.length === 0 && /number|int|literal/.test(value.node);

/** A call that makes something random: `randomUUID()`, `Guid.NewGuid()`, `new ObjectId()`, `rand.Str(6)`. */
export function isRandomCall(part: Expression): boolean {
  if (part.kind !== 'call') return false;
  const [first, ...more] = part.arguments;
  if (first === undefined)
    return (
      !/^get/i.test(part.name) &&
      (/^(?:object_?id|(?:generate|new|next|create|make|mint)_?(?:u?u?id|guid))$/i.test(part.name) ||
        (/^(?:generate|gen|create|make|mint)(?=_|[A-Z])/.test(part.name) && isIdName(part.name)) ||
        wordsIn(part).some((word) => /^(?:u?uid(?:v?\d)?|guid)$/.test(word)))
    );
  // `MarshalUUID(id)`: the text of a UUID.
  if (/UUID$|_uuid$/.test(part.name) && more.length === 0) return true;
  return /^(?:str|rand\w*|letters|alphanumeric)$/i.test(part.name) && more.length === 0 && isNumber(first.value);
}

/** A part that is random, hashed or encoded, or a variable that is called so. */
const isOpaque = (part: Expression): boolean =>
  wordsIn(part).some((word) => OPAQUE.test(word)) ||
  [...within(part)].some(isRandomCall) ||
  (part.kind === 'name' && /^(?:uuid|guid|unique_?id)$/i.test(part.name));

/** Calls that make a list of another one. */
const MAPS = /^(?:map\w*|select|pluck|collect|flat_?map|array_map|array_column|list_comprehension|generator_expression)$/i;
const isManyIds = (name: string): boolean => isIdName(name) && /s$/i.test(name);

/** Whether what is joined is a list of identifiers, however many: `jobs.Select(j => j.JobId)`, `jobIds`. */
const isListOfIds = (hole: Expression): boolean =>
  isManyIds(nameOf(hole)) ||
  [...within(hole)].some(
    (one) =>
      isManyIds(nameOf(one)) ||
      (one.kind === 'call' &&
        MAPS.test(one.name) &&
        one.arguments.some(({ value }) =>
          value.kind === 'function'
            ? value.function.effects.some(({ value: made }) => isIdName(nameOf(made)))
            : isIdName(value.kind === 'text' ? value.value : nameOf(value)),
        )),
  );

/** Parts of an address or of a path on a disk. */
const ADDRESS = /^(?:ip|port)$/;
/** An address that others are made of: `permalink`, `server_url`, `config('app.url')`. */
const OF_ADDRESSES = /(?:^|[._])(?:url|uri|iri|permalink|href)$/i;
const PATH = /^(?:dir|directory|folder|path|file|filename)$/;

/** Whether a part is an address, by its name or by that of the setting that it is. */
const isAddress = (hole: Expression): boolean => {
  const [first] = hole.kind === 'call' ? hole.arguments : [];
  const setting = first?.value.kind === 'text' && /^(?:config|env|get|setting|fetch)$/i.test(nameOf(hole)) ? first.value.value : '';
  return OF_ADDRESSES.test(wordsOf(labelOf(hole)).join('_')) || OF_ADDRESSES.test(setting);
};

/**
 * The parts of an identifier that mean something; empty where the string is no identifier, or opaque.
 * @param valuesOf what a variable gets, by its name
 */
export function meaningfulParts({ parts, by }: Composed, valuesOf: (name: string) => readonly Expression[]): readonly string[] {
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.value] : []));
  const [first] = parts;
  if (first?.kind === 'text' && (FOREIGN.test(first.value) || CONSTRAINT.test(first.value) || first.value.startsWith('/'))) return [];
  const last = parts.at(-1);
  if (last?.kind === 'text' && OF_FIELD.test(last.value)) return [];
  if (texts.some((text) => NO_IDENTIFIER.test(text) || text.length > 60)) return [];
  const holes = parts.filter((part) => part.kind !== 'text');
  // A constant with a text is a constant too.
  if (holes.every((hole) => hole.kind === 'name' && /^[A-Z][A-Z\d_]*$/.test(hole.name))) return [];
  const values = holes.flatMap((hole) => {
    const root = hole.kind === 'index' ? hole.object : hole;
    return root.kind === 'name' ? [hole, ...valuesOf(root.name)] : [hole];
  });
  if (values.some((hole) => isOpaque(hole))) return [];
  if (holes.some((hole) => hole.kind === 'call' && QUOTES_NAME.test(hole.name))) return [];
  if (by !== 'join' && texts.length === 0) return [];
  if (by === 'join' && holes.every(isListOfIds)) return [];
  // What is put together again is taken apart: that is another finding.
  if (by === 'join' && holes.some((hole) => [...within(hole)].some((one) => one.kind === 'call' && /^r?split$/i.test(one.name)))) return [];
  // What is reckoned from the rest says nothing that the rest does not.
  const labels = holes.map((hole) => labelOf(hole)).filter((label) => label !== '' && !CHECKS.test(wordsOf(label).join('_')));
  // Behind two parts that mean something, a counter tells no two of the same name apart: it is the number of one more.
  const others = labels.filter((label) => !/^(?:\w+_)?counter$/i.test(label));
  if (labels.some((label) => /^(?:\w+_)?(?:suffix|attempt|retry)$/i.test(label)) || (others.length < labels.length && others.length < 2))
    return [];
  if (labels.every((label) => OF_CODE.test(label))) return [];
  const labelWords = labels.flatMap((label) => wordsOf(label));
  if (labelWords.some((word) => ADDRESS.test(word)) || holes.some(isAddress)) return [];
  if (texts.some((text) => text.includes('/')) && labelWords.some((word) => PATH.test(word))) return [];
  const words = texts
    .map((text) => text.replace(/^[-_:|/.#~+]+|[-_:|/.#~+]+$/g, ''))
    .filter((text) => /[A-Za-z]{2}|[A-Z]\d[A-Z]/.test(text));
  const separated = texts.some((text) => SEPARATOR.test(text) || /[-_:|/.#~+]$|^[-_:|/.#~+]/.test(text));
  if (!separated || labels.length === 0) return [];
  // `name_2`: the number tells two of the same name apart.
  if (words.length === 0 && labels.some((label) => /^(?:i|j|k|n|idx)$/.test(label)) && labels.length <= 2) return [];
  const all = [...new Set([...labels, ...words.map((word) => `"${word}"`)])];
  return labels.length + words.length >= 2 ? all : [];
}

/** The number of a turn, or how many there are already. */
const COUNTS = /^(?:n|num|i|j|k|idx|index|count)$/;

/** Whether parts of {@link meaningfulParts} are words and the number of a turn: `island-${i}`. A column of that name is one like others. */
export const isOfTurn = (parts: readonly string[]): boolean => parts.every((part) => part.startsWith('"') || COUNTS.test(part));

/** `type + ":" + id` of one thing: an identifier by what is in it, whatever its name. */
export function isTypeWithId({ parts }: Composed): boolean {
  const [type, separator, id, ...more] = parts;
  if (!type || separator?.kind !== 'text' || !id || more.length > 0 || !/^[-_:|/.#]$/.test(separator.value)) return false;
  const owner = ({ kind, ...part }: Expression): string | undefined =>
    kind === 'member' && 'object' in part
      ? nameOf(part.object)
      : kind === 'call' && 'receiver' in part && part.receiver
        ? nameOf(part.receiver)
        : undefined;
  const of = owner(type);
  return (
    of !== undefined && of !== '' && of === owner(id) && /^(?:type|kind)$/i.test(labelOf(type)) && /^(?:u?id|guid)$/i.test(labelOf(id))
  );
}
