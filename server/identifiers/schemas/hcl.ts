import { commentEnd } from './comment-end.ts';
import type { Located, NamedResource, ResourceKind } from './model.ts';

/** An attribute of HCL whose value is a string, with the blocks around it. */
interface Attribute {
  /** The outermost block and its labels: `resource`, `aws_iam_role`, `x`. The same array for all attributes of one block. */
  readonly block: readonly string[];
  /** Names of the blocks and objects between it and the attribute. */
  readonly path: readonly string[];
  readonly key: string;
  /** The string without its quotes, or a reference such as `var.team` with `quoted` false. */
  readonly value: Located;
  readonly quoted: boolean;
  /** True for an object in braces; its value is then the brace that opens it. */
  readonly object?: true;
}

const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const HEREDOC = /<<[-~]?\s*"?(\w+)"?[^\n]*\n/y;
const REFERENCE = /[\p{L}_][\w-]*(?:\.[\w*-]+|\[[^\]\n]{0,200}\])*/uy;

/** The end of a string, with the expressions in it skipped. An unclosed one ends with its line. */
function endOfString(text: string, start: number): number {
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\n') return at;
    if (char === '\\') at++;
    else if ((char === '$' || char === '%') && text[at + 1] === '{') {
      depth++;
      at++;
    } else if (depth > 0 && char === '}') depth--;
    else if (char === '"' && depth === 0) return at + 1;
  }
  return text.length;
}

/** Reads the attributes of a file of HCL that are strings or references. Linear, and tolerant of what is not finished. */
function attributesOf(text: string): readonly Attribute[] {
  const found: Attribute[] = [];
  const stack: { readonly names: readonly string[]; readonly bracket: string }[] = [];
  let names: string[] = [];
  let key: string | undefined;
  const add = (value: Located, quoted: boolean, object?: true): void => {
    if (key === undefined) return;
    const [block, ...inner] = stack.filter(({ names: own }) => own.length > 0);
    found.push({
      block: block?.names ?? [],
      path: inner.map(({ names: own }) => own[0] ?? ''),
      key,
      value,
      quoted,
      ...(object && { object }),
    });
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at] as string;
    const comment = commentEnd(text, at);
    if (comment !== undefined) at = comment;
    else if (char === '<' && text[at + 1] === '<') {
      HEREDOC.lastIndex = at;
      const mark = HEREDOC.exec(text);
      const close = mark ? new RegExp(`^[ \\t]*${mark[1]}\\b`, 'gm') : undefined;
      if (close) close.lastIndex = HEREDOC.lastIndex;
      const end = close?.exec(text);
      at = mark ? (end ? end.index + end[0].length : text.length) : at + 2;
      key = undefined;
    } else if (char === '"') {
      const end = endOfString(text, at);
      const inner = {
        text: text.slice(at + 1, text[end - 1] === '"' ? end - 1 : end),
        start: at + 1,
        end: text[end - 1] === '"' ? end - 1 : end,
      };
      if (key !== undefined) add(inner, true);
      else names.push(inner.text);
      // In a list the next string belongs to the same attribute.
      if (stack.at(-1)?.bracket !== '[') key = undefined;
      at = end;
    } else if (char === '{' || char === '[' || char === '(') {
      if (char === '{') add({ text: char, start: at, end: at + 1 }, false, true);
      stack.push({ names: key !== undefined ? [key] : names, bracket: char });
      names = [];
      if (char === '{') key = undefined;
      at++;
    } else if (char === '}' || char === ']' || char === ')') {
      stack.pop();
      key = undefined;
      names = [];
      at++;
    } else if (
      char === '=' &&
      text[at + 1] !== '=' &&
      text[at - 1] !== '=' &&
      text[at - 1] !== '!' &&
      text[at - 1] !== '<' &&
      text[at - 1] !== '>'
    ) {
      key = names.at(-1) ?? key;
      names = [];
      at++;
    } else if (char === ':' && names.length > 0 && stack.at(-1)?.bracket === '{') {
      key = names.at(-1);
      names = [];
      at++;
    } else if (char === '\n') {
      if (stack.at(-1)?.bracket !== '[' && stack.at(-1)?.bracket !== '(') {
        key = undefined;
        names = [];
      }
      at++;
    } else {
      const pattern = key === undefined ? IDENTIFIER : REFERENCE;
      pattern.lastIndex = at;
      const word = pattern.exec(text)?.[0];
      if (word === undefined) at++;
      else {
        if (key === undefined) names.push(word);
        else if (word.includes('.')) add({ text: word, start: at, end: at + word.length }, false);
        at += word.length;
      }
    }
  }
  return found;
}

/** Attributes that name something, in a resource, a module or local values. */
const NAMING =
  /^(?:name|name_prefix|display_name|[\w-]+_name(?:_prefix)?|namespace|group|role|topic|bucket|bucket_prefix|identifier|cluster_identifier|team|team_slug|team_name)$/;
/** Names of other things than resources. */
const OTHER =
  /^(?:metric_name|attribute_name|service_name|container_name|parameter_name|header_name|domain_name|dns_name|host_?name|user_?name|module_name|provider_name|application_name|app_name|field_name|column_name|key_name|event_name|file_name|filename|principal_name|repository_name|image_name|branch_name|product_name|zone_name|record_name|secret_name|display_name)$/;
const METADATA =
  /^(?:tags|tags_all|default_tags|labels|annotations|common_tags|owner|owners|contacts?|assume_role|dimensions|filter|metadata|variables|environment|env|triggers|tag)$/i;
const ORG_CHART =
  /^(?:github_team|gitlab_group|pagerduty_team|opsgenie_team|datadog_team|grafana_team|okta_group|azuread_group|googleworkspace_group|google_cloud_identity_group|aws_identitystore_group|sentry_team|tfe_team)/;

const KINDS: readonly (readonly [RegExp, ResourceKind])[] = [
  [/iam_group|user_group|directory_group/, 'group'],
  [/role|iam_user|service_account|principal|permission_set/, 'role'],
  [/polic/, 'policy'],
  [/topic|queue|stream|event_?bus|kinesis|eventhub|pubsub/, 'topic'],
  [/namespace|project|folder|resource_group|organizational_unit/, 'namespace'],
  [/vpc|subnet|network|security_group|route|gateway|ram_/, 'network'],
];
const kindOf = (text: string): ResourceKind => KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';

/** Resources with tags or labels, as far as it is sure. */
const TAGGED =
  /^(?:aws_(?:iam_(?:role|policy|user)|sns_topic|sqs_queue|s3_bucket|security_group|kms_key|ecr_repository|dynamodb_table|kinesis_stream|cloudwatch_log_group|ecs_cluster|lambda_function|lb|db_instance|vpc|subnet|secretsmanager_secret|ssm_parameter)|azurerm_(?:resource_group|storage_account|servicebus_namespace|key_vault|virtual_network))$/;
const LABELLED = /^google_(?:pubsub_topic|pubsub_subscription|storage_bucket|project|bigquery_dataset|secret_manager_secret)$/;
const OWNER = /^(?:owner|team|squad|business[-_]?unit)$/i;

/** Where the owner of a resource goes: into its tags, or into new ones behind its name. */
function ownerOf(text: string, resource: string, own: readonly Attribute[], name: Located): NamedResource['owner'] {
  const word = TAGGED.test(resource) ? 'tags' : LABELLED.test(resource) ? 'labels' : undefined;
  if (word === undefined) return undefined;
  const inside = own.filter(({ path }) => path[0] === word);
  if (inside.some(({ key }) => OWNER.test(key))) return 'noted';
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', name.start) + 1, name.start))?.[0] ?? '';
  const tags = own.find(({ key, path }) => key === word && path.length === 0);
  if (tags?.object) return { offset: tags.value.end, before: `\n${indent}  owner = "`, after: '"' };
  // Tags that an expression makes, such as `merge(...)`, are left to people.
  if (tags || inside.length > 0) return undefined;
  return { offset: name.end + 1, before: `\n${indent}${word} = {\n${indent}  owner = "`, after: `"\n${indent}}` };
}

/** Names that Terraform gives to resources. A local value in a name is replaced by what it stands for, one step. */
export function readHcl(text: string): readonly NamedResource[] {
  const attributes = attributesOf(text);
  const locals = new Map<string, string>();
  for (const { block, path, key, value, quoted } of attributes)
    if (block[0] === 'locals' && path.length === 0 && value.text !== '{' && !locals.has(key))
      locals.set(key, quoted ? value.text : `\${${value.text}}`);
  const ofBlock = new Map<readonly string[], Attribute[]>();
  for (const attribute of attributes) {
    const own = ofBlock.get(attribute.block) ?? [];
    own.push(attribute);
    ofBlock.set(attribute.block, own);
  }
  return attributes.flatMap(({ block, path, key, value, quoted }) => {
    const [type = '', resource = ''] = block;
    if (!quoted || !/^(?:resource|module|locals)$/.test(type) || ORG_CHART.test(resource)) return [];
    if (path.some((name) => METADATA.test(name)) || !NAMING.test(key) || OTHER.test(key)) return [];
    // `name` in a nested block is that of a part, such as an attribute of a table; lists of local values have names of all kinds.
    if (key === 'name' && (path.length > 0 || type === 'locals')) return [];
    const kind = kindOf(`${type === 'resource' ? resource : ''} ${key}`);
    const expanded = value.text.replace(/\$\{\s*local\.([\w-]+)\s*\}/g, (whole, name: string) => locals.get(name) ?? whole);
    const owner = type === 'resource' && path.length === 0 ? ownerOf(text, resource, ofBlock.get(block) ?? [], value) : undefined;
    return [{ kind, label: type === 'resource' ? resource : key, name: value, expanded, ...(owner && { owner }) }];
  });
}
