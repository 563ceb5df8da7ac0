// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { foundBy, marksOf } from './code-support.ts';

const marks = (path: string, text: string): Promise<readonly string[]> => marksOf('SID002', path, text);

describe('an identifier that is taken apart', () => {
  it.each([
    ['a.ts', 'const [kind, key] = ruleId.split(":");', 'ruleId.split(":")'],
    ['a.ts', 'if (entityId.startsWith("sensor.")) show();', 'entityId.startsWith("sensor.")'],
    ['a.ts', 'const match = ruleId.match(/^(a)-(b)$/); use(match[1]);', 'ruleId.match(/^(a)-(b)$/)'],
    ['a.ts', 'if (slug.startsWith("qr_")) reject();', 'slug.startsWith("qr_")'],
    ['A.tsx', 'const [domain, name] = entityId.split(".");', 'entityId.split(".")'],
    ['a.py', 'kind, _, key = rule_id.partition(":")\n', 'rule_id.partition(":")'],
    ['a.py', 'checkpoint_id = item_id[len(PREFIX):]\n', 'item_id[len(PREFIX):]'],
    ['a.py', 'm = re.match(r"(a)-(b)", rule_id)\nuse(m.group(1))\n', 're.match(r"(a)-(b)", rule_id)'],
    ['a.go', 'package a\nfunc f() { kind, id, ok := strings.Cut(ruleID, ":") }', 'strings.Cut(ruleID, ":")'],
    ['a.go', 'package a\nfunc extractObjectID(object string) string { return object[i+1:] }', 'object[i+1:]'],
    [
      'A.java',
      'class A { void f() { String kind = thingUid.substring(thingUid.indexOf(":") + 1); } }',
      'thingUid.substring(thingUid.indexOf(":") + 1)',
    ],
    ['a.kt', 'fun f() { val (kind, key) = ruleId.split(":") }', 'ruleId.split(":")'],
    ['A.cs', 'class A { void F() { var rest = ruleId[(prefix.Length + 1)..]; } }', 'ruleId[(prefix.Length + 1)..]'],
    ['a.rb', 'kind, key = rule_id.split(":")\n', 'rule_id.split(":")'],
    ['a.rb', 'def hei?\n  accreditation_id&.starts_with?("1")\nend\n', 'accreditation_id&.starts_with?("1")'],
    ['a.php', '<?php [$kind, $key] = explode(":", $ruleId);', 'explode(":", $ruleId)'],
    ['a.php', '<?php if (str_starts_with($ruleId, "team-")) { f(); }', 'str_starts_with($ruleId, "team-")'],
    ['a.rs', "fn f() { if let Some((kind, key)) = rule_id.split_once(':') {} }", "rule_id.split_once(':')"],
  ])('is a warning in %s: %j', async (path, text, mark) => {
    expect(await marks(path, text)).toEqual([`warning ${mark}`]);
  });

  it('says what is read out of it', async () => {
    const [split] = await foundBy('SID002', 'a.ts', 'const [kind, key] = ruleId.split(":");');
    expect(split?.message).toMatch(/^This reads kind and key out of the identifier ruleId, so its format becomes a contract\./);
    const [prefix] = await foundBy('SID002', 'a.py', 'if conversation_id.startswith("resp_"):\n    pass\n');
    expect(prefix?.message).toMatch(/^This depends on whether the identifier conversation_id begins with "resp_", so/);
  });

  it('is found once where the language reads it twice', async () => {
    expect(await marks('A.cs', 'class A { void F() { x = org.OrgId.Split(D) switch { [P, var on] => on, _ => null }; } }')).toHaveLength(1);
  });
});

describe('a text that looks like an identifier that is taken apart', () => {
  it.each([
    ['a list', 'a.py', 'for one in rule_ids.split(","):\n    f(one)\n'],
    ['a key of the configuration', 'a.ts', 'const [section, name] = configKey.split(".");'],
    ['a token', 'a.ts', 'const [head, body] = token.split(".");'],
    ['shortened to show it', 'a.ts', 'show(ruleId.slice(-8)); show(ruleId.substring(0, 8));'],
    ['shortened to show it in Python', 'a.py', 'show(rule_id[:8])\n'],
    ['without a sigil', 'a.ts', 'const name = ruleId.startsWith("@") ? ruleId.slice(1) : ruleId;'],
    ['of a scheme', 'A.java', 'class A { boolean f(String partyId) { return partyId.startsWith("did:"); } }'],
    ['under an address', 'A.java', 'class A { boolean f(String didUrl) { return vm.getId().startsWith(didUrl); } }'],
    [
      'of a public catalogue',
      'a.py',
      'if vuln_id.startswith("CVE-") or vuln_id.startswith(("ghsa", "GHSA")):\n    found.append(vuln_id)\n',
    ],
    ['of a public catalogue by its name', 'a.py', 'finding.cwe = int(cwe_id.split("-")[1])\n'],
    ['a number in hexadecimal', 'a.go', 'package a\nfunc f() { id := strings.TrimPrefix(keyID, "0x") }'],
    ['a test of the form', 'a.py', 'def is_valid_session(session_id):\n    return not session_id.startswith(".")\n'],
    [
      'a name of a program',
      'A.cs',
      "class A { string FormatIdentifier(string identifier) { var w = identifier.Split('_'); return w[0]; } }",
    ],
    ['a UUID', 'a.rb', "parts = base_uuid.split('-')\n"],
    ['a part of a list of identifiers', 'a.py', 'chunk = user_ids[i:i + n]\nmore = users_without_lms_id[i:i + n]\n'],
    ['a key of Redis', 'a.rb', 'def extract_org_id(zset_key)\n  zset_key.split(":")[1]\nend\n'],
    ['an id of the page', 'a.tsx', 'const [, index] = event.target.id.split("-");'],
    ['an id of a map on a page', 'frontend/a.ts', 'if (feature.getId().startsWith(layer.code)) show();'],
    [
      'given to a function of the program that is called take',
      'a.ts',
      'const take = (ruleId: string, n: number) => keep(n);\ntake(hit.ruleId, hit.score);',
    ],
    ['a record that is called Split', 'a.py', 'fold = Split(fold_id, start)\n'],
    ['the ending of a file', 'a.py', 'embedded = gist_id.endswith(".js")\n'],
    [
      'its own typed prefix',
      'a.ts',
      'export const newOrderId = () => `ord_${ulid()}`;\nexport const isOrderId = (orderId: string) => orderId.startsWith("ord_");',
    ],
    ['a list of words with white space between', 'a.py', 'names = re.split(r"\\s*(?:/|\\sOR\\s)\\s*", license_id)\n'],
    ['a wildcard at the end', 'a.go', 'package a\nfunc f() { if strings.HasSuffix(fieldIdentifier, ".*") { g() } }'],
    ['only matched', 'a.ts', 'if (ruleId.match(/^[a-z]+$/)) ok();'],
    ['a reference without the prefix of a type', 'a.ts', 'if (slug.startsWith("about")) ok();'],
    ['a test', 'test/a.test.ts', 'const [kind] = ruleId.split(":");'],
  ])('is no finding where it is %s', async (_reason, path, text) => {
    expect(await marks(path, text)).toEqual([]);
  });
});
