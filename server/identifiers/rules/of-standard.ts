import type { Composed, Expression } from '../flow/model.ts';
import { isBareId, wordsOf } from '../flow/names.ts';
import { speaksOf } from '../flow/speaks.ts';
import { nameOf, type Trail } from '../flow/trail.ts';
import type { Taken } from './taken/taken-apart.ts';

/** Names of what a public list or a standard names in words: time zones, languages, types of media, currencies. */
const LISTED =
  /(?:^|_)(?:tz|tzid|time_?zone|locale|culture|language|lang|mime|mime_?type|media_?type|content_type|currency)(?:_(?:id|identifier|key)|$)$/;
/** Public catalogues, by what names of their entries, types and regular expressions say. */
const CATALOGUE = /(?:^|_)(?:spdx|cve|cwe|osv|ghsa|vuln|vulnerability|advisory|isbn|issn|doi|orcid)(?:_|$)/;
/** Objects of ASN.1, and names of packages that are written like the name of a host. */
const DOTTED = /^(?:oid|(?:application|bundle|package|module)_(?:id|identifier))$/;
/** What a document of XML is found by. */
const OF_DOCUMENT = /^(?:system|public)_id$/;
const XML = /^(?:entity_resolver\w*|resolve_entity|input_source|doctype\w*|document_type|dtd\w*|sax\w*)$/;
/** The coordinates of a package of Maven. */
const COORDINATE = /^(?:group|artifact)_id$/;
const join = (...names: readonly string[]): string => wordsOf(names.join(' ')).join('_');

/** Whether something with this name, of what is called so, is an identifier of a public list or a standard. */
function isOfStandardName(name: string, owner: string, trail: Trail): boolean {
  const words = join(name);
  if (LISTED.test(words) || (/^id$/i.test(name) && LISTED.test(join(owner)))) return true;
  if (OF_DOCUMENT.test(words)) return speaksOf(trail, XML);
  return COORDINATE.test(words) && speaksOf(trail, /^artifact_id$/);
}

/**
 * Whether an identifier has a form that a standard or a public list prescribes to everybody, so that to read it is to read the standard.
 * @param separator the text at which it is taken apart
 */
export function isOfStandard(
  { subject, by, place: { inside } }: Pick<Taken, 'subject' | 'by' | 'place'>,
  separator: string | undefined,
  trail: Trail,
): boolean {
  const name = nameOf(subject);
  const isBare = isBareId(name);
  if ([name, nameOf(by), isBare ? (inside.container ?? '') : ''].some((one) => CATALOGUE.test(join(one)))) return true;
  if (isOfStandardName(name, subject.kind === 'member' ? nameOf(subject.object) : '', trail)) return true;
  return DOTTED.test(join(name)) && /^\\?\.$/.test(separator ?? '');
}

/** The same of an identifier that is put together, and of what it is called where it goes. */
export function isComposedAsStandard({ parts }: Composed, name: string, trail: Trail): boolean {
  if (isOfStandardName(name, '', trail)) return true;
  const isCoordinate = (part: Expression): boolean => COORDINATE.test(join(nameOf(part).replace(/^get(?=[A-Z])/, '')));
  return parts.filter(isCoordinate).length > 1;
}
