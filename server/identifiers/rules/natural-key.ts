import type { SourceFile } from '../../code/source-file.ts';
import { type Finding, findingOf } from '../../model/finding.ts';
import { NATURAL_KEY } from '../rules.ts';
import type { Column, Schema, Table } from '../schemas/model.ts';
import { isBounded, naturalKeyOf, wordsOf } from '../schemas/words.ts';

/** What a note beside a key says that its text is. */
const NOTED = /\b(?:DID|[Ee]-?mail(?: address)?|phone number|host ?name|FQDN|domain name|slug|URL|user ?name|login|postal code|plate)\b/;
/** What the program itself chooses: nobody renames these without changing the program. */
const OWN =
  /(?:^| )(?:session|token|job|task|queue|worker|cron|process|instance|stream|metric|counter|sequence|seq|cursor|consumer|shard|node|index|table|file|event|hash|cache|lease|mutex|semaphore|leader|\w*lock)s?(?: name)?$/;

/** Tables whose rows are about the value for as long as they are there, and not about whoever has it. */
const ABOUT_VALUE = /(?:^| )(?:token|reset|verification|blocked|block|blacklist|denylist|suppression|unsubscribe)s?$/;

/** The value that serves as key, if it is one that can change. */
function naturalOf(table: Table, column: Column): string | undefined {
  if (!column.primary || !column.textual || column.reference || column.generated) return undefined;
  // A list of values: a name that nothing else stands beside is what the row says.
  if (table.whole && table.columns.length === 1) return undefined;
  if (ABOUT_VALUE.test(wordsOf(table.name.text).join(' '))) return undefined;
  // A digest tells nobody the value, and it may be kept when the value changes.
  if (/(?:^| )(?:hash(?:ed)?|digest|fingerprint|encrypted)(?: |$)/.test(wordsOf(column.name.text).join(' '))) return undefined;
  const named = naturalKeyOf(column.name.text);
  const noted = named === undefined && column.note !== undefined ? NOTED.exec(column.note)?.[0] : undefined;
  if (noted !== undefined) return `a ${noted}`;
  // Names of things of which there are few are what the program knows, and so are those of its own parts.
  if (
    named === 'a name' &&
    [table.name.text, column.name.text].some((name) => isBounded(table.name.text) || OWN.test(wordsOf(name).join(' ')))
  )
    return undefined;
  return named;
}

/** Values that can change and yet are keys: an email address, a host name, a slug. Quiet in tables of few things, which list what the program knows. */
export function naturalKeys(source: SourceFile, { tables, keys }: Schema): readonly Finding[] {
  const ofTables = tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const natural = naturalOf(table, column);
      return natural === undefined
        ? []
        : findingOf(NATURAL_KEY, {
            message: `${table.name.text}.${column.name.text} is ${natural} and the primary key: when it changes, every row that points here has to change. Give ${table.name.text} an opaque key, and make ${column.name.text} unique.`,
            span: source.lines.span(column.name.start, column.name.end),
          });
    }),
  );
  const ofKeys = keys.flatMap(({ label, attribute }) => {
    const natural = naturalKeyOf(attribute.text);
    return natural === undefined
      ? []
      : findingOf(NATURAL_KEY, {
          message: `\`${label}\` is ${natural} (${attribute.text}): whoever renames it gets a new entity, and two of the same name become one. Use an id that is given once, and keep ${attribute.text} as an attribute.`,
          span: source.lines.span(attribute.start, attribute.end),
        });
  });
  return [...ofTables, ...ofKeys];
}
