// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { foundBy } from './code-support.ts';
import { findingsIn } from './schema-support.ts';

/** Kinds of text, a case that is quiet and one that looks alike and is found: rule, path, quiet, found. */
const KINDS: readonly (readonly [kind: string, rule: string, path: string, quiet: string, found: string])[] = [
  [
    'the name of a route of the program, when it is asked for',
    'SID002',
    'menu.php',
    '<?php function f($routeId) { if (str_starts_with($routeId, "admin.")) { return 1; } return 2; }',
    '<?php function f($routeId, $stop) { if (str_starts_with($routeId, "BUS-")) { return bus($stop); } return 2; }',
  ],
  [
    'the name of the route that fits a request',
    'SID002',
    'matches.ts',
    'export function f(match: Match) {\n  const parts = match.route.id.split("/");\n  return parts[1];\n}',
    // The last part is the identifier of what is called a route in a shop.
    'export function f({ routeId }: { routeId: string }) {\n  return load(routeId.split("/").pop());\n}',
  ],
  [
    'the name of a route in a condition',
    'SID003',
    'shop.py',
    'def f(match):\n    return match.route_id == "shop.orders.list"\n',
    'def f(vehicle):\n    return vehicle.route_id == "city.north.express"\n',
  ],
  [
    'the name of a route of an interface',
    'SID001',
    'handler.go',
    'package a\n\nconst AdminRouteSessionExtendId = RouteSession + "/extend"\n',
    'package a\n\nconst AdminOrderExtendId = OrderSession + "/extend"\n',
  ],
  [
    'the operation of an interface, as its description asks for it',
    'SID001',
    'schema.py',
    'class Custom(AutoSchema):\n    def get_operation_id(self):\n        return f"{self.basename}_{self.action}"\n',
    'class Custom(Ledger):\n    def get_operation_id(self):\n        return f"{self.branch}_{self.kind}"\n',
  ],
  [
    'the operation that the trace of a call names',
    'SID003',
    'details.ts',
    'export const f = (span: Span) => span.operationId === "ai.embed.many";',
    'export const f = (order: Order) => order.operationId === "drill.press.left";',
  ],
  [
    'the name of a service in a container that is asked for it',
    'SID002',
    'Pass.php',
    '<?php class P { function process($container) { foreach ($container->findTaggedServiceIds("x") as $id => $tags) { if (str_starts_with($id, "app.")) { $container->getDefinition($id); } } } }',
    '<?php class P { function process($orders) { foreach ($orders->findUnpaid("x") as $id => $tags) { if (str_starts_with($id, "app.")) { $orders->pay($id); } } } }',
  ],
  [
    'the name of a service that a container is given',
    'SID001',
    'Extension.php',
    '<?php function load($container, $name, $type) { $serviceId = "app.handler." . $type . "." . $name; $container->setDefinition($serviceId, $def); }',
    '<?php function load($register, $name, $type) { $serviceId = "app.handler." . $type . "." . $name; $register->insert($serviceId, $def); }',
  ],
  [
    'a task of a graph',
    'SID001',
    'loads.py',
    'def f(table, schema, dag):\n    return BashOperator(task_id=f"load_{schema}_{table}", dag=dag)\n',
    'def f(table, schema):\n    return Errand(task_id=f"load_{schema}_{table}")\n',
  ],
  [
    'the module that a bundler asks for',
    'SID002',
    'plugin.ts',
    'export const plugin = { transform(code: string, id: string) { if (id.includes("node_modules") || id.startsWith("\\0")) return; return change(code); } };',
    'export const plugin = { transform(code: string, id: string) { if (id.includes("legacy")) return; return change(code); } };',
  ],
  [
    'what a network in front of a server keeps an answer by',
    'SID001',
    'proxy.ts',
    'export function surrogateKey(page: Page) {\n  return `pages:${page.kind}`;\n}\nexport const purge = (cdn: Cdn) => cdn.purge(all);',
    'export function surrogateKey(page: Page) {\n  return `pages:${page.kind}`;\n}\nexport const store = (pages: Pages) => pages.insert(all);',
  ],
  [
    'the month that somebody asks for',
    'SID002',
    'lists.py',
    'def f(month_identifier):\n    year, month = month_identifier.split("-")\n    return year, month\n',
    'def f(order_identifier):\n    year, month = order_identifier.split("-")\n    return year, month\n',
  ],
  [
    'what tells jobs of a queue apart, in their options',
    'SID001',
    'send.ts',
    'export const f = (queue: Queue, userId: string, kind: string) => queue.add("send", { userId }, { jobId: `${kind}-${userId}` });',
    'export const f = (db: Db, userId: string, kind: string) => db.jobs.insert({ userId, jobId: `${kind}-${userId}` });',
  ],
  [
    'what tells jobs of a worker apart, beside what they do',
    'SID001',
    'runs.ts',
    'export const f = (worker: Worker, runId: string) => worker.enqueue({ id: `finish.${runId}`, job: "finish", payload: { runId } });',
    // An identifier in what is queued is one like others.
    'export const f = (worker: Worker, run: Run) => worker.enqueue({ job: "finish", payload: { orderId: `${run.region}-${run.kind}` } });',
  ],
  [
    'the name of a job of a scheduler',
    'SID001',
    'jobs.py',
    'def f(scheduler, tenant, kind):\n    scheduler.add_job(run, id=f"{kind}-{tenant}", replace_existing=True)\n',
    'def f(register, tenant, kind):\n    register.add_order(run, order_id=f"{kind}-{tenant}", replace_existing=True)\n',
  ],
  [
    'the name of a job that is kept in a variable',
    'SID001',
    'Jobs.cs',
    'class A { void F(string kind, string region) { var jobId = $"{kind}-{region}"; RecurringJob.AddOrUpdate(jobId, () => Run()); } }',
    'class A { void F(string kind, string region) { var jobId = $"{kind}-{region}"; Jobs.Insert(jobId, region); } }',
  ],
  [
    'a list in one text, of which each one is loaded',
    'SID002',
    'lists.php',
    '<?php function f($id) { $parts = explode("|", $id); foreach ($parts as $part) { load($part); } }',
    '<?php function f($id) { $parts = explode("|", $id); load($parts[0], $parts[1]); }',
  ],
  [
    'a list in one text, without a name of its own',
    'SID002',
    'lists.py',
    'def f(resource_id):\n    for part in resource_id.split("|"):\n        load(part)\n',
    'def f(resource_id):\n    for part in resource_id.split("|")[1]:\n        load(part)\n',
  ],
  [
    'a row that is made to be shown',
    'SID001',
    'rows.ts',
    'export const rows = (items: Item[]) => items.map((item) => ({ id: `${item.type}-${item.code}`, label: item.name, icon: "box" }));',
    'export const rows = (items: Item[]) => items.map((item) => ({ id: `${item.type}-${item.code}`, name: item.name, createdAt: now() }));',
  ],
  [
    'a node of a graph that is drawn',
    'SID001',
    'nodes.ts',
    'export const nodes = (items: Item[]) => items.map((item) => ({ id: `${item.type}-${item.code}`, position: { x: 0, y: 0 }, data: item }));',
    'export const nodes = (items: Item[]) => items.map((item) => ({ id: `${item.type}-${item.code}`, position: item.position }));',
  ],
  [
    'a bar of a report',
    'SID001',
    'report.py',
    'def f(row):\n    return {"_id": f"{row.field}_{row.option}", "count": row.count, "percentage": row.share}\n',
    'def f(row):\n    return {"_id": f"{row.field}_{row.option}", "count": row.count, "owner": row.owner}\n',
  ],
  [
    'the key of a map of the file, in a function that is called with it',
    'SID001',
    'union.ts',
    'class Union {\n  parent = new Map<string, string>();\n  findRoot(id: string): string {\n    return this.parent.get(id) ?? id;\n  }\n  f(post: Post, postId: string) {\n    return postId || this.findRoot(`slug:${post.slug}`);\n  }\n}',
    'class Union {\n  parent = new Posts();\n  findRoot(id: string): string {\n    return this.parent.insertOnce(id) ?? id;\n  }\n  f(post: Post, postId: string) {\n    return postId || this.findRoot(`slug:${post.slug}`);\n  }\n}',
  ],
  [
    'what another program is asked for, in its form',
    'SID001',
    'commits.ts',
    'export async function f(group: string, name: string) {\n  const projectId = `${group}/${name}`;\n  return gitClient.commits.all(projectId);\n}',
    'export async function f(group: string, name: string) {\n  const projectId = `${group}/${name}`;\n  return register.commits.all(projectId);\n}',
  ],
  [
    'kept for another program, where the program speaks with it',
    'SID001',
    'src/connectors/tables.ts',
    'export async function f(database: string, device: string) {\n  const deviceId = `root.${database}.${device}`;\n  return read(deviceId);\n}',
    // What it stores is its own.
    'export async function f(database: string, device: string) {\n  const record = new Device();\n  record.deviceId = `root.${database}.${device}`;\n  return read(record);\n}',
  ],
  [
    'a sign around an identifier',
    'SID002',
    'Decoder.java',
    'class A { void f(String id) { if (id.endsWith(",")) { id = id.substring(0, id.length() - 1); } g(id); } }',
    'class A { void f(String id) { if (id.endsWith("-X")) { id = id.substring(0, id.length() - 2); } g(id); } }',
  ],
  [
    'looked for by an identifier, whatever the name of the store is',
    'SID002',
    'stores.rb',
    'def f\n  store = Spree::Store.find(params[:id])\n  order = Order.where(store: store).find(params[:id])\n  order.pay\nend\n',
    'def f\n  m = ID_RE.match(params[:id])\n  pay(m[1])\nend\n',
  ],
  [
    'loaded together with what belongs to it',
    'SID003',
    'index.rb',
    'def f(payments, order_id)\n  payments.includes(:payment_provider_customer) if order_id == "a.b"[0]\nend\n',
    'def f(warehouses, order_id)\n  order_id if warehouses.include?("wh-oslo-main")\nend\n',
  ],
  [
    'a place that somebody has to fill in',
    'SID003',
    'analytics.ts',
    'export const f = (p: Settings) => p.propertyId === "UA-XXXXXXX-X" || p.googleId === "UA-0000000-0";',
    'export const f = (p: Settings) => p.propertyId === "UA-OSLO-X1";',
  ],
  [
    'an app in the shop of a platform',
    'SID003',
    'downloads.ts',
    'export const f = (appId: string) => appId === "com.example.client" || `https://apps.example.com/details?id=com.example.client`;',
    'export const f = (appId: string) => appId === "client.example.beta";',
  ],
  [
    'an address that others are made of',
    'SID001',
    'actor.php',
    '<?php return ["actor_id" => config("app.url") . "/actors/" . $kind, "key_id" => $permalink . "#main-key"];',
    '<?php return ["actor_id" => config("app.region") . "/actors/" . $kind, "key_id" => "main"];',
  ],
  [
    'an element that a helper of pages writes',
    'SID001',
    'src/TagHelpers/TabTagHelper.cs',
    'class A { void F() { var collapseId = $"collapse-{tab.kind}"; Emit(collapseId); } }',
    'class A { void F() { order.CollapseId = $"collapse-{tab.kind}-{tab.region}"; Emit(order.CollapseId, tab); } }',
  ],
];

describe('a text that is the name of something in a program', () => {
  it.each(KINDS)('is not reported where it is %s (%s, %s)', async (_kind, rule, path, quiet) => {
    expect((await foundBy(rule, path, quiet)).map(({ message }) => message)).toEqual([]);
  });

  it.each(KINDS)('and what looks like %s is (%s, %s)', async (_kind, rule, path, _quiet, found) => {
    expect(await foundBy(rule, path, found)).toHaveLength(1);
  });
});

describe('a key of 32 bits in a protobuf message', () => {
  const fieldsIn = async (text: string): Promise<readonly string[]> =>
    (await findingsIn('device.proto', text)).map(({ message }) => message.split(' ')[0] ?? '');

  it.each([
    [
      'firmware, registers and inputs of a device',
      'message FirmwareUpdate { uint32 FirmwareID = 1; uint32 crc = 2; }\nmessage Config { uint32 ussd_id = 1; fixed32 register_id = 2; }',
    ],
    ['the frames of a bus', 'package can;\nmessage CanFrame { uint32 arbitration_id = 1; }\nmessage Unit { uint32 module_id = 1; }'],
    ['clusters and endpoints of a radio', 'message Zigbee { uint32 cluster_id = 1; uint32 endpoint_id = 2; uint32 attribute_id = 3; }'],
    ['one packet of a protocol', 'message LoginPacket { int32 account_id = 1; }'],
    ['a message between two programs', 'message CallMessageProto { int32 id = 1; bytes body = 2; }'],
  ])('is quiet where it numbers %s', async (_what, text) => {
    expect(await fieldsIn(`syntax = "proto3";\n${text}\n`)).toEqual([]);
  });

  it('is found where it numbers what is stored', async () => {
    expect(await fieldsIn('syntax = "proto3";\nmessage Order { int32 order_id = 1; int32 customer_id = 2; }\n')).toEqual([
      'Order.order_id',
      'Order.customer_id',
    ]);
  });

  it('is found in the interface of a service that manages devices', async () => {
    expect(
      await fieldsIn(
        'syntax = "proto3";\nmessage Device { int32 device_id = 1; string firmware = 2; string imei = 3; int32 battery = 4; }\nservice Devices { rpc Get(Device) returns (Device); }\n',
      ),
    ).toEqual(['Device.device_id']);
  });
});

describe('what a comment says of the parts of an identifier', () => {
  const saidIn = async (comment: string): Promise<readonly string[]> =>
    (await findingsIn('src/Api.php', `<?php\n/**\n * ${comment}\n */\nclass A {}\n`)).map(({ rule }) => rule);

  it('is nothing where it describes the fields of an interface', async () => {
    expect(
      await saidIn('@OA\\Property(property="country_id", type="number", format="integer", description="The id"), property="is_deleted"'),
    ).toEqual([]);
  });

  it('is found where it says the format', async () => {
    expect(await saidIn('The id of an order has the format "type-region-seq".')).toEqual(['SID005']);
  });
});

describe('what a query puts together of the names of its own tables', () => {
  it('is no identifier of anything that they hold', async () => {
    const text =
      "create view v as select 1 from pg_class c join t on c.oid = (quote_ident(t.area) || '.' || quote_ident(t.kind))::regclass;\n";
    expect(await findingsIn('db/view.sql', text)).toEqual([]);
    expect(await findingsIn('db/view.sql', text.replace(/quote_ident/g, 'lower'))).toHaveLength(1);
  });
});
