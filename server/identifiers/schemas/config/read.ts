import type { IdentifierKnowledge } from '../../knowledge.ts';
import { EMPTY_SCHEMA, type Schema } from '../model.ts';
import { definitionsIn } from './definitions.ts';
import { resourcesIn } from './resources.ts';
import { documentsOf } from './tree.ts';

// Parsing YAML takes a thousand times longer than looking for a word, so each reader says without which words it finds nothing.

const ORGANIZATION = /team|squad|tribe|guild|chapter|department|dept|division|crew|business.?unit|engineer|-admins|-devs|\bsre\b|\bdba\b/i;
const DIRECTORY =
  /(?:sso|ad|aad|entra|azure|idp|iam|okta|ldap|saml|oidc|keycloak|google|github|gitlab)[_-]?(?:group|team)|\bkind["']?:\s*["']?Group\b/i;
const GROUP_KEY = /(?:group|team|principal)s?(?:[_-]?(?:names?|slugs?))?["']?[ \t]*:/i;
const ACCESS_KEY = /(?:access|acls?|permissions?|bindings?|members|grants|rbac|sso|assignments)\w*["']?[ \t]*:/i;
const KEY =
  /(?:identifier|key|id|from)_?(?:field|attribute|property|column|from)?["']?[ \t]*:[ \t]*["']?[$.\w]*(?:name|host|mail|phone|slug|url|domain|address|ip|title|label)\b/i;
const COMPOSITE = /(?:composite|compound|concatenated|combined|computed)[_-]?(?:id|key)|(?:separator|delimiter|join\w*)["']?[ \t]*:/i;
const FORMAT =
  /\b(?:form(?:at(?:ted)?)?|shape|pattern|syntax|structured|template|looks like|composed|consists?|concatenat\w+|combin\w+|derived|built|constructed|generated|encodes|embeds|prefixed|suffixed|starts|begins|ends|contains|carries|holds) (?:of|is|as|like|with|by|from|the|an?|in)\b|\b(?:format|pattern|syntax)[:=]|\bformat\b.{0,20}[{<"'`]|\(\?P?<|\bint32\b|\(\w+\|\w+|\b(?:part|segment|digit|letter|character|component|block|section)s? (?:of|is|are|stand|denote|identif|encode|represent|say|mean|for)/i;

/** Reads what a file of YAML or JSON declares. */
export function readConfig(path: string, text: string, { teams }: IdentifierKnowledge, json: boolean): Schema {
  const named =
    ORGANIZATION.test(text) ||
    DIRECTORY.test(text) ||
    (GROUP_KEY.test(text) && ACCESS_KEY.test(text)) ||
    teams.some((team) => text.toLowerCase().includes(team));
  const defined = KEY.test(text) || COMPOSITE.test(text) || FORMAT.test(text);
  if (!named && !defined) return EMPTY_SCHEMA;
  const documents = documentsOf(text, json);
  return {
    ...EMPTY_SCHEMA,
    ...(defined && definitionsIn(text, documents)),
    ...(named && { resources: resourcesIn(path, text, documents) }),
  };
}
