import type { SourceFile } from '../../code/source-file.ts';
import { type Finding, findingOf } from '../../model/finding.ts';
import { SCHEMA_SEMANTIC_ID } from '../rules.ts';
import type { Definition, Schema } from '../schemas/model.ts';
import { wordsOf } from '../schemas/words.ts';

/** Formats of others, which may be read, and texts that are no identifiers of ours. */
const FOREIGN =
  /\b(?:uuid|ulid|guid|nanoid|cuid|rfc ?\d{3,}|iso[ -]?\d{4}|base ?(?:16|32|58|64)|hex(?:adecimal)?|hash(?:es|ed)?|checksum|digest|random(?:ly)?|sha-?\d+|md5|e\.164|semver|semantic version|mime|media type|bcp ?47|locale|cron|timestamp|date-time|regex|regular expression)\b|\b(?:arn|urn|gid|did|spiffe|https?|file|s3|gs|mailto|jdbc):|\/subscriptions\/|\bprojects\/(?:\{|[A-Z<])/i;
/** Keys that live as long as a process, and texts for people. */
const PASSING =
  /\b(?:cache|caching|data ?loader|memo(?:ized?)?|in-memory|rate[- ]limit\w*|log (?:line|message|format)|cookie|header|query string|user[- ]agent)\b/i;
/** What may be an identifier, where the name does not say so. */
const SUBJECT =
  /\b(?:ids?|identifiers?|uids?|guids?|(?:task )?queues?|(?:primary|partition|resource|entity|row|composite) keys?|resource names?|entity names?)\b/i;
/** Names of identifiers as code writes them: `actionUid`, `order_id`. */
const NAMED_SUBJECT = /\b[a-z]\w*(?:Id|ID|Uid|UID|Guid|GUID)s?\b|\b[a-z]\w*_(?:id|uid|guid)s?\b/;
/** Paths of pages and endpoints: their segments are no parts of an identifier, though an identifier stands in one. */
const ROUTES = /(?:\/[\w{}<>:.$*-]+)+/g;
/** Pieces of an address that are spoken of in words. */
const OF_ADDRESS = /\b(?:path|url|uri|route|slug)[- ](?:segment|component|part|piece)s?\b/i;
/** An identifier, near enough to be what the next words are about. */
const ADJACENT =
  /(?:\b(?:ids?|ID|identifiers?|uids?|guids?|task queues?|queue|resource names?|entity names?)|\b[a-z]\w*(?:Id|ID|Uid|UID|Guid)|\w_(?:id|uid))\b[^.;\n]{0,30}$/;
/** A word that introduces a format. */
const INTRODUCTION =
  /\b(?:format(?:ted)?(?: (?:as|is|of|like))?|(?:in|of|has|have|takes?) the (?:form|format|shape)(?: of)?|pattern|syntax|structured? (?:as|like)|looks like|template)\b\s*(?:is|of|as|:|=)?\s*/gi;
const PLACEHOLDER = String.raw`(?:\$?\{[\w. -]{2,40}\}|<[\w. -]{2,40}>|\[[a-z][\w -]{1,40}\]|:[a-z]\w{2,40})`;
/** A template with two placeholders and something between them: `{type}/{seq}`. */
const TEMPLATE = new RegExp(`${PLACEHOLDER}[\\s]{0,1}[-_.:/|#~@+,]{1,3}[\\s]{0,1}(?:[\\w.-]{1,30}[-_.:/|#~])?${PLACEHOLDER}`);
/** Words in quotation marks that separators join: `"scope.actionType"`, `type_subtype_seq`. */
const QUOTED_WORDS = /["'`“‘]([A-Za-z]{2,30}(?:[-_.:/|#]{1,2}[A-Za-z]{2,30}){1,6})["'`”’]/;
/** What an identifier is said to be put together of. */
const COMPOSITION =
  /\b(?:composed (?:of|from)|consists? of|concatenat(?:ion|ed|es?|ing)(?: of| from)?|combination of|combin(?:ed|es) (?:of|from)?|(?:is )?(?:derived|built|constructed|generated|formed|made(?: up)?) (?:from|of|out of)|encodes|embeds|prefixed (?:with|by)|suffixed (?:with|by)|(?:starts|begins|ends) with)\s+(?:the |its |an? |both )?(?<parts>[^.;\n]{3,120})/i;
/** Where an identifier is found, and not what it consists of: `derived from the linked account`. */
const LOOKED_UP = /^(?:is )?derived from (?:the |its |an? )?(?:linked|associated|related|corresponding|referenced)\b/i;
/** Parts of the world that have a meaning. */
const MEANING =
  /\b(?:account|tenant|team|organi[sz]ation|org|customer|client|owner|user|region|zone|country|site|location|environment|env|type|kind|class|category|domain|scope|namespace|workspace|project|department|product|brand|status|state|year|month|date|day|name|email|host|cluster|database|schema|table|channel|version|provider|parent|role|worker|group(?:ing)?)\b/i;
/** `Contains the workflow ID or activity ID`: one field, several meanings. */
const CONTAINS = /^(?:[^.]{0,60}\.\s+)?(?:it )?(?:contains|carries|holds) (?:the |an? )?(?:[\w-]+ ){1,4}(?:id|ids|key|name|type)\b/i;
/** What a part of an identifier says: `the second part is the warehouse`, `three letters of the producer`. */
const PART =
  /\b(?:first|second|third|fourth|last|leading|trailing|middle|next|\w+(?:th|st|nd|rd))\s+(?:(?:\d+|one|two|three|four|five|six)\s+)?(?:part|segment|digit|letter|character|component|block|section|field|group|token|bit)s?\s+(?:of (?:it|the \w+|this \w+)\s+)?(?:is|are|stands?|denotes?|identif(?:y|ies)|encodes?|represents?|says?|tells?|means?|names?|gives?|=)\b[^.;\n]{0,60}|\b(?:two|three|four|five|six|\d)[- ](?:letters?|digits?|characters?)\s+(?:(?:of|for|from)\s+the\s+[^.;\n]{2,60})/i;
/** Values that a pattern lists behind something else: `^HM-(OSL|BGO)-`. A list at the beginning is a typed prefix. */
const LISTED = /[\w\]})+*?][-_.:/#|]\((?:\?:)?([A-Za-z][\w]*(?:\|[A-Za-z][\w]*){1,40})\)/;
/** Named parts of a regular expression. */
const NAMED_GROUPS = /\(\?P?<[a-z]\w*>/gi;

/** Comments that are nearer to each other say the same. In lines. */
const MOST_BETWEEN = 2;

/** What a description says that an identifier consists of; `undefined` where it says nothing of the kind. */
export function meaningIn(name: string, text: string, subject: boolean): string | undefined {
  if (FOREIGN.test(text) || PASSING.test(text) || OF_ADDRESS.test(text)) return undefined;
  const speaksOfIds = (said: string): boolean => {
    const prose = said.replace(ROUTES, ' ');
    return subject || SUBJECT.test(prose) || NAMED_SUBJECT.test(prose);
  };
  if (!speaksOfIds(text)) return undefined;
  for (const match of text.matchAll(INTRODUCTION)) {
    // In prose the words before the format say what has it.
    if (!subject && !ADJACENT.test(text.slice(Math.max(0, match.index - 60), match.index))) continue;
    const rest = text.slice(match.index, match.index + match[0].length + 120);
    const template = TEMPLATE.exec(rest);
    const said = template ?? QUOTED_WORDS.exec(rest);
    // Behind an attribute, `format="integer"`, other words follow.
    if (said && (!match[0].trimEnd().endsWith('=') || said.index <= match[0].length)) return template?.[0] ?? said[1];
  }
  // A part that is a resource name says nothing of what it is a part of.
  const part = PART.exec(text)?.[0];
  if (part !== undefined && speaksOfIds(text.replace(part, ' '))) return part.trim();
  const parts = COMPOSITION.exec(text);
  const composed = parts?.groups?.parts;
  if (
    parts &&
    composed !== undefined &&
    MEANING.test(composed) &&
    !LOOKED_UP.test(parts[0]) &&
    (subject || SUBJECT.test(text.slice(Math.max(0, parts.index - 80), parts.index)))
  )
    return composed.trim().slice(0, 60);
  if (subject && /id$/i.test(name)) {
    const contained = CONTAINS.exec(text)?.[0].replace(/^.*?\b(?:contains|carries|holds)\b\s*/i, '');
    // `user_id: contains the user ID` says nothing new.
    const own = wordsOf(name);
    if (contained !== undefined && !wordsOf(contained).some((word) => word !== 'id' && own.includes(word))) return contained;
  }
  return undefined;
}

function saidBy({ name, said, form }: Definition): string | undefined {
  if (form === 'parts') return said.text;
  if (form === 'pattern') {
    const groups = said.text.match(NAMED_GROUPS) ?? [];
    return groups.length > 1
      ? groups.map((group) => group.replace(/\(\?P?<|>/g, '')).join(', ')
      : LISTED.exec(said.text)?.[1]?.replaceAll('|', ', ');
  }
  return meaningIn(name, said.text, name !== '');
}

/** Definitions that say that the parts of an identifier mean something, and so allow everybody to take it apart. */
export function schemaSemanticIds(source: SourceFile, { definitions }: Schema): readonly Finding[] {
  let told = Number.NEGATIVE_INFINITY;
  return definitions.flatMap((definition) => {
    const parts = saidBy(definition);
    if (parts === undefined) return [];
    const { name, said, form, published } = definition;
    // Lines of one comment are read with those beside them.
    const { line } = source.lines.position(said.start);
    if (name === '' && line - told <= MOST_BETWEEN) return [];
    if (name === '') told = line;
    const what =
      form === 'parts'
        ? `${name} puts an identifier together of ${parts}: a change of one of them makes another entity.`
        : `${name === '' ? 'This' : name} says what the parts of an identifier mean (${parts}), and so allows everybody to take it apart.`;
    return findingOf(SCHEMA_SEMANTIC_ID, {
      ...(published && { severity: 'warning' as const }),
      message: `${what} Document the identifier as opaque, and give the parts fields of their own.`,
      span: source.lines.span(said.start, said.end),
    });
  });
}
