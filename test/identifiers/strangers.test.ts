// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { foundBy } from './code-support.ts';

/** Kinds of text, a case that is quiet and one that looks alike and is found: rule, path, quiet, found. */
const KINDS: readonly (readonly [kind: string, rule: string, path: string, quiet: string, found: string])[] = [
  [
    'a field of a record that is called an identifier',
    'SID001',
    'scope.go',
    'package a\nfunc f(local Local) {\n\tid := Reference{Module: m, Subject: fmt.Sprintf("local.%s", local.Name)}\n\tuse(id)\n}\n',
    'package a\nfunc f(local Local) {\n\tid := fmt.Sprintf("local.%s", local.Name)\n\tuse(id)\n}\n',
  ],
  [
    'a name that only diagnostics tell',
    'SID001',
    'scope.go',
    'package a\nfunc f(local Local) Diagnostics {\n\tlocalID := fmt.Sprintf("local.%s", local.Name)\n\treturn diags.Append(&hcl.Diagnostic{Summary: "x", Subject: localID})\n}\n',
    'package a\nfunc f(local Local) Locals {\n\tlocalID := fmt.Sprintf("local.%s", local.Name)\n\treturn all.Put(&hcl.Local{Summary: "x", Subject: localID})\n}\n',
  ],
  [
    'the id among the attributes of an element',
    'SID001',
    'Form.php',
    '<?php class F { function f($name) { $options["class"] = "form-control"; $options["id"] = "input_" . $name; return $options; } }',
    '<?php class F { function f($name) { $options["kind"] = "control"; $options["id"] = "input_" . $name; return $options; } }',
  ],
  [
    'the id of an element that a script makes',
    'SID001',
    'input.js',
    'export function f(x) { const input = make(); const id = x.element.id + "_input"; input.id = id; }',
    'export function f(x) { const parcel = make(); const id = x.region.id + "_input"; parcel.id = id; }',
  ],
  [
    'the name of a field, with which a form is asked',
    'SID001',
    'Attributes.cs',
    'class A { void F() { var customId = "customer_attribute_" + attribute.Id; if (form.TryGetValue(customId, out var x)) { Add(x); } } }',
    'class A { void F() { var customId = "customer_attribute_" + attribute.Id; if (ledger.TryGetValue(customId, out var x)) { Add(x); } } }',
  ],
  [
    'what a driver of another program demands',
    'SID001',
    'app/PaymentDrivers/Checkout.php',
    '<?php class D { function f() { $identifier = "s:" . $this->field . "_CHCK"; return view($identifier); } }',
    '<?php class D { function f() { return $this->store(orderId: "s:" . $this->field . "_CHCK"); } }',
  ],
  [
    'a key that was put together in memory and is gone through',
    'SID002',
    'Budget.php',
    '<?php function f($result) { foreach ($result as $combinedId => $info) { $parts = explode("-", $combinedId); use($parts[0]); } }',
    '<?php function f($combinedId) { $parts = explode("-", $combinedId); use($parts[0]); }',
  ],
  [
    'each item of a list that PHP parts by a bar',
    'SID002',
    'list.php',
    '<?php function f($orderId) { foreach (array_filter(explode("|", $orderId)) as $i => $one) { load($one); } }',
    '<?php function f($orderId) { $all = explode("|", $orderId); load($all[1]); }',
  ],
  [
    'the address that is an identifier, and its query and fragment',
    'SID002',
    'source.ts',
    'export const f = (sourceId: string) => sourceId.split(/[?#]/, 1)[0];',
    'export const f = (sourceId: string) => sourceId.split(/[:#]/, 1)[0];',
  ],
  [
    'the scheme of an address',
    'SID002',
    'Book.cs',
    'class A { void F() { if (book.Identifier.StartsWith("url:")) { Open(); } } }',
    'class A { void F() { if (book.Identifier.StartsWith("eng:")) { Open(); } } }',
  ],
  [
    'a statement that a database runs with an identifier',
    'SID002',
    'face.go',
    'package a\nfunc f(m Face) error {\n\treturn Db().Exec("update a set b = ?", m.FaceID).Error\n}\n',
    'package a\nfunc f(m Face) string {\n\treturn pattern.FindStringSubmatch(m.FaceID)[1]\n}\n',
  ],
];

describe('in code of strangers', () => {
  it.each(KINDS)('%s is quiet, and what looks alike is found', async (_, rule, path, quiet, found) => {
    expect(await foundBy(rule, path, quiet)).toEqual([]);
    expect(await foundBy(rule, path, found)).not.toEqual([]);
  });
});
