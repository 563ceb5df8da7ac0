import { entriesOf, get, itemsOf, type Tree, textAt, textOf } from '../../../knowledge/specs/tree.ts';
import type { Definition, KeyAttribute, NumberField } from '../model.ts';
import { isReferenceName, wordsOf } from '../words.ts';
import { located, visitMaps } from './tree.ts';

/** Definitions, keys and numbers of a file of YAML or JSON. */
export interface ConfigSchema {
  readonly definitions: readonly Definition[];
  readonly keys: readonly KeyAttribute[];
  readonly numbers: readonly NumberField[];
}

/** Something that names its identifier by an attribute: `identifier: host.name`, `idField: email`. */
const KEY =
  /^(?:identifier|primary_?key|unique_?key|entity_?key|natural_?key|id_?(?:field|attribute|property|column|from)|identifier_?(?:field|attribute|property)|key_?(?:field|attribute|property|column)|unique_?id(?:_?(?:field|attribute))?)$/i;
/** A path to an attribute: `host.name`, `clusterName`, `device_name`. A literal such as `main` is one word. */
const ATTRIBUTE = /^\$?\.?[A-Za-z_]\w*(?:[._][A-Za-z_]\w*|[a-z0-9][A-Z]\w*)+$|^(?:email|hostname|host|phone|slug|name|username)$/;
/** An identifier that is put together of attributes. */
const COMPOSITE = /^(?:composite|compound|concatenated|combined|computed)[_-]?(?:id|identifier|key)s?$/i;
const ID_HOLDER = /(?:^|[_-])(?:id|identifier|uid|guid)$|Id$|Identifier$/;
const JOINER = /^(?:separator|delimiter|join(?:er|With|_with)?)$/i;
const PARTS = /^(?:attributes|fields|parts|columns|components|segments|keys|properties)$/i;
const SAID = /^(?:description|summary|title|comment|\$comment|doc|x-description|help|documentation)$/i;

/** The parts of an identifier that is put together, by name. */
const partsOf = (value: Tree): readonly string[] =>
  entriesOf(value)
    .filter(({ key }) => PARTS.test(key))
    .flatMap((entry) => itemsOf(entry.value).flatMap((item) => textOf(item) ?? textAt(item, 'name') ?? textAt(item, 'attribute') ?? []));

/** Whether a file describes an interface that others use. */
const isPublished = (document: Tree): boolean => ['openapi', 'swagger', 'asyncapi'].some((key) => get(document, key) !== undefined);

/** Reads what a file of YAML or JSON says about identifiers. */
export function definitionsIn(text: string, documents: readonly Tree[]): ConfigSchema {
  const definitions: Definition[] = [];
  const keys: KeyAttribute[] = [];
  const numbers: NumberField[] = [];
  for (const document of documents) {
    const published = isPublished(document);
    visitMaps(document, (map, path) => {
      const owner = path.at(-1) ?? '';
      for (const { key, keyRange, value } of map.entries) {
        const written = textOf(value);
        const attribute = written !== undefined && KEY.test(key) && ATTRIBUTE.test(written) ? located(text, value) : undefined;
        if (attribute) keys.push({ label: key, attribute });
        const parts = value.kind === 'map' ? partsOf(value) : [];
        const joined = entriesOf(value).some((entry) => JOINER.test(entry.key));
        if (parts.length > 1 && (COMPOSITE.test(key) || (joined && ID_HOLDER.test(key))))
          definitions.push({ name: key, said: { text: parts.join(', '), ...keyRange }, form: 'parts', published });
      }
      // A property by the key above it, a parameter by its own name.
      const name = textAt(map, 'name') ?? owner;
      const schema = get(map, 'schema') ?? map;
      if (!isReferenceName(name) && !ID_HOLDER.test(name)) return;
      const say = (value: Tree | undefined, form: Definition['form']): void => {
        const said = value && located(text, value);
        if (said) definitions.push({ name, said, form, published });
      };
      for (const { key, value } of map.entries) if (SAID.test(key)) say(value, 'description');
      say(get(schema, 'pattern'), 'pattern');
      const format = get(schema, 'format');
      const type = format && located(text, format);
      if (type?.text === 'int32' && published && isEntityId(name))
        numbers.push({ owner: path.at(-3) ?? '', name: { ...type, text: name }, type, bits: 32, wider: 'int64' });
    });
  }
  return { definitions, keys, numbers };
}

/** Counters of one connection, numbers of a standard: they end with what they count. */
const SHORT_LIVED = new Set(
  'event cwe epsg request req correlation subscription sub msg message stream shard partition command cmd call session connection conn channel error err status type kind code enum version thread process p job seq sequence packet frame rpc reply response chunk batch slot port chain fd index idx txn transaction attempt retry epoch generation node worker shard queue topic window stage category role level'.split(
    ' ',
  ),
);

/** Whether a number of that name identifies something that lives on: `user_id`, and not `request_id`. */
export function isEntityId(name: string): boolean {
  const words = wordsOf(name);
  return words.at(-1) === 'id' && !words.slice(0, -1).some((word) => SHORT_LIVED.has(word));
}
