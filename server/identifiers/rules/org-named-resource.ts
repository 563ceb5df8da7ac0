import type { SourceFile } from '../../code/source-file.ts';
import { type Finding, findingOf } from '../../model/finding.ts';
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
function unitIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => UNIT.has(word));
  if (at >= 0) {
    const before = words[at - 1];
    const after = words[at + 1];
    const named = before !== undefined ? !ACTIONS.has(before) && !CAPABILITY.has(before) : after !== undefined && !ACTIONS.has(after);
    return named
      ? words.slice(0, at + 1).join(' ') === words[at]
        ? `${words[at]} ${after}`
        : words.slice(0, at + 1).join('-')
      : undefined;
  }
  const unit = words.indexOf('business');
  return unit >= 0 && words[unit + 1] === 'unit' ? 'a business unit' : undefined;
}

/** What part of the organization a resource is named after. */
function orgIn(resource: NamedResource, teams: readonly string[], stem: string): string | undefined {
  const written = resource.expanded ?? resource.name.text;
  const variable = VARIABLE.exec(written)?.[1];
  if (variable !== undefined && !/owner/i.test(variable)) return `the ${wordsOf(variable).join(' ')}`;
  const words = wordsOf(written.replace(/\$\{[^}]*\}|\{\{[^}]*\}\}|%\{[^}]*\}/g, ' '));
  // A name with spaces is shown to people, unless it is that of a group of them.
  if (words.length === 0 || OPAQUE.test(written) || (resource.kind !== 'group' && /\s/.test(written.trim()))) return undefined;
  const known = knownTeam(words, resource, teams);
  if (known !== undefined) return `the team ${known}`;
  const unit = unitIn(words);
  if (unit !== undefined) return `the ${unit}`.replace('the a ', 'a ');
  const rest = words.filter((word) => !CAPABILITY.has(word));
  if ((resource.kind === 'group' || resource.kind === 'role') && rest.length === 1 && FUNCTION.has(rest[0] ?? ''))
    return `the team ${rest[0]}`;
  if (resource.kind !== 'group') return undefined;
  if (PEOPLE.has(words.at(-1) ?? '') && words.some((word) => !CAPABILITY.has(word) && !PEOPLE.has(word))) return 'a team and its people';
  // A group in an access list is a group of people: what is left besides rights and environments says which.
  const listed = resource.listed === true || DIRECTORY.test(written);
  // Named after the service that the file is about, which is what this rule asks for.
  if (rest.join('') === wordsOf(stem).join('')) return undefined;
  return listed && rest.length > 0 && !GRANTS.has(words.at(-1) ?? '') ? 'a group of people' : undefined;
}

/** Groups, roles, policies, topics, namespaces and networks that are named after a part of the organization. Tags, contacts and the org chart itself are fine. */
export function orgNamedResources(source: SourceFile, { resources }: Schema, { teams }: IdentifierKnowledge): readonly Finding[] {
  const stem = source.path.slice(source.path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  return resources.flatMap((resource) => {
    const org = orgIn(resource, teams, stem);
    if (org === undefined) return [];
    const { label, name } = resource;
    return findingOf(ORG_NAMED_RESOURCE, {
      message: `${label} “${name.text}” is named after ${org}: a reorganization renames it, and everything that refers to it. Name it by the service and what it may do, and keep the owner as a tag or label.`,
      span: source.lines.span(name.start, name.end),
    });
  });
}
