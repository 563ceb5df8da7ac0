import { get, type Tree, type TreeEntry, textAt } from '../../../knowledge/specs/tree.ts';
import type { NamedResource, ResourceKind } from '../model.ts';
import { located, visitMaps } from './tree.ts';

type TreeMap = Tree & { readonly kind: 'map' };

/** A group of people in a directory, whoever runs it. */
const DIRECTORY_GROUP =
  /^(?:sso|ad|aad|entra|azure_?ad|idp|iam|okta|ldap|saml|oidc|keycloak|google|github|gitlab)[_-]?(?:group|team)s?(?:[_-]?names?|[_-]?slugs?)?$/i;
/** A group or team, where an access list says so. */
const GROUP = /^(?:[\w-]*[_-])?(?:group|team|principal)s?(?:[_-]?names?|[_-]?slugs?)?$|^(?:group|team|principal)s?(?:Names?|Slugs?)?$/i;
/** What stands beside a group in an access list. */
const GRANT = /^(?:level|roles?|permissions?|access(?:_?level)?|verbs|rights|privileges?|grants?|scopes?|polic(?:y|ies))$/i;
/** What an access list lets in: a team beside it says whose that is. */
const WORKLOAD = /^(?:app(?:lication)?s?|services?|clients?|workloads?|components?|deployments?|service_?accounts?|namespaces?)$/i;
/** Where access lists hang. */
const ACCESS_LIST =
  /^(?:access|acls?|access_?lists?|permissions?|bindings?|members|grants|rbac|sso|role_?bindings?|assignments|allowed_?groups|groups_?access)$/i;
/** Ownership as metadata, and the org chart itself: the recommended places. */
const METADATA =
  /^(?:tags?|labels?|annotations?|owners?|ownership|primary_?owners?|contacts?|maintainers?|reviewers|assignees|codeowners|on_?call|escalation\w*|notif\w*|description|default_?tags|commonlabels)$/i;

/** Kinds of Kubernetes and its operators whose name others use, as resources. */
const KUBERNETES: Readonly<Record<string, ResourceKind>> = {
  Namespace: 'namespace',
  Role: 'role',
  ClusterRole: 'role',
  RoleBinding: 'role',
  ClusterRoleBinding: 'role',
  ServiceAccount: 'role',
  NetworkPolicy: 'policy',
  KafkaTopic: 'topic',
  Topic: 'topic',
  KafkaUser: 'role',
  Project: 'namespace',
  AppProject: 'namespace',
  Tenant: 'namespace',
  ResourceQuota: 'other',
};
/** Properties of CloudFormation, SAM and ARM that name a resource. */
const NAMING_PROPERTY =
  /^(?:Role|Group|Policy|ManagedPolicy|Topic|Queue|Bucket|Cluster|Stream|Table|Function|Repository|User|DBInstance|LogGroup|SecurityGroup|EventBus|Vpc)(?:Name|Identifier)$|^Name$|^GroupName$/;
const kindOfType = (type: string): ResourceKind =>
  /Group$/i.test(type) && /IAM|Cognito|Identity/i.test(type)
    ? 'group'
    : /Role|User/i.test(type)
      ? 'role'
      : /Polic/i.test(type)
        ? 'policy'
        : /Topic|Queue|Stream|EventBus/i.test(type)
          ? 'topic'
          : /VPC|Subnet|SecurityGroup|Network/i.test(type)
            ? 'network'
            : 'other';

function fromEntry(text: string, { key, value }: TreeEntry, kind: ResourceKind): readonly NamedResource[] {
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => {
    const name = located(text, item);
    return name ? [{ kind, label: key, name, ...(kind === 'group' && { listed: true }) }] : [];
  });
}

/** Where a label for the owner goes: into the labels of an object in lines, or into new ones behind its name. */
function ownerIn(text: string, metadata: Tree | undefined): NamedResource['owner'] {
  if (metadata?.kind !== 'map' || text[metadata.start] === '{') return undefined;
  const name = metadata.entries.find(({ key }) => key === 'name');
  if (!name) return undefined;
  const indent = ' '.repeat(name.keyRange.start - (text.lastIndexOf('\n', name.keyRange.start) + 1));
  const labels = get(metadata, 'labels');
  if (!labels)
    return {
      offset: name.value.kind === 'scalar' ? name.value.end : name.keyRange.end,
      before: `\n${indent}labels:\n${indent}  owner: `,
      after: '',
    };
  if (labels.kind !== 'map' || text[labels.start] === '{') return undefined;
  if (labels.entries.some(({ key }) => /(?:^|\/)(?:owner|team|squad)$/i.test(key))) return 'noted';
  const first = labels.entries[0]?.keyRange.start;
  if (first === undefined) return undefined;
  const deeper = ' '.repeat(first - (text.lastIndexOf('\n', first) + 1));
  return { offset: first, before: 'owner: ', after: `\n${deeper}` };
}

/** Names of an object of Kubernetes, and of the groups that a binding grants something to. */
function fromKubernetes(text: string, map: TreeMap): readonly NamedResource[] {
  const kind = textAt(map, 'kind');
  if (kind === undefined || textAt(map, 'apiVersion') === undefined) return [];
  const found: NamedResource[] = [];
  const value = get(get(map, 'metadata'), 'name');
  const name = value && located(text, value);
  const of = KUBERNETES[kind];
  const owner = ownerIn(text, get(map, 'metadata'));
  if (name && of) found.push({ kind: of, label: kind, name, ...(owner && { owner }) });
  const subjects = get(map, 'subjects');
  for (const subject of subjects?.kind === 'list' ? subjects.items : []) {
    const group = textAt(subject, 'kind') === 'Group' ? get(subject, 'name') : undefined;
    const subjectName = group && located(text, group);
    if (subjectName && !subjectName.text.startsWith('system:')) found.push({ kind: 'group', label: 'Group', name: subjectName });
  }
  return found;
}

/** Names in the properties of a resource of CloudFormation. */
function fromCloudFormation(text: string, map: TreeMap): readonly NamedResource[] {
  const type = textAt(map, 'Type');
  const properties = get(map, 'Properties');
  if (!type?.includes('::') || properties?.kind !== 'map') return [];
  return properties.entries.flatMap((entry) => {
    const inner = entry.value.kind === 'map' ? get(entry.value, 'Fn::Sub') : entry.value;
    const name = NAMING_PROPERTY.test(entry.key) && inner ? located(text, inner) : undefined;
    return name ? [{ kind: kindOfType(type), label: `${type} ${entry.key}`, name }] : [];
  });
}

/** Actions that look a person up in a team. */
const MEMBERSHIP = /team|member|approv|permission|authoriz/i;

/** Names that configuration in YAML or JSON gives to resources, and groups that access lists name. */
export function resourcesIn(path: string, text: string, documents: readonly Tree[]): readonly NamedResource[] {
  const found: NamedResource[] = [];
  const workflow = /(?:^|\/)\.github\/(?:workflows|actions)\//.test(path);
  for (const document of documents) {
    // A catalogue of teams is the org chart itself.
    if (
      /^(?:Group|User|Team|System|Domain|Component|API|Resource|Location|Template)$/.test(textAt(document, 'kind') ?? '') &&
      get(document, 'spec') &&
      /backstage/.test(textAt(document, 'apiVersion') ?? '')
    )
      continue;
    visitMaps(document, (map, keys) => {
      if (keys.some((key) => METADATA.test(key))) return;
      found.push(...fromKubernetes(text, map), ...fromCloudFormation(text, map));
      const granted = map.entries.some(({ key }) => GRANT.test(key)) && !map.entries.some(({ key }) => WORKLOAD.test(key));
      const listed = granted && keys.some((key) => ACCESS_LIST.test(key));
      for (const entry of map.entries) {
        if (DIRECTORY_GROUP.test(entry.key) || (GROUP.test(entry.key) && listed)) found.push(...fromEntry(text, entry, 'group'));
      }
      // Of the steps of a workflow only those count that ask who is in a team; for others the team is the owner.
      const given = workflow && MEMBERSHIP.test(textAt(map, 'uses') ?? '') ? get(map, 'with') : undefined;
      for (const entry of given?.kind === 'map' ? given.entries : [])
        if (/^teams?(?:[_-]?(?:slug|name))?$/i.test(entry.key)) found.push(...fromEntry(text, entry, 'group'));
    });
  }
  return found;
}
