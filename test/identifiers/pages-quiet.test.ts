import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../server/code/source-file.ts';
import { findingsOfIdentifiers, NO_KNOWLEDGE } from '../../server/identifiers/index.ts';

const KNOWN = { ...NO_KNOWLEDGE, teams: ['phoenix-squad', 'team-basket'] };

const found = async (path: string, text: string): Promise<readonly string[]> =>
  (await findingsOfIdentifiers(new SourceFile(path, text), KNOWN)).map(({ rule, span }) => `${rule} ${span.start.line}`);

describe('what the page of SID001 says is quiet', () => {
  it.each([
    [
      'the key of a cache in TypeScript',
      'src/a.ts',
      'export const load = (kind: string, orderId: string) => cache.get(`${kind}:${orderId}`);',
    ],
    ['the key of a cache in Python', 'src/a.py', 'def load(kind, order_id):\n    return cache.get(f"{kind}:{order_id}")\n'],
    ['the key of a cache in Java', 'src/A.java', 'class A { Order load(String kind, String id) { return cache.get(kind + ":" + id); } }'],
    ['the key of a map in Go', 'a.go', 'package a\nfunc f(kind, id string) { key := kind + ":" + id\n seen[key] = true }'],
    [
      'the key of a user interface',
      'src/A.tsx',
      'export const A = ({ order }) => <li key={`${order.kind}-${order.id}`}>{order.name}</li>;',
    ],
    ['a path', 'src/a.ts', 'await writeFile(join(folder, `${region}-${order.id}.json`), text);'],
    ['a path in Ruby', 'app/a.rb', 'def save(order)\n  File.write("orders/#{order.region}/#{order.id}.json", text)\nend\n'],
    ['an address', 'src/a.ts', 'const url = `https://shop.example/${region}/orders/${orderId}`;\nawait fetch(url);'],
    [
      'an address in C#',
      'src/A.cs',
      'class A { Task F(string region, string orderId) => client.GetAsync($"/orders/{region}/{orderId}"); }',
    ],
    ['a line of a log', 'src/a.ts', 'logger.info(`${region}:${orderId}`);'],
    ['a line of a log in Go', 'a.go', 'package a\nfunc f(region, orderID string) { log.Printf("%s:%s", region, orderID) }'],
    [
      'a hash of the parts',
      'src/a.py',
      'def order_id(region, number):\n    return hashlib.sha256(f"{region}:{number}".encode()).hexdigest()\n',
    ],
  ])('%s', async (_name, path, text) => {
    expect(await found(path, text)).toEqual([]);
  });

  it('is found where the same text is stored', async () => {
    expect(await found('src/a.ts', 'await orders.insert({ id: `${region}-${kind}-${number}` });')).toEqual(['SID001 0']);
  });
});

describe('what the page of SID003 says is quiet', () => {
  it.each([
    ['the key of a translation', 'src/a.ts', 'if (messageId === "checkout.address.missing") show(translate(messageId));'],
    ['the key of a permission', 'src/a.ts', 'if (permissionId === "orders:read") allow();'],
    ['a flag', 'src/a.ts', 'if (flags.isEnabled("checkout-express-2024")) show();'],
    ['a media type', 'src/a.py', 'if type_id == "application/json":\n    parse()\n'],
    ['a time', 'src/a.ts', 'if (slotId === "2024-05-01T10:00") book();'],
    [
      'a URN of a standard',
      'src/A.java',
      'class A { boolean f(String schemaId) { return schemaId.equals("urn:ietf:params:scim:schemas:core:2.0:User"); } }',
    ],
    ['a code of a standard', 'src/a.py', 'if standard_id == "ISO-8601":\n    parse()\n'],
    ['a test', 'src/a.test.ts', 'it("packs", () => { expect(slot.warehouseId === "wh-oslo-main").toBe(true); });'],
    ['a test in Python', 'tests/test_slots.py', 'def test_packs():\n    assert slot.warehouse_id == "wh-oslo-main"\n'],
  ])('%s', async (_name, path, text) => {
    expect(await found(path, text)).toEqual([]);
  });

  it('is found where an identifier of the shop is compared', async () => {
    expect(await found('src/a.ts', 'if (slot.warehouseId === "wh-oslo-main") pack();')).toEqual(['SID003 0']);
  });
});

describe('what the page of SID004 says is quiet', () => {
  it.each([
    [
      'a tag in Terraform',
      'main.tf',
      'resource "aws_sqs_queue" "orders" {\n  name = "orders"\n  tags = { owner = "phoenix-squad", Name = "team-basket" }\n}\n',
    ],
    [
      'a label in Kubernetes',
      'deploy/a.yaml',
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: checkout\n  labels:\n    owner: team-basket\n',
    ],
    [
      'an annotation in Kubernetes',
      'deploy/a.yaml',
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: checkout\n  annotations:\n    example.com/team: phoenix-squad\n',
    ],
    [
      'a contact',
      'deploy/a.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: checkout\ndata:\n  contact: phoenix-squad@example.com\n',
    ],
    ['CODEOWNERS', '.github/CODEOWNERS', '/services/ @example/phoenix-squad\n'],
    [
      'a tag in CloudFormation',
      'infra/stack.yaml',
      'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: orders\n      Tags:\n        - Key: owner\n          Value: phoenix-squad\n',
    ],
    [
      'the chart of the organization itself',
      'catalog/teams.yaml',
      'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: phoenix-squad\nspec:\n  type: team\n  children: []\n',
    ],
  ])('%s', async (_name, path, text) => {
    expect(await found(path, text)).toEqual([]);
  });

  it('is found where a queue is named so', async () => {
    expect(await found('main.tf', 'resource "aws_sqs_queue" "orders" {\n  name = "phoenix-squad-orders"\n}\n')).toEqual(['SID004 1']);
  });
});

describe('what the page of SID005 says is quiet', () => {
  const openapi = (schema: string): string =>
    `openapi: 3.0.3\ninfo: { title: Shop, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Order:\n      type: object\n      properties:\n        id:\n${schema.replace(/^/gm, '          ')}\n`;
  it.each([
    ['a pattern that says which characters there are', 'api/openapi.yaml', openapi("type: string\npattern: '^[A-Z0-9]{12}$'")],
    ['a pattern of three groups of digits', 'api/openapi.yaml', openapi("type: string\npattern: '^[0-9]{4}-[0-9]{4}-[0-9]{4}$'")],
    ['a UUID', 'api/openapi.yaml', openapi('type: string\nformat: uuid\nexample: 0190163d-8694-739b-aea5-966c26f8ad91')],
    [
      'a UUID by its pattern',
      'api/openapi.yaml',
      openapi("type: string\npattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'\ndescription: UUID of the order."),
    ],
    ['an identifier of others', 'api/openapi.yaml', openapi("type: string\npattern: '^arn:aws:sqs:'\ndescription: The ARN of the queue.")],
    ['a description that says it is opaque', 'api/openapi.yaml', openapi('type: string\ndescription: Opaque. Do not parse it.')],
    ['a field of protobuf that is opaque', 'api/shop.proto', 'syntax = "proto3";\nmessage Product {\n  // Opaque.\n  string sku = 1;\n}\n'],
    [
      'a column that is opaque',
      'db/postgres/001.sql',
      "CREATE TABLE orders (id uuid PRIMARY KEY);\nCOMMENT ON COLUMN orders.id IS 'Opaque.';\n",
    ],
  ])('%s', async (_name, path, text) => {
    expect(await found(path, text)).toEqual([]);
  });

  it('is found where the second part is given a meaning', async () => {
    expect(
      await found('api/openapi.yaml', openapi('type: string\ndescription: The second part is the warehouse that packs the order.')),
    ).toHaveLength(1);
  });
});
