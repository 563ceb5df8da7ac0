// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { marksOf } from './code-support.ts';

const marks = (path: string, text: string): Promise<readonly string[]> => marksOf('SID003', path, text);

describe('code that depends on what a literal identifier says', () => {
  it.each([
    ['a.ts', 'if (entityId === "zone.home") f();', '"zone.home"'],
    ['a.ts', 'if (["uk/opinion", "au/opinion"].includes(config.pageId)) f();', '"uk/opinion"'],
    ['a.py', 'if key_id == "ed25519:auto":\n    pass\n', '"ed25519:auto"'],
    ['a.go', 'package a\nfunc f() { if ruleID == "core.update" { g() } }', '"core.update"'],
    ['A.java', 'class A { void f() { if (typeUid.equals("system:battery")) g(); } }', '"system:battery"'],
    ['A.java', 'class A { Uid f() { return new ChannelTypeUID("system:battery"); } }', '"system:battery"'],
    ['a.kt', 'fun f() { if (ruleId == "core.update") g() }', '"core.update"'],
    ['A.cs', 'class A { void F() { if (ruleId == "core.update") G(); } }', '"core.update"'],
    ['a.rb', "f if rule_id == 'core.update'\n", "'core.update'"],
    ['a.php', "<?php if ($ruleId === 'core.update') { f(); }", "'core.update'"],
    ['a.rs', 'fn f() { if rule_id == "core.update" { g(); } }', '"core.update"'],
    ['a.ts', 'if (sku === "BRA-CHE-0007") f();', '"BRA-CHE-0007"'],
    ['a.ts', 'if (customerId === "cust-acme-eu") f();', '"cust-acme-eu"'],
    ['a.py', 'vans = 3 if warehouse == "wh-oslo-main" else 1\n', '"wh-oslo-main"'],
    ['a.go', 'package a\nfunc f(depot string) { if depot == "dp-oslo-main" { g() } }', '"dp-oslo-main"'],
    ['a.py', 'ORGANIC_SKUS = {"BRA-CHE-0007"}\n\ndef f(sku):\n    return sku in ORGANIC_SKUS\n', '"BRA-CHE-0007"'],
    ['a.ts', 'const LISTED = new Set(["BRA-CHE-0007"]);\nexport const f = (sku: string) => LISTED.has(sku);', '"BRA-CHE-0007"'],
    [
      'a.go',
      'package a\nvar skus = []string{"BRA-CHE-0007"}\nfunc f(sku string) bool { return slices.Contains(skus, sku) }',
      '"BRA-CHE-0007"',
    ],
    [
      'A.java',
      'class A { static final Set<String> SKUS = Set.of("BRA-CHE-0007"); boolean f(String sku) { return SKUS.contains(sku); } }',
      '"BRA-CHE-0007"',
    ],
    ['a.kt', 'val SKUS = setOf("BRA-CHE-0007")\nfun f(sku: String) = sku in SKUS', '"BRA-CHE-0007"'],
    ['A.cs', 'class A { static readonly string[] Skus = { "BRA-CHE-0007" }; bool F(string sku) => Skus.Contains(sku); }', '"BRA-CHE-0007"'],
    ['a.rb', 'SKUS = %w[BRA-CHE-0007].freeze\ndef f(sku)\n  SKUS.include?(sku)\nend\n', 'BRA-CHE-0007'],
    ['a.php', '<?php if (in_array($sku, ["BRA-CHE-0007"], true)) { f(); }', '"BRA-CHE-0007"'],
    ['A.tsx', 'getJson(`/api/slots?day=${day}&warehouse=wh-oslo-main`).then(setSlots);', '&warehouse=wh-oslo-main`'],
    ['a.ts', "fetch('/api/stock?sku=BRA-CHE-0007');", "'/api/stock?sku=BRA-CHE-0007'"],
  ])('is found in %s: %j', async (path, text, mark) => {
    expect(await marks(path, text)).toEqual([`info ${mark}`]);
  });

  it.each([
    ['a key of a translation', 'a.ts', 'if (labelKey === "menu.open") f();'],
    ['a permission', 'a.py', 'if permission == "rules:write":\n    pass\n'],
    ['a time', 'a.ts', 'if (slotId === "10:30") f();'],
    ['a URN of a standard', 'a.ts', 'if (schemaId === "urn:ietf:params:scim") f();'],
    ['a type of media', 'a.go', 'package a\nfunc f() { if formatID == "text/html" { g() } }'],
    ['a file', 'a.py', 'if page_id == "index.html":\n    pass\n'],
    ['a column that a key refers to', 'a.py', 'user_id = Column(ForeignKey("users.id"))\n'],
    ['an absence', 'a.ts', 'if (userId === "n/a") f();'],
    ['a region of a cloud', 'a.ts', 'if (region === "us-east-1") f();'],
    ['a state', 'a.ts', 'if (status === "in-progress-now") f();'],
    ['a step of an enumeration', 'a.ts', 'if (step === "st-two-done") f();'],
    ['a word that stands for nothing in the name', 'a.ts', 'if (mode === "multi-select-all") f();'],
    ['a name of a standard', 'a.ts', 'if (charsetId === "ISO-8859-1") f();'],
    ['a UUID', 'a.ts', 'if (userId === "00000000-0000-0000-0000-000000000000") f();'],
    ['a parameter of an address that is no identifier', 'a.ts', 'fetch("/api?format=iso-8601-x&region=us-east-1");'],
    ['one word', 'a.ts', 'if (planId === "free") f();'],
    ['an id of the page', 'a.tsx', 'if (event.target.id === "menu.open") f();'],
  ])('is no finding where it is %s', async (_reason, path, text) => {
    expect(await marks(path, text)).toEqual([]);
  });
});
