// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { foundBy, marksOf } from './code-support.ts';

const marks = (path: string, text: string): Promise<readonly string[]> => marksOf('SID001', path, text);

describe('the number of something that organizations number', () => {
  it.each([
    ['a.ts', 'const orderNumber = `HM-${warehouse}-${day}`; save(orderNumber);', 'hint'],
    ['a.ts', 'export function nextOrderNumber() { return `HM-${warehouse}-${day}-${counter}`; }', 'warning'],
    [
      'a.go',
      'package a\nfunc New(y int, r string) Invoice {\n\tnumber := fmt.Sprintf("INV-%d-%s", y, r)\n\treturn Invoice{Number: number}\n}',
      'warning',
    ],
    ['a.py', 'def make(year, region):\n    return Invoice(number=f"INV-{year}-{region}")\n', 'warning'],
    ['A.java', 'class A { void f() { invoice.setNumber("INV-" + year + "-" + region); } }', 'warning'],
    ['a.rb', 'def call\n  Invoice.create(number: "INV-#{year}-#{region}")\nend\n', 'warning'],
    ['A.cs', 'class A { Invoice F() { return new Invoice { Number = $"INV-{year}-{region}" }; } }', 'warning'],
    ['a.php', '<?php function f($y, $r) { $invoice->number = "INV-" . $y . "-" . $r; }', 'warning'],
    ['a.kt', 'fun f(y: Int, r: String) = Invoice(number = "INV-$y-$r")', 'warning'],
    ['a.rs', 'fn f(y: u32, r: &str) -> Invoice { Invoice { number: format!("INV-{}-{}", y, r) } }', 'warning'],
    ['a.ts', 'export function newCustomerId(s: S) { return `${prefix}-${s.orgNumber ?? s.counter}`; }', 'warning'],
  ])('is an identifier in %s: %j', async (path, text, severity) => {
    expect((await foundBy('SID001', path, text)).map((finding) => finding.severity)).toEqual([severity]);
  });

  it.each([
    ['the number of something else', 'a.ts', 'const line = { number: `${prefix}-${rest}` };'],
    ['the number of a telephone', 'a.ts', 'const phone = new Phone({ number: `${prefix}-${rest}` });'],
    ['a key against repetition, sent with a message', 'a.ts', 'await stream.publish(t, d, { msgID: `${e.orderId}:${e.type}` });'],
    ['a counter behind a name', 'a.ts', 'function makeOrderNumber() { return `${name}-${counter}`; }'],
  ])('is no finding where it is %s', async (_reason, path, text) => {
    expect(await foundBy('SID001', path, text)).toEqual([]);
  });
});

describe('an identifier that is composed of parts with a meaning', () => {
  it.each([
    ['rule.ts', 'export function buildRuleId(kind: string, key: string) {\n  return `${kind}:${key}`;\n}', 'warning `${kind}:${key}`'],
    ['rule.ts', 'rule.ruleId = [region, team, name].join("-");', 'warning [region, team, name].join("-")'],
    ['rule.js', 'repo.save({ ruleId: kind + "-" + key });', 'warning kind + "-" + key'],
    ['order.py', 'def build_order_id(region, number):\n    return f"{region}-{number}"\n', 'warning f"{region}-{number}"'],
    [
      'order.py',
      'class A:\n    def f(self):\n        self.order_id = "%s-%s" % (self.region, self.name)\n',
      'warning "%s-%s" % (self.region, self.name)',
    ],
    ['order.py', 'provider = ProviderConfig(idp_id="oidc-" + idp_name)\n', 'warning "oidc-" + idp_name'],
    [
      'entity.go',
      'package a\nfunc entityGUID(account int, id string) string {\n\treturn fmt.Sprintf("%d|APM|%s", account, id)\n}\n',
      'warning fmt.Sprintf("%d|APM|%s", account, id)',
    ],
    [
      'state.go',
      'package a\nfunc create(d *Data) {\n\td.SetId(fmt.Sprintf("%d:%s", account, kind))\n}\n',
      'warning fmt.Sprintf("%d:%s", account, kind)',
    ],
    [
      'Uid.java',
      'class Uid {\n  String ruleUid(String scope, String name) {\n    return scope + ":" + name;\n  }\n}\n',
      'warning scope + ":" + name',
    ],
    ['Uid.java', 'class A { void f() { thing.setThingUid(String.format("%s:%s", binding, type)); } }', undefined],
    ['Rule.kt', 'fun ruleId(kind: String, key: String) = "$kind:$key"\n', 'warning "$kind:$key"'],
    ['Rule.cs', 'class A { string GetRuleId(string kind, string key) { return $"{kind}:{key}"; } }', 'warning $"{kind}:{key}"'],
    ['rule.rb', 'def rule_id\n  "#{kind}-#{key}"\nend\n', 'warning "#{kind}-#{key}"'],
    ['Rule.php', '<?php class A { function ruleId() { return "dates-{$this->vault->id}"; } }', 'warning "dates-{$this->vault->id}"'],
    [
      'rule.rs',
      'fn rule_id(kind: &str, key: &str) -> String {\n    format!("{}:{}", kind, key)\n}\n',
      'warning format!("{}:{}", kind, key)',
    ],
  ])('is found in %s: %j', async (path, text, mark) => {
    expect(await marks(path, text)).toEqual(mark === undefined ? [] : [mark]);
  });

  it('is a hint where it is only kept under the name of an identifier', async () => {
    expect(await marks('a.py', 'def f(kind, key):\n    rule_id = f"{kind}-{key}"\n    use(rule_id)\n')).toEqual(['hint f"{kind}-{key}"']);
  });

  it('is a hint where type and id of one thing are stored, whatever the name of the field', async () => {
    const text = 'package a\nfunc f(s Subject) *Tuple {\n\treturn &Tuple{User: fmt.Sprintf("%s:%s", s.GetType(), s.GetId())}\n}\n';
    expect(await marks('a.go', text)).toEqual(['hint fmt.Sprintf("%s:%s", s.GetType(), s.GetId())']);
  });

  it('is followed through a variable to where it is stored', async () => {
    const text = 'export function f(kind: string, key: string) {\n  const ruleId = `${kind}:${key}`;\n  rule.ruleId = ruleId;\n}';
    const [finding] = await foundBy('SID001', 'rule.ts', text);
    expect(finding?.severity).toBe('warning');
    expect(finding?.message).toContain('composed of kind and key and stored in ruleId: a change of one of them');
  });

  it('names the parts and shows where it goes', async () => {
    const text = 'export function buildRuleId(kind: string, key: string) {\n  return `xy-${kind}:${key}`;\n}';
    const [finding] = await foundBy('SID001', 'rule.ts', text);
    expect(finding?.message).toContain('composed of kind, key and "xy" and returned by buildRuleId: a change of one of them');
    expect(finding?.related).toEqual([
      {
        path: 'rule.ts',
        span: { start: { line: 0, character: 7 }, end: { line: 0, character: text.indexOf('\n') } },
        message: 'The identifier is returned by buildRuleId.',
      },
    ]);
  });
});

describe('a string that looks like a composed identifier', () => {
  it.each([
    ['a cache key', 'a.ts', 'cache.set(`${kind}:${ruleId}`, rule);'],
    ['a cache key by its name', 'a.py', 'def f(kind, rule_id):\n    cache_key = f"{kind}:{rule_id}"\n    redis.get(cache_key)\n'],
    ['a rate-limit key', 'a.go', 'package a\nfunc f() { limiter.Allow(fmt.Sprintf("%s:%s", kind, userID)) }'],
    ['a key of an element', 'a.tsx', 'export const A = () => <li key={`${rule.kind}-${rule.id}`} id={`row-${rule.id}`} />;'],
    ['an id of the page', 'app/components/banner/view.rb', 'def title_id\n  "#{name}-title"\nend\n'],
    ['an address', 'a.ts', 'const ruleUrl = `${base}/rules/${ruleId}`; fetchRule(`https://a.example/${kind}/${ruleId}`);'],
    ['an address without its scheme', 'a.ts', 'export const pageId = `www.example.com/${path}`;'],
    [
      'a well-known address',
      'a.go',
      'package a\nfunc f() { resourceID := fmt.Sprintf("%s/.well-known/%s", origin, name); save(resourceID) }',
    ],
    [
      'bytes in the form of a UUID',
      'a.go',
      'package a\nfunc toObjectID(guidBytes []byte) string { return fmt.Sprintf("%02x-%02x", guidBytes[1], guidBytes[0]) }',
    ],
    ['host and port', 'Store.java', 'class A { String toRegId(Addr a) { return a.getAddress() + ":" + a.getPort(); } }'],
    ['a log line', 'a.py', 'logger.info(f"{kind}:{rule_id}")\n'],
    ['what is kept only to be logged', 'a.py', 'def f(kind, key):\n    rule_id = f"{kind}-{key}"\n    logger.info(rule_id)\n'],
    ['a key of a map in memory', 'a.go', 'package a\nfunc f() {\n\truleID := fmt.Sprintf("%s|%s", store, model)\n\ts.rules[ruleID] = r\n}'],
    ['a key of a set in memory', 'a.ts', 'seen.add(`${kind}:${ruleId}`);'],
    ['a hash', 'a.py', 'def rule_id(kind, key):\n    return "r-" + hashlib.sha256(key).hexdigest()\n'],
    [
      'a path in an archive',
      'a.java',
      'class A { void f(String directory) { String entryId = directory + "/" + key.asString(); save(entryId); } }',
    ],
    ['a random part', 'a.ts', 'export const makeRuleId = () => `rule-${randomUUID()}`;'],
    [
      'a part that is random as far as it looks',
      'a.go',
      'package a\nfunc f(r *Record) { r.Id = "create_" + security.PseudorandomString(6) }',
    ],
    ['a random part of a library', 'a.go', 'package a\nfunc f() *Doc { return &Doc{ChainID: "chain-" + cmtrand.Str(6)} }'],
    ['a random part by the call', 'a.go', 'package a\nfunc f() *Doc { return &Doc{ChainID: fmt.Sprintf("chain-%v", unsafe.Str(6))} }'],
    [
      'an identifier of the database',
      'a.ts',
      'const randomFileId = `${String(new ObjectId())}-${fileId}`; save({ fileId: randomFileId });',
    ],
    ['an identifier of others', 'a.py', 'def role_arn(account, name):\n    return f"arn:aws:iam::{account}:role/{name}"\n'],
    ['a text for people', 'a.cs', 'class A { void F() { var ruleLabel = $"{kind}: {ruleId}"; Show(ruleLabel); } }'],
    ['a number that tells two apart', 'a.cs', 'class A { string GetSafeId(string alias) { return $"{alias}_{i}"; } }'],
    ['what is put together again', 'a.ts', 'export const teamId = (ref: Ref) => ref.id.split("/").slice(1).join("/");'],
    ['a function that finds something', 'a.py', 'find_task_id(f"project.{name}.{head}.revision")\n'],
    ['a permission', 'a.ts', 'const permission = `${kind}:${ruleId}`; check(permission);'],
    ['a generated part', 'a.ts', 'const intent = parse({ intentId: `intent-${deps.ids.generateId()}` });'],
    ['a secret that is masked', 'a.ts', 'export const apiKeyId = (key: string) => `${key.slice(0, 7)}...${key.slice(-4)}`;'],
    ['a feature of a map', 'a.ts', 'feature.setId(`${layer.code}:${mission.kind}`);'],
    ['a constant', 'a.ts', 'results.push({ ruleId: `${PREFIX}.coverage.image` });'],
    [
      'a hash that is written out',
      'a.go',
      'package a\nfunc machineID(a string) string {\n\th := sha256.Sum256([]byte(a))\n\treturn fmt.Sprintf("%08x-%04x", h[0:4], h[4:6])\n}',
    ],
    ['a Content-ID of a message', 'a.py', 'content_id = f"{kind}-{number}-1@apply.example.gov"\nbuild(content_id=content_id)\n'],
    ['an id of a feature on a page', 'frontend/a.ts', 'export const getFeatureId = (id: number) => `${layer.code}:${id}`;'],
    ['a smoke test', 'scripts/dev/credit-smoke.ts', 'save({ orderId: `o-${kind}-${stamp}` });'],
    ['a random text by a function', 'a.js', 'const jobId = `it-${hex32()}`; save({ jobId });'],
    [
      'a UUID behind a prefix',
      'a.ts',
      'export function makeRuleId(prefix: string) {\n  const id = uuidv4();\n  return `${prefix}_${id}`;\n}',
    ],
    [
      'the text of a UUID',
      'a.go',
      'package a\nfunc AccountIDFromDatasetID(id uuid.UUID) string {\n\treturn fmt.Sprintf("nada-%s", MarshalUUID(id))\n}',
    ],
    ['a number of a public list', 'a.py', 'cwe_id = f"CWE-{number}"\nsave(cwe_id=cwe_id)\n'],
    ['an experiment', 'experiments/a/run.ts', 'save({ runId: `run-${kind}-${tool}` });'],
    ['a test', 'test/a.test.ts', 'rule.ruleId = `${kind}:${key}`;'],
    ['a tryout', 'try/unit/org_try.rb', '@org.customer_id = "cus_#{name}-#{kind}"\n'],
    ['a benchmark', 'scripts/session_benchmark.py', 'save(user_id=f"user-{name}")\n'],
    ['a generator', 'scripts/generate-openapi.ts', 'export const operationId = (api: string, name: string) => `${api}_${name}`;'],
  ])('is no finding where it is %s', async (_reason, path, text) => {
    expect(await marks(path, text)).toEqual([]);
  });
});
