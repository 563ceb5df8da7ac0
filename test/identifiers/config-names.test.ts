import { describe, expect, it } from 'vitest';
import { findingsIn, fixed, marks } from './schema-support.ts';

type Case = readonly [name: string, path: string, text: string, found: readonly string[]];
const check = (cases: readonly Case[], teams: readonly string[] = []): void => {
  for (const [name, path, text, found] of cases) it(name, async () => expect(await marks(path, text, { teams })).toEqual(found));
};

const k8s = (kind: string, name: string, rest = ''): string => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest}`;

describe('a resource that is named after a team', () => {
  check([
    [
      'is a group in an access list of JSON',
      'envs/a.json',
      '{"access": [{"sso_group_name": "laa-dba", "level": "developer"}]}',
      ['SID004 warning laa-dba'],
    ],
    [
      'is a group beside a role',
      'envs/a.yaml',
      'permissions:\n  - group: payments-engineers\n    role: editor\n',
      ['SID004 warning payments-engineers'],
    ],
    ['is a namespace of Kubernetes', 'k8s/ns.yaml', k8s('Namespace', 'team-payments'), ['SID004 warning team-payments']],
    [
      'is in the second document of a file',
      'k8s/ns.yaml',
      `${k8s('Service', 'a')}---\n${k8s('Namespace', 'payments-squad')}`,
      ['SID004 warning payments-squad'],
    ],
    [
      'is bound to a role',
      'k8s/rb.yaml',
      k8s('RoleBinding', 'deployers', 'subjects:\n  - kind: Group\n    name: payments-team\n'),
      ['SID004 warning payments-team'],
    ],
    [
      'is a role of CloudFormation',
      'cf.yaml',
      'Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: !Sub payments-team-deploy\n',
      ['SID004 warning payments-team-deploy'],
    ],
    [
      'is a topic of CloudFormation in JSON',
      'cf.json',
      '{"Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "squad-red-events"}}}}',
      ['SID004 warning squad-red-events'],
    ],
    [
      'is asked for in a workflow',
      '.github/workflows/a.yml',
      'jobs:\n  a:\n    steps:\n      - uses: x/get-team-membership@v1\n        with:\n          team: Vector Core\n',
      ['SID004 warning Vector Core'],
    ],
    [
      'is quiet where a step of a workflow names the owner',
      '.github/workflows/a.yml',
      'jobs:\n  a:\n    steps:\n      - uses: x/build@v1\n        with:\n          team: payments-team\n',
      [],
    ],
    [
      'is a role of Terraform',
      'iam.tf',
      'resource "aws_iam_role" "r" {\n  name = "payments-team-deploy"\n}\n',
      ['SID004 warning payments-team-deploy'],
    ],
    [
      'is a network that a variable names',
      'net.tf',
      `locals {\n  subnet = { x = [1] }\n  vpc_name = "\${var.networking[0].business-unit}-\${local.environment}"\n}\n`,
      [`SID004 warning \${var.networking[0].business-unit}-\${local.environment}`],
    ],
    [
      'is a network that a local value names',
      'net.tf',
      `locals {\n  unit = var.business_unit\n}\nmodule "vpc" {\n  vpc_name = "\${local.unit}-live"\n}\n`,
      [`SID004 warning \${local.unit}-live`],
    ],
    [
      'is a group of a directory',
      'k8s/rb.yaml',
      k8s('RoleBinding', 'a', 'subjects:\n  - kind: Group\n    name: "github:orders-and-more"\n'),
      ['SID004 warning github:orders-and-more'],
    ],
    [
      'is a role with the name of what a team does',
      'a.tf',
      'resource "elasticsearch_role" "r" {\n  role_name = "webops"\n}\n',
      ['SID004 warning webops'],
    ],
    [
      'is quiet for an ordinary group of a cluster',
      'k8s/rb.yaml',
      k8s('RoleBinding', 'a', 'subjects:\n  - kind: Group\n    name: orders\n'),
      [],
    ],
    [
      'is quiet where the owner is a tag',
      'iam.tf',
      'resource "aws_iam_role" "r" {\n  name = "orders-deploy"\n  tags = {\n    Team = "payments-team"\n    name = "payments-team"\n  }\n}\n',
      [],
    ],
    ['is quiet where the owner is a label', 'k8s/ns.yaml', k8s('Namespace', 'orders', '  labels:\n    team: payments-team\n'), []],
    ['is quiet where the owner is metadata', 'a.yml', 'ownership:\n  primaryOwner:\n    teamName: Payments team\n', []],
    [
      'is quiet in the catalogue of teams',
      'catalog-info.yaml',
      'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: payments-team\nspec:\n  type: team\n',
      [],
    ],
    ['is quiet where the team itself is declared', 'teams.tf', 'resource "github_team" "t" {\n  name = "payments-team"\n}\n', []],
    ['is quiet where teams are a subject of the program', 'k8s/ns.yaml', k8s('KafkaTopic', 'team-created'), []],
    ['is quiet for rights on a service', 'a.json', '{"access": [{"sso_group_name": "orders-readers", "level": "developer"}]}', []],
    ['is quiet for groups of everybody', 'a.json', '{"access": [{"sso_group_name": "aws-prod-admins", "level": "developer"}]}', []],
    [
      'is quiet for a group of the service of the file',
      'envs/orders-hub.json',
      '{"access": [{"sso_group_name": "sso-ordershub", "level": "developer"}]}',
      [],
    ],
    ['is quiet for concurrency of a workflow', '.github/workflows/a.yml', `concurrency:\n  group: ci-\${{ github.ref }}\n`, []],
    ['is quiet for a variable called team', 'v.tf', 'variable "team" {\n  type    = string\n  default = "infrastructure-team"\n}\n', []],
    [
      'is quiet for groups of the cluster',
      'k8s/rb.yaml',
      k8s('RoleBinding', 'a', 'subjects:\n  - kind: Group\n    name: system:authenticated\n'),
      [],
    ],
    ['is quiet for an object id', 'a.json', '{"access": [{"ad_group_name": "0b1f6471-1bf0-4dda-aec3-111122223333", "role": "x"}]}', []],
    ['is quiet in an example', 'examples/iam.tf', 'resource "aws_iam_role" "r" {\n  name = "payments-team-deploy"\n}\n', []],
  ]);
  describe('that the repository knows', () => {
    check(
      [
        [
          'is found by its words',
          'iam.tf',
          'resource "aws_sns_topic" "t" {\n  name = "river-sre-alerts"\n}\n',
          ['SID004 warning river-sre-alerts'],
        ],
        [
          'is found by one word in a group',
          'k8s/rb.yaml',
          k8s('RoleBinding', 'a', 'subjects:\n  - kind: Group\n    name: falcon-x\n'),
          ['SID004 warning falcon-x'],
        ],
        [
          'is quiet by one word elsewhere, which may be a service',
          'iam.tf',
          'resource "aws_sns_topic" "t" {\n  name = "falcon-alerts"\n}\n',
          [],
        ],
      ],
      ['river-sre', 'falcon'],
    );
  });
  it('is told how to be named', async () => {
    const [finding] = await findingsIn('k8s/ns.yaml', k8s('Namespace', 'team-payments'));
    expect(finding?.message).toBe(
      'Namespace “team-payments” is named after the team payments: a reorganization renames it, and everything that refers to it. Name it by the service and what it may do, and keep the owner as a tag or label.',
    );
  });
});

describe('the fix of a resource that is named after a team', () => {
  const role = (rest = '') => `resource "aws_iam_policy" "p" {\n  name = "phoenix-squad-invoice-access"\n${rest}}\n`;
  it('keeps the owner as a new tag of Terraform', async () =>
    expect(await fixed('a.tf', role(), /^Rename to invoice-access and keep phoenix-squad as a label$/)).toBe(
      'resource "aws_iam_policy" "p" {\n  name = "invoice-access"\n  tags = {\n    owner = "phoenix-squad"\n  }\n}\n',
    ));
  it('keeps the owner among the tags that are there', async () =>
    expect(await fixed('a.tf', role('  tags = {\n    env = "x"\n  }\n'), /^Rename/)).toContain(
      '  tags = {\n    owner = "phoenix-squad"\n    env = "x"\n  }\n',
    ));
  it('writes no second owner', async () =>
    expect(await fixed('a.tf', role('  tags = {\n    Owner = "x"\n  }\n'), /^Rename/)).toBe(
      role('  tags = {\n    Owner = "x"\n  }\n').replace('phoenix-squad-', ''),
    ));
  it('keeps the owner as a label of Kubernetes', async () => {
    const text = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team-basket-checkout\n';
    expect(await fixed('a.yaml', text, /^Rename/)).toBe(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: checkout\n  labels:\n    owner: team-basket\n',
    );
    expect(await fixed('a.yaml', `${text}  labels:\n    env: live\n`, /^Rename/)).toBe(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: checkout\n  labels:\n    owner: team-basket\n    env: live\n',
    );
  });
  it.each([
    ['nothing is left of the name', 'a.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team-basket\n'],
    ['only an environment is left', 'a.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team-basket-prod\n'],
    ['an expression makes the tags', 'a.tf', role('  tags = merge(local.tags, { a = "b" })\n')],
    ['the resource may have no tags', 'a.tf', role().replace('aws_iam_policy', 'aws_iam_group')],
    ['the file refers to the name', 'a.tf', `${role()}locals {\n  p = "phoenix-squad-invoice-access"\n}\n`],
  ])('is not offered where %s', async (_, path, text) => {
    expect((await findingsIn(path, text)).length).toBe(1);
    expect(await fixed(path, text, /./)).toBe('no such fix');
  });
});

describe('Terraform', () => {
  check([
    [
      'is read behind heredocs, comments and lists',
      'a.tf',
      '/* { */\nresource "aws_iam_policy" "p" {\n  policy = <<-EOT\n    { "name": "x-team-y" \n  EOT\n  list   = [var.a["b"], "c",\n    "d"]\n  count  = var.x == null ? 0 : 1\n  name   = "payments-team-p" # {\n}\n',
      ['SID004 warning payments-team-p'],
    ],
    [
      'is read while somebody types',
      'a.tf',
      'resource "aws_iam_role" "a" {\n  name = "unfinished\n\nresource "aws_iam_role" "b" {\n  role_name = "payments-team-b"\n}\n',
      ['SID004 warning payments-team-b'],
    ],
    ['is quiet where data is looked up', 'a.tf', 'data "aws_iam_role" "a" {\n  name = "payments-team-a"\n}\n', []],
  ]);
});

describe('a definition', () => {
  check([
    ['that recognises things by a name', 'd.yml', 'rules:\n  - identifier: host.name\n    name: host.name\n', ['SID007 info host.name']],
    ['that recognises things by an email address, in JSON', 'd.json', '{"idField": "email"}', ['SID007 info email']],
    [
      'that recognises things by an id',
      'd.yml',
      'rules:\n  - identifier: container.id\n  - identifier: npm.nodeID\n  - identifier: azure.resourceId\n',
      [],
    ],
    ['that has a literal for an identifier', 'd.yml', 'identifier: main-host\nprimaryKey: true\n', []],
    [
      'that puts an identifier together',
      'd.yml',
      'compositeIdentifier:\n  separator: ":"\n  attributes:\n    - cluster\n    - namespace\n',
      ['SID005 info compositeIdentifier'],
    ],
    ['that puts a list together', 'd.yml', 'csv:\n  separator: ","\n  columns:\n    - a\n    - b\n', []],
  ]);
});

describe('a description of an identifier', () => {
  const openapi = (name: string, description: string, rest = ''): string =>
    `openapi: 3.0.0\ncomponents:\n  schemas:\n    Order:\n      properties:\n        ${name}:\n          type: string\n          description: '${description}'\n${rest}`;
  check([
    [
      'with a template in an API',
      'api.yaml',
      openapi('orderId', 'Has the format {region}-{customer}-{seq}.'),
      ['SID005 warning Has the format {region}-{customer}-{seq}.'],
    ],
    [
      'with parts in words',
      'api.yaml',
      openapi('pageId', 'Concatenation of the account id and the region.'),
      ['SID005 warning Concatenation of the account id and the region.'],
    ],
    [
      'with the meaning of a part',
      'api.yaml',
      openapi('number', 'The second part is the warehouse that packs the order.'),
      ['SID005 warning The second part is the warehouse that packs the order.'],
    ],
    [
      'with letters of something, in protobuf',
      'a.proto',
      'message M {\n  // Three letters of the producer, three of the group, and a number.\n  string sku = 1;\n}\n',
      ['SID005 warning // Three letters of the producer, three of the group, and a number.'],
    ],
    [
      'with values in a pattern',
      's.json',
      '{"properties": {"number": {"pattern": "^HM-(OSL|BGO|TRD)-[0-9]{6}$"}}}',
      ['SID005 info ^HM-(OSL|BGO|TRD)-[0-9]{6}$'],
    ],
    ['with a typed prefix in a pattern', 's.json', '{"properties": {"id": {"pattern": "^(ord|inv)_[a-z0-9]{16}$"}}}', []],
    ['that is a UUID', 'api.yaml', openapi('orderId', 'A UUID in the format {8}-{4}.'), []],
    ['that is a URN of others', 'api.yaml', openapi('orderId', 'In the form of gid://shop/<type>/<id>.'), []],
    ['that is opaque', 'api.yaml', openapi('orderId', 'Identifies the order.'), []],
    ['of something that is none', 'api.yaml', openapi('comment', 'Has the format {a}-{b}.'), []],
    [
      'with named parts in a pattern',
      's.json',
      '{"properties": {"pageId": {"pattern": "^(?<type>[a-z]+)_(?<seq>[0-9]+)$"}}}',
      ['SID005 info ^(?<type>[a-z]+)_(?<seq>[0-9]+)$'],
    ],
    ['with characters in a pattern', 's.json', '{"properties": {"pageId": {"pattern": "^[a-z]+_[0-9]+$"}}}', []],
    [
      'in protobuf with several meanings',
      'a.proto',
      'message M {\n  // Contains the workflow ID or activity ID.\n  string resource_id = 1;\n}\n',
      ['SID005 warning // Contains the workflow ID or activity ID.'],
    ],
    ['in protobuf that repeats its name', 'a.proto', 'message M {\n  // Contains the user ID.\n  string user_id = 1;\n}\n', []],
    [
      'in GraphQL',
      'a.graphql',
      'type Page {\n  """\n  In the format `type_subtype_seq`.\n  """\n  id: ID!\n}\n',
      ['SID005 warning """\n  In the format `type_subtype_seq`.\n  """'],
    ],
    [
      'in a comment of code',
      'a.java',
      'class A {\n  // accept actionUid in the form of "scope.actionType"\n  void f() {}\n}\n',
      ['SID005 info // accept actionUid in the form of "scope.actionType"'],
    ],
    [
      'in a comment of YAML',
      'a.yaml',
      '# Task queue format: /sys/{namespace}/{worker}\na: 1\n',
      ['SID005 info # Task queue format: /sys/{namespace}/{worker}'],
    ],
    [
      'that a database keeps',
      'a.sql',
      "COMMENT ON COLUMN shop.pages.page_id IS 'Composed of the account and the region';",
      ['SID005 info Composed of the account and the region'],
    ],
    [
      'of a path in which an id stands',
      'a.ts',
      '// /parent/{id}/child/{id}/something\n// If the 5th segment is a resource name (has members), it is nested.\nconst a = 1;\n',
      [],
    ],
    ['of a key of a cache', 'a.ts', '// Cache key id format: `{user}:{page}`\nconst a = 1;\n', []],
    ['of a log', 'a.py', '# elb field format: "app/{name}/{id}"\na = 1\n', []],
    ['of a string in code', 'a.ts', "const text = 'order id in the format {a}-{b}';\n", []],
  ]);
});

describe('a number of 32 bits in an interface', () => {
  check([
    [
      'is an id of OpenAPI',
      'api.json',
      '{"openapi": "3.0.0", "components": {"schemas": {"Order": {"properties": {"customerId": {"type": "integer", "format": "int32"}}}}}}',
      ['SID006 info int32'],
    ],
    [
      'is a parameter of OpenAPI',
      'api.yaml',
      'openapi: 3.0.0\npaths:\n  /a:\n    get:\n      parameters:\n        - name: userId\n          in: query\n          schema:\n            type: integer\n            format: int32\n',
      ['SID006 info int32'],
    ],
    ['is an id of protobuf', 'a.proto', 'message Order {\n  int32 customer_id = 1;\n  int64 id = 2;\n}\n', ['SID006 info customer_id']],
    [
      'counts within a connection',
      'a.proto',
      'message PingMsg {\n  int32 id = 1;\n  int32 request_id = 2;\n  int32 subscription_id = 3;\n  int32 status_code = 4;\n}\n',
      [],
    ],
    ['is an id of GraphQL', 'a.graphql', 'type Order {\n  id: Int!\n  total: Int!\n}\n', ['SID006 info id']],
    [
      'is no id',
      'api.yaml',
      'openapi: 3.0.0\ncomponents:\n  schemas:\n    A:\n      properties:\n        count:\n          type: integer\n          format: int32\n',
      [],
    ],
  ]);
});
