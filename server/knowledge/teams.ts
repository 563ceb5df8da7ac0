import { parseAllDocuments } from 'yaml';
import { parseCodeowners } from './codeowners.ts';
import { nestsTooDeep } from './specs/tree.ts';

/** Documents of one catalog file that are read. */
const MOST_DOCUMENTS = 500;
const MOST_CHARACTERS = 200_000;
/** Local parts of addresses that a team has. */
const TEAM_ADDRESS = /(?:^|[-_.])(?:team|squad|tribe|crew|guild|chapter|group)(?:$|[-_.])/i;
/** Owners that are named after what everybody does: as the name of a resource such a word says nothing of the organization. */
const GENERIC = new Set(
  'admin admins all api app apps architects architecture backend bot bots ci codeowners community contributors core data dev developers devops devs docs documentation everyone engineering frontend guests infra infrastructure leads maintainer maintainers mobile ops owner owners platform qa release releases reviewer reviewers root security sre staff support team teams tech unknown users ux web writers'.split(
    ' ',
  ),
);

/** A name as words joined by hyphens, in lower case: `Payments Crew`, `payments_crew` and `PaymentsCrew` are one team. */
export const teamName = (written: string): string =>
  written
    .normalize('NFC')
    .replace(/(\p{Ll}|\p{Nd})(?=\p{Lu})/gu, '$1-')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');

/** Whether a name tells a team from others. */
const isTelling = (name: string): boolean => name.length > 2 && !GENERIC.has(name) && !/^\d+$/.test(name);

const telling = (names: Iterable<string>): readonly string[] => [...new Set([...names].map(teamName).filter(isTelling))];

/** Names of the teams that own something by a CODEOWNERS file: `@org/team`, the last part of a group of GitLab, addresses of teams. People are left out. */
export function teamsOfCodeowners(text: string): readonly string[] {
  const names = new Set<string>();
  for (const { owners } of parseCodeowners(text))
    for (const owner of owners) {
      const group = /^@@?[^/@]+\/(?:.*\/)?([^/@]+)$/.exec(owner)?.[1];
      const local = /^([^@]+)@[^@]+\.[^@]+$/.exec(owner)?.[1];
      if (group !== undefined) names.add(group);
      else if (local !== undefined && TEAM_ADDRESS.test(local)) names.add(local);
    }
  return telling(names);
}

type Node = Readonly<Record<string, unknown>>;
const nodeOf = (value: unknown): Node => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {});
const textsOf = (value: unknown): string[] => [value].flat().filter((item) => typeof item === 'string');

/** The name in a reference to an entity: `group:default/payments-crew`. `undefined` for a person. */
const groupOf = (reference: string): string | undefined =>
  /^user:/i.test(reference) ? undefined : reference.replace(/^group:/i, '').replace(/^[^/]*\//, '');

/** Names of the teams in a `catalog-info.yaml` of Backstage: its groups, those above and below them, and the owners of everything else. */
export function teamsOfCatalog(text: string): readonly string[] {
  if (text.length > MOST_CHARACTERS || nestsTooDeep(text)) return [];
  const names = new Set<string>();
  for (const document of parseAllDocuments(text, { logLevel: 'silent' }).slice(0, MOST_DOCUMENTS)) {
    let entity: Node;
    try {
      entity = nodeOf(document.toJS({ maxAliasCount: 100 }));
    } catch {
      continue;
    }
    const [spec, metadata] = [nodeOf(entity.spec), nodeOf(entity.metadata)];
    const references = textsOf(spec.owner);
    if (/^group$/i.test(textsOf(entity.kind)[0] ?? '')) {
      references.push(...textsOf(metadata.name), ...textsOf(spec.parent), ...textsOf(spec.children));
    }
    for (const reference of references) {
      const name = groupOf(reference);
      if (name !== undefined) names.add(name);
    }
  }
  return telling(names);
}
