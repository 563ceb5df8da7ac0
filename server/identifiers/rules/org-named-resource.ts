import type { SourceFile } from '../../code/source-file.ts';
import { type Finding, type Fix, findingOf } from '../../model/finding.ts';
import type { IdentifierKnowledge } from '../knowledge.ts';
import { ORG_NAMED_RESOURCE } from '../rules.ts';
import type { NamedResource, Schema } from '../schemas/model.ts';
import { wordsOf } from '../schemas/words.ts';

/** Words for a part of an organization. */
const UNIT = new Set('team squad tribe guild chapter department dept division crew'.split(' '));
/** People of a team, at the end of its name. */
const PEOPLE = new Set('engineers engineering admins devs sre dba'.split(' '));
/** What a team does for others, where a group or role has no other name. */
const FUNCTION = new Set('webops devops secops devsecops sysops sysadmins finops netops cloudops infosec sre dba'.split(' '));
/** A directory in front of the name of a group: `github:orders`. */
const DIRECTORY = /^(?:github|gitlab|oidc|okta|keycloak|aad|azuread|google|ldap|saml):/i;
/** A variable that holds a part of the organization. */
const VARIABLE =
  /\$\{[^{}]*?\b((?:business[-_]?unit|bu_?name|team|squad|tribe|department|dept|division|org[-_]?unit|cost[-_]?cent(?:er|re)|owner)(?:[-_]?(?:name|slug))?)\s*(?:\}|\||,|\))/i;
/** What a program with teams of its own does to them: `team-created`, `create-team`, `team-service`. */
const ACTIONS = new Set(
  (
    'create created update updated delete deleted remove removed add added get list join joined leave left invite invited sync member members membership event events topic ' +
    'queue service api app web lambda function id name names setting settings data table store cache db bucket my new the all per each multi cross microsoft ms chat channel ' +
    'manager management city user users role roles policy'
  ).split(' '),
);
/** Words that say what a group may do or where, and not who it is. */
const CAPABILITY = new Set(
  (
    'reader readers writer writers viewer viewers editor editors readonly read only write access admin admins administrator administrators user users developer developers ' +
    'operator operators deploy deployer deployers contributor contributors maintainer maintainers owner owners guest guests public all everyone authenticated default group groups role roles member members ' +
    'prod production preprod preproduction staging stage test testing dev development nonprod nonlive live sandbox aws azure gcp sso iam ad okta github system power poweruser view edit full limited support billing security audit auditor auditors'
  ).split(' '),
);
/** The end of a name that says what one may do with a service: what this rule asks for. */
const GRANTS = new Set(
  'reader readers writer writers viewer viewers editor editors readonly read write access operators users deploy deployer deployers admin approver approvers'.split(
    ' ',
  ),
);
const OPAQUE = /^[0-9a-f]{8}-[0-9a-f]{4}-|^\d+$|^S-1-|^arn:|@/i;

/** A part of an organization as a message names it, and its words in the name where they are sure. */
interface Org {
  readonly text: string;
  readonly words?: readonly string[];
}

/** The team of which a name has the words, where the repository says who its teams are. Of a team of one word, only groups of people are sure. */
function knownTeam(words: readonly string[], resource: NamedResource, teams: readonly string[]): string | undefined {
  const text = `-${words.join('-')}-`;
  return teams.find((team) => {
    const parts = wordsOf(team);
    if (parts.length === 0 || !text.includes(`-${parts.join('-')}-`)) return false;
    return parts.length > 1 ? true : resource.kind === 'group' && !CAPABILITY.has(parts[0] ?? '');
  });
}

/** The words of a name that stand for a part of the organization. */
function unitIn(words: readonly string[]): Org | undefined {
  const at = words.findIndex((word) => UNIT.has(word));
  const before = words[at - 1];
  const after = words[at + 1];
  if (at > 0 && before !== undefined && !ACTIONS.has(before) && !CAPABILITY.has(before)) {
    const own = words.slice(0, at + 1);
    return { text: `the ${own.join('-')}`, words: own };
  }
  if (at === 0 && after !== undefined && !ACTIONS.has(after)) return { text: `the ${words[0]} ${after}`, words: words.slice(0, 2) };
  const unit = words.indexOf('business');
  return at < 0 && unit >= 0 && words[unit + 1] === 'unit' ? { text: 'a business unit' } : undefined;
}

/** What part of the organization a resource is named after. */
function orgIn(resource: NamedResource, teams: readonly string[], stem: string): Org | undefined {
  const written = resource.expanded ?? resource.name.text;
  const variable = VARIABLE.exec(written)?.[1];
  if (variable !== undefined && !/owner/i.test(variable)) return { text: `the ${wordsOf(variable).join(' ')}` };
  const words = wordsOf(written.replace(/\$\{[^}]*\}|\{\{[^}]*\}\}|%\{[^}]*\}/g, ' '));
  // A name with spaces is shown to people, unless it is that of a group of them.
  if (words.length === 0 || OPAQUE.test(written) || (resource.kind !== 'group' && /\s/.test(written.trim()))) return undefined;
  const known = knownTeam(words, resource, teams);
  if (known !== undefined) return { text: `the team ${known}`, words: wordsOf(known) };
  const unit = unitIn(words);
  if (unit !== undefined) return unit;
  const rest = words.filter((word) => !CAPABILITY.has(word));
  if ((resource.kind === 'group' || resource.kind === 'role') && rest.length === 1 && FUNCTION.has(rest[0] ?? ''))
    return { text: `the team ${rest[0]}` };
  if (resource.kind !== 'group') return undefined;
  if (PEOPLE.has(words.at(-1) ?? '') && words.some((word) => !CAPABILITY.has(word) && !PEOPLE.has(word)))
    return { text: 'a team and its people' };
  // A group in an access list is a group of people: what is left besides rights and environments says which.
  const listed = resource.listed === true || DIRECTORY.test(written);
  // Named after the service that the file is about, which is what this rule asks for.
  if (rest.join('') === wordsOf(stem).join('')) return undefined;
  return listed && rest.length > 0 && !GRANTS.has(words.at(-1) ?? '') ? { text: 'a group of people' } : undefined;
}

/** Rights and environments alone are no name: `prod`. */
const saysSomething = (name: string): boolean => wordsOf(name).some((word) => !CAPABILITY.has(word) && word.length > 1);

/**
 * Renames a resource to what is left without its team, and keeps the team as a tag or label. `undefined` where nothing is left, a label cannot be written, or the
 * file has the name in other places, which refer to it.
 */
function renaming({ path, text, lines }: SourceFile, { name, owner }: NamedResource, team: readonly string[]): Fix | undefined {
  if (owner === undefined || /[${}\s]/.test(name.text) || text.split(name.text, 3).length !== 2) return undefined;
  const written = new RegExp(`(?:^|[-_.])${team.join('[-_.]')}(?=[-_.]|$)`, 'i').exec(name.text);
  if (!written) return undefined;
  const rest = `${name.text.slice(0, written.index)}${name.text.slice(written.index + written[0].length)}`.replace(/^[-_.]+/, '');
  if (!saysSomething(rest)) return undefined;
  const noted = owner === 'noted';
  return {
    title: noted ? `Rename to ${rest}; the owner is a label already` : `Rename to ${rest} and keep ${team.join('-')} as a label`,
    edits: [
      { path, span: lines.span(name.start, name.end), text: rest },
      ...(noted ? [] : [{ path, span: lines.span(owner.offset, owner.offset), text: `${owner.before}${team.join('-')}${owner.after}` }]),
    ],
  };
}

/** Groups, roles, policies, topics, namespaces and networks that are named after a part of the organization. Tags, contacts and the org chart itself are fine. */
export function orgNamedResources(source: SourceFile, { resources }: Schema, { teams }: IdentifierKnowledge): readonly Finding[] {
  const stem = source.path.slice(source.path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  return resources.flatMap((resource) => {
    const org = orgIn(resource, teams, stem);
    if (org === undefined) return [];
    const { label, name } = resource;
    const fix = org.words && renaming(source, resource, org.words);
    return findingOf(ORG_NAMED_RESOURCE, {
      message: `${label} “${name.text}” is named after ${org.text}: a reorganization renames it, and everything that refers to it. Name it by the service and what it may do, and keep the owner as a tag or label.`,
      span: source.lines.span(name.start, name.end),
      ...(fix && { fixes: [fix] }),
    });
  });
}
