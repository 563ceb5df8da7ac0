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
    ['one word', 'a.ts', 'if (planId === "free") f();'],
    ['an id of the page', 'a.tsx', 'if (event.target.id === "menu.open") f();'],
  ])('is no finding where it is %s', async (_reason, path, text) => {
    expect(await marks(path, text)).toEqual([]);
  });
});
