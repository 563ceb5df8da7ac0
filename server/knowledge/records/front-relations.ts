import type { Link } from '../../model/document.ts';
import { isNameOf } from '../languages/languages.ts';
import type { FrontMatter } from '../markup/front-matter.ts';
import type { FrontMatterValue } from '../markup/front-matter-entry.ts';
import { readMarkdown } from '../markup/markdown.ts';
import { resolvePath } from '../paths.ts';
import type { Source } from '../source.ts';
import { isLimited, NOTHING } from './limits.ts';
import { phraseRelations } from './phrase-relations.ts';
import { type Reference, referencesInText } from './references.ts';
import type { Relation } from './relation.ts';
import { isStatusKey } from './status.ts';
import { readRelations } from './supersession.ts';

const RELATION_KEYS: Readonly<Record<string, Pick<Link, 'kind' | 'partial'>>> = {
  'superseded-by': { kind: 'superseded-by' },
  'superceded-by': { kind: 'superseded-by' },
  superseded: { kind: 'superseded-by' },
  'replaced-by': { kind: 'superseded-by' },
  'obsoleted-by': { kind: 'superseded-by' },
  'partially-superseded-by': { kind: 'superseded-by', partial: true },
  'amended-by': { kind: 'superseded-by', partial: true },
  supersedes: { kind: 'supersedes' },
  supercedes: { kind: 'supersedes' },
  replaces: { kind: 'supersedes' },
  obsoletes: { kind: 'supersedes' },
  'partially-supersedes': { kind: 'supersedes', partial: true },
  amends: { kind: 'amends' },
  updates: { kind: 'amends' },
  related: { kind: 'cites' },
  'relates-to': { kind: 'cites' },
  'related-to': { kind: 'cites' },
  'depends-on': { kind: 'cites' },
  'see-also': { kind: 'cites' },
  references: { kind: 'cites' },
  links: { kind: 'cites' },
};

/** What a key of front matter says of other records, in any language. */
export function relationKey(key: string): Pick<Link, 'kind' | 'partial'> | undefined {
  const usual = Object.hasOwn(RELATION_KEYS, key) ? RELATION_KEYS[key] : undefined;
  if (usual !== undefined) return usual;
  const kind = (['superseded-by', 'supersedes', 'amends'] as const).find((part) => isNameOf(part, key));
  return kind === undefined ? undefined : { kind };
}

/** Relations to other records in the front matter, in keys of their own or within the status. */
export function frontRelations(front: FrontMatter | undefined, source: Source): readonly Relation[] {
  const relations: Relation[] = [];
  for (const { key, values } of front?.entries ?? []) {
    const relation = relationKey(key);
    for (const value of values) {
      if (isStatusKey(key)) {
        const exact = source.text.startsWith(value.text, value.start) ? value.text : '';
        const references = referencesInText(exact, value.start, source.path, readMarkdown);
        const found = readRelations(exact, { start: value.start, end: value.end, place: 'status' }, references);
        relations.push(...(found.length > 0 ? found : phraseRelations(exact, value.start, references)));
      } else if (relation !== undefined && relation.kind !== 'cites' && relation.kind !== 'applies-to') {
        const targets = targetsIn(value, source.path);
        if (targets.length > 0) {
          const partial = relation.partial === true || isLimited(value.text.slice((targets.at(-1)?.end ?? value.end) - value.start));
          relations.push({ kind: relation.kind, partial, start: value.start, end: value.end, targets, place: 'status' });
        }
      }
    }
  }
  return relations;
}

/** Records named by a front matter value: links, numbers or files in it, or else the value itself as a number, slug or title. */
export function targetsIn(value: FrontMatterValue, path: string): readonly Reference[] {
  const { text, start, end } = value;
  if (NOTHING.test(text.trim())) return [];
  const file = /^[^\s[\]()<>:]{1,300}\.(?:md|mdx|markdown|rst|adoc)$/i.test(text) ? resolvePath(path, text) : undefined;
  if (file !== undefined) return [{ start, end, target: text, path: file }];
  const found = referencesInText(text, start, path, readMarkdown).filter((reference) => reference.end <= end);
  if (found.length > 0) return found;
  const numbers = /^#?\d{1,5}(?:\s*,\s*#?\d{1,5}){0,20}$/.test(text) ? [...text.matchAll(/\d+/g)] : [];
  if (numbers.length > 0) {
    return numbers.map((match) => ({ start: start + match.index, end: start + match.index + match[0].length, target: match[0] }));
  }
  return [{ start, end, target: text.slice(0, 300) }];
}
