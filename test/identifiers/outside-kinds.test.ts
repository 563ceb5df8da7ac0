// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { foundBy } from './code-support.ts';
import { findingsIn } from './schema-support.ts';

/** Kinds of text, a case that is quiet and one that looks alike and is found: rule, path, quiet, found. */
const KINDS: readonly (readonly [kind: string, rule: string, path: string, quiet: string, found: string])[] = [
  [
    'a list of identifiers in one column, when it is written',
    'SID001',
    'Invoices.cs',
    'class A { void F() { invoice.JobIds = string.Join("|", jobs.Select(j => j.JobId)); } }',
    'class A { void F() { invoice.JobIds = string.Join("|", region, kind, number); } }',
  ],
  [
    'a list of identifiers in one column, when it is read',
    'SID002',
    'Invoices.cs',
    'class A { void F() { var all = invoice.JobIds.Split("|").Select(id => new Job(id)); } }',
    'class A { void F() { var parts = invoice.JobIds.Split("|"); Ship(parts[0], parts[1]); } }',
  ],
  [
    'the last items of a list of identifiers',
    'SID002',
    'session.go',
    'package a\nfunc f(s *Session) {\n\ts.SessionId = s.SessionId[(len(s.SessionId) - 100):]\n}\n',
    'package a\nfunc f(s *Session) {\n\ts.Kind = s.SessionId[len(prefix):]\n}\n',
  ],
  [
    'a key of a key-value store that a function makes',
    'SID001',
    'usage.ts',
    'function consumeRecordKey(user: string, job: string) {\n  return `ai:consume:${user}:${job}`;\n}\nexport async function f(kv: KVNamespace) {\n  const recordKey = consumeRecordKey(u, j);\n  await kv.put(recordKey, "1");\n}',
    'function consumeRecordKey(user: string, job: string) {\n  return `ai:consume:${user}:${job}`;\n}\nexport async function f(store: Records) {\n  const recordKey = consumeRecordKey(u, j);\n  await store.insert({ recordKey });\n}',
  ],
  [
    'a key of Redis, by its commands',
    'SID001',
    'limits.py',
    'def f(r, region, user):\n    entity_id = f"{region}:{user}"\n    r.hincrby(entity_id, "n", 1)\n    r.expire(entity_id, 60)\n',
    'def f(r, region, user):\n    entity_id = f"{region}:{user}"\n    repo.save(Entity(entity_id=entity_id))\n',
  ],
  [
    'the name of the key that a function builds for something else',
    'SID001',
    'keys.ts',
    'export const usage = (kind: string, day: string) => buildScopedKeyById({ identifier: `${kind}_${day}` });',
    'export const usage = (kind: string, day: string) => saveUsage({ identifier: `${kind}_${day}` });',
  ],
  [
    'an object of a simulation with the number of its turn',
    'SID001',
    'engine.py',
    'def f(self):\n    for i in range(self.n):\n        self.islands.append(Island(id=f"island-{i}", rate=0.1))\n',
    'def f(self):\n    for i in range(self.n):\n        self.islands.append(Island(id=f"{self.region}-{self.kind}", rate=0.1))\n',
  ],
  [
    'the form of an identifier of somebody else, which is refused with an error (Go)',
    'SID002',
    'subject.go',
    'package a\nfunc f(p P) error {\n\tif p.StripeCustomerId != nil && !strings.HasPrefix(*p.StripeCustomerId, "cus_") {\n\t\terr := errors.New("must start with cus_")\n\t\treturn err\n\t}\n\treturn nil\n}\n',
    'package a\nfunc f(p P) error {\n\tif p.StripeCustomerId != nil && !strings.HasPrefix(*p.StripeCustomerId, "cus_") {\n\t\treturn p.createLegacyCustomer()\n\t}\n\treturn nil\n}\n',
  ],
  [
    'the form of an identifier of somebody else, which is refused with an error (TypeScript)',
    'SID002',
    'stripe.ts',
    'export function f(customerId: string) {\n  if (!customerId.startsWith("cus_")) {\n    throw new Error(`no customer: ${customerId}`);\n  }\n  return load(customerId);\n}',
    // A prefix that is forbidden says what the identifier is of.
    'export function f(customerId: string) {\n  if (customerId.startsWith("virtual_")) {\n    throw new Error(`no customer: ${customerId}`);\n  }\n  return load(customerId);\n}',
  ],
  [
    'the form of an identifier of somebody else, which is refused with an error (Python)',
    'SID002',
    'stripe.py',
    'def f(customer_id):\n    if not customer_id.startswith("cus_"):\n        raise ValueError("no customer")\n    return load(customer_id)\n',
    'def f(customer_id):\n    if not customer_id.startswith("cus_"):\n        customer_id = migrate(customer_id)\n    return load(customer_id)\n',
  ],
  [
    'the form of an identifier of somebody else, which is refused with an error (Ruby)',
    'SID002',
    'stripe.rb',
    'def f(customer_id)\n  raise ArgumentError, "no customer" unless customer_id.start_with?("cus_")\n  load(customer_id)\nend\n',
    'def f(customer_id)\n  migrate(customer_id) unless customer_id.start_with?("cus_")\n  load(customer_id)\nend\n',
  ],
  [
    'the form of an identifier of somebody else, which a call requires',
    'SID002',
    'Stripe.kt',
    'fun f(customerId: String) {\n    require(customerId.startsWith("cus_")) { "no customer" }\n    load(customerId)\n}\n',
    'fun f(customerId: String) {\n    if (customerId.startsWith("cus_")) loadStripe(customerId) else load(customerId)\n}\n',
  ],
  [
    'whether an identifier matches the one that a filter has',
    'SID002',
    'filter.go',
    'package a\nfunc f(p P, id string) bool {\n\tmatches, _ := p.ID.Match(id)\n\treturn matches\n}\n',
    'package a\nfunc f(p P) string {\n\tkind := p.ID.Match(KIND)\n\treturn kind\n}\n',
  ],
  [
    'a feature of a map, when it is drawn',
    'SID001',
    'src/features/mission/features.ts',
    "import { Feature } from 'ol';\nexport function getMissionFeaturePointId(id: number) {\n  return `${Layer.MISSION_PIN_POINT}:${id}`;\n}\nexport const f = () => new Feature({ geometry: point(coordinates(1)) });",
    "import { Feature } from 'ol';\nexport function getMissionActionId(kind: string, id: number) {\n  return `${kind}:${id}`;\n}\nexport const f = () => new Feature({ geometry: point(coordinates(1)) });",
  ],
  [
    'a feature of a map, when it is clicked',
    'SID002',
    'frontend/src/hooks/useClicks.ts',
    'export function useClicks(clickedFeatureId: string) {\n  const id = Number(clickedFeatureId.split(":").at(-1));\n  return zoomTo(id);\n}',
    // Of a product, not of a map.
    'export function useLabs(previewFeatureId: string) {\n  const id = previewFeatureId.split(":").at(-1);\n  return enable(id);\n}',
  ],
  [
    'a class of what a map draws',
    'SID001',
    'src/libs/pins.ts',
    "import { Feature } from 'ol';\nexport class FeatureWithEntity extends Feature {\n  constructor(code: string, entityId: number) {\n    const id = `${code}:${entityId}`;\n    this.setId(id);\n  }\n}",
    "import { Feature } from 'ol';\nexport class Reporting {\n  constructor(code: string, entityId: number) {\n    const id = `${code}:${entityId}`;\n    this.setId(id);\n  }\n}",
  ],
  [
    'an element of a page that is looked up',
    'SID001',
    'delete_rule.js',
    'export const f = (rule) => document.getElementById(rule.kind + "_" + rule.number).remove();',
    'export const f = (rule) => rules.findById(rule.kind + "_" + rule.number).remove();',
  ],
  [
    'the name of a constraint',
    'SID001',
    'Initial.cs',
    'class A { void F() { table.PrimaryKey($"PK_{prefix}ContentsAll", x => x.DocumentId); } }',
    'class A { void F() { store.AddPrimaryKey($"{prefix}-{region}", x); x.DocumentId = $"{prefix}-{region}"; } }',
  ],
  [
    'the name of a column',
    'SID001',
    'columns.rb',
    'def f(model)\n  foreign_key = "#{model.name}_id"\n  where(foreign_key => 1)\nend\n',
    'def f(model)\n  foreign_key = "#{model.name}_#{model.region}"\n  where(foreign_key => 1)\nend\n',
  ],
  [
    'the name of a type of the program',
    'SID001',
    'invariants.py',
    'def f(cls):\n    invariant_identifier = f"{cls.__module__}.{cls.__qualname__}"\n    enqueue(invariant_identifier)\n',
    'def f(cls):\n    invariant_identifier = f"{cls.region}.{cls.kind}"\n    enqueue(invariant_identifier)\n',
  ],
  [
    'the end of an opaque identifier, to show it',
    'SID002',
    'builds.ts',
    'export const short = (commitId: string) => commitId.slice(commitId.length - 8);',
    'export const kind = (commitId: string) => commitId.slice(commitId.indexOf("-"));',
  ],
  [
    'one of an array',
    'SID002',
    'Loans.java',
    'class A { void f() { int j = 0; for (Item item : items) { log.debug("loan-" + childLoanId); pay(childLoanId[j++]); } } }',
    'class A { void f() { pay(childLoanId.split("-")[0]); } }',
  ],
  [
    'the key of a row that is drawn',
    'SID001',
    'src/table.tsx',
    'const buildRowKey = (kind: string, name: string) => `${kind}|${name}`;\nexport const T = () => <tr key={buildRowKey(a, b)} />;',
    'const buildOrderId = (kind: string, name: string) => `${kind}|${name}`;\nexport const T = () => <tr key={buildOrderId(a, b)} />;',
  ],
  [
    'what rows are grouped by',
    'SID001',
    'QuickEntry.php',
    '<?php class A { function groupIdentifier($sheet, $n) { $id = $sheet->project . "_" . $sheet->activity; return $id; } function f() { $id = $this->groupIdentifier($s, 1); if (array_key_exists($id, $rows)) { $rows[$id] = 1; } } }',
    '<?php class A { function groupIdentifier($sheet, $n) { $id = $sheet->project . "_" . $sheet->activity; return $id; } function f() { $id = $this->groupIdentifier($s, 1); $this->groups->insert($id); } }',
  ],
  [
    'what comes before the identifiers of others',
    'SID001',
    'kafka.ts',
    'export const f = (c: C) => KafkaPubSub.create({ groupIdPrefix: c.groupId + "-subscription" });',
    'export const f = (c: C) => KafkaPubSub.create({ groupId: c.groupId + "-subscription" });',
  ],
  [
    'the name of a permission',
    'SID002',
    'Permission.cs',
    'class Permission { bool IsOf(string test) { return Id.StartsWith(test + "."); } }',
    'class Order { bool IsOf(string test) { return Id.StartsWith(test + "."); } }',
  ],
  [
    'a prefix that is put in front where it is missing, when it is asked for',
    'SID002',
    'Ttl.java',
    'class A { void f(String checkId) { if (!checkId.startsWith("service:")) { checkId = "service:" + checkId; } pass(checkId); } }',
    'class A { void f(String checkId) { if (!checkId.startsWith("service:")) { checkId = find(checkId); } pass(checkId); } }',
  ],
  [
    'a prefix that is put in front where it is missing, when it is written',
    'SID001',
    'Ttl.java',
    'class A { void f(String id) { this.checkId = id; if (!this.checkId.startsWith("service:")) { this.checkId = "service:" + this.checkId; } } }',
    'class A { void f(String id) { this.checkId = id; this.checkId = "service:" + this.checkId; } }',
  ],
  [
    'the sigil of a name',
    'SID002',
    'Spa.php',
    '<?php function f($id) { if (substr($id, 0, 1) == "@") { return byName(substr($id, 1)); } return byId($id); }',
    '<?php function f($id) { if (substr($id, 0, strpos($id, "-")) == "order") { return 1; } return byId($id); }',
  ],
  [
    'what is left of an identifier under a limit of its length',
    'SID002',
    'limits.py',
    'def f(preview_id, max_length):\n    return preview_id[:max_length].rstrip("_")\n',
    'def f(preview_id, prefix):\n    return preview_id[len(prefix):].rstrip("_")\n',
  ],
  [
    'the key of a cache, beside another use',
    'SID001',
    'Tags.php',
    '<?php function f($kind, $mediaId) { $sid = "tags:" . $kind . ":" . $mediaId; $this->note(["sid" => $sid]); return Cache::remember($sid, 60, fn () => 1); }',
    '<?php function f($kind, $mediaId) { $sid = "tags:" . $kind . ":" . $mediaId; $this->note(["tag_sid" => $sid]); return $sid; }',
  ],
  [
    'a rule of validation',
    'SID001',
    'Api.php',
    '<?php function f() { $this->validate($request, ["media_ids" => "array|max:" . config("album_length")]); }',
    '<?php function f() { $this->insert($request, ["media_ids" => "array|max:" . config("album_length")]); }',
  ],
  [
    'what comes second in a look-up by identifier',
    'SID001',
    'Targets.java',
    'class A { T f(String id, String key) { return repository.getWithDetailsByControllerId(id, "Target." + key); } }',
    'class A { T f(String id, String key) { return repository.getWithDetailsByTargetId("Target." + key, id); } }',
  ],
  [
    'a test of the form of an identifier',
    'SID002',
    'entity-map.ts',
    'export function isPublicId(publicId: string, prefix: string) {\n  return publicId.startsWith(`${prefix}_`);\n}',
    'export function isInvoice(publicId: string, prefix: string) {\n  return publicId.startsWith(`${prefix}_`);\n}',
  ],
  [
    'the part of an address',
    'SID002',
    'links.ts',
    'export function parseDocumentId(shortLink: string) {\n  const parts = shortLink.split("---");\n  return parts[1];\n}',
    'export function parseDocumentId(text: string) {\n  const parts = text.split("---");\n  return parts[1];\n}',
  ],
  [
    'an attribute of an element of a list of actions',
    'SID001',
    'Item.php',
    '<?php function f($item) { return ["title" => "Edit", "attributes" => ["id" => "edit-item-" . $item->type . $item->code]]; }',
    '<?php function f($item) { return ["title" => "Edit", "copies" => ["id" => "edit-item-" . $item->type . $item->code]]; }',
  ],
  [
    'the name of a table',
    'SID002',
    'run.go',
    'package a\nfunc parseTableIdentifier(name string) (schema, table string) {\n\tschema, table, _ = strings.Cut(name, ".")\n\treturn\n}\n',
    'package a\nfunc parseTicketIdentifier(name string) (queue, number string) {\n\tqueue, number, _ = strings.Cut(name, ".")\n\treturn\n}\n',
  ],
  [
    'what tells one listener from another',
    'SID001',
    'counters.py',
    'post_save.connect(receiver, dispatch_uid=f"{model.app}.{model.name}")\n',
    'post_save.record(receiver, dispatch_uid=f"{model.app}.{model.name}")\n',
  ],
  [
    'the parent of a row of a tree that is drawn',
    'SID001',
    'src/components/rows.ts',
    'export function rows(parentId: string, key: string): Row[] {\n  return rows(`${parentId}-${key}`, key);\n}',
    'export function rows(orderId: string, key: string): Row[] {\n  return rows(`${orderId}-${key}`, key);\n}',
  ],
  [
    'an attribute of an element',
    'SID001',
    'forms.py',
    'def render(self, field, kind):\n    local_attrs["id"] = "%s_%s" % (field, kind)\n',
    'def render(self, field, kind):\n    record["rule_id"] = "%s_%s" % (field, kind)\n',
  ],
  [
    'the row of a table in a script of a page',
    'SID002',
    'lists.js',
    'function f(rows) {\n  var list = $("#rows").show();\n  return rows[0].id.split("tr")[1];\n}',
    'function f(rows) {\n  var list = rowsOf("#rows").all();\n  return rows[0].id.split("tr")[1];\n}',
  ],
  [
    'an address of linked data',
    'SID001',
    'webids.rb',
    'def show\n  render json: { "@id": "#{owner.address}#me", name: owner.name }\nend\n',
    'def show\n  create rule_id: "#{owner.address}#me", name: owner.name\nend\n',
  ],
  [
    'the name of a channel for an identifier',
    'SID001',
    'scoped.rb',
    'def self.for_id(id, kind)\n  "Scoped:#{kind}:#{id}"\nend\n',
    'def self.scoped_id(id, kind)\n  "Scoped:#{kind}:#{id}"\nend\n',
  ],
  [
    'one of the things that a set of the program holds',
    'SID001',
    'adapter.ts',
    'class A {\n  private entityIDs = new Set<string>();\n  add(region: string, kind: string) {\n    if (this.entityIDs.has(`${region}-${kind}`)) return;\n    this.entityIDs.add(`${region}-${kind}`);\n  }\n}',
    'class A {\n  add(region: string, kind: string) {\n    this.entityIDs.add(`${region}-${kind}`);\n  }\n}',
  ],
  [
    'asked which of several types it has',
    'SID002',
    'Payments.cs',
    'class A { void F(SubscriberId subscriberId) { var key = subscriberId.Match(user => "user_id", team => "team_id"); Pay(key); } }',
    'class A { void F(string subscriberId) { var key = subscriberId.Match("^org_"); Pay(key); } }',
  ],
  [
    'what is dragged over what on a page',
    'SID002',
    'src/components/Board.tsx',
    'const drop = ({ over }) => { const overId = String(over.id); move(overId.slice(PREFIX.length)); };',
    'const drop = ({ over }) => { const orderId = String(over.id); move(orderId.slice(PREFIX.length)); };',
  ],
];

describe('a text that looks like a semantic identifier and is none', () => {
  it.each(KINDS)('is not reported where it is %s (%s, %s)', async (_kind, rule, path, quiet) => {
    expect((await foundBy(rule, path, quiet)).map(({ message }) => message)).toEqual([]);
  });

  it.each(KINDS)('and what looks like %s is (%s, %s)', async (_kind, rule, path, _quiet, found) => {
    expect(await foundBy(rule, path, found)).toHaveLength(1);
  });
});

describe('a team in an access list', () => {
  const found = async (text: string): Promise<readonly string[]> =>
    (await findingsIn('kafka/topic.yaml', text)).map(({ message }) => message.split(':')[0] ?? '');

  it('is nobody who is let in where it says whose application is', async () => {
    expect(await found('spec:\n  acl:\n    - team: familie\n      application: barnetrygd\n      access: read\n')).toEqual([]);
  });

  it('is a finding where it is let in itself', async () => {
    expect(await found('spec:\n  acl:\n    - team: familie\n      access: read\n')).toEqual([
      'team “familie” is named after a group of people',
    ]);
  });
});
