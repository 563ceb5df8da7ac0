// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { foundBy } from './code-support.ts';
import { marks } from './schema-support.ts';

/** Kinds of text, a case that is quiet and one that looks alike and is found: rule, path, quiet, found. */
const KINDS: readonly (readonly [kind: string, rule: string, path: string, quiet: string, found: string])[] = [
  [
    'a helper of tests in Go, whatever its file is called',
    'SID002',
    'iam/testing.go',
    'package iam\n\nimport (\n\t"strings"\n\t"testing"\n)\n\nfunc TestRole(t *testing.T, scopeId string) {\n\tif strings.HasPrefix(scopeId, "org-") {\n\t\tuse(t)\n\t}\n}\n',
    'package iam\n\nimport (\n\t"strings"\n)\n\nfunc Role(scopeId string) {\n\tif strings.HasPrefix(scopeId, "org-") {\n\t\tuse()\n\t}\n}\n',
  ],
  [
    'a prepared statement that is run with an identifier',
    'SID002',
    'campaigns.go',
    'package a\nfunc (c *Core) Delete(id string) error {\n\tres, err := c.q.DeleteCampaign.Exec(id)\n\tn, _ := res.RowsAffected()\n\tuse(n)\n\treturn err\n}\n',
    'package a\nfunc (c *Core) Delete(id string) string {\n\treturn strings.Split(id, ":")[0]\n}\n',
  ],
  [
    'an identifier that is a number by its type',
    'SID002',
    'orders.ts',
    'export const f = (orderId: number) => /^(\\d\\d)/.exec(orderId)[1];',
    'export const f = (orderId: string) => /^(\\d\\d)/.exec(orderId)[1];',
  ],
  [
    'a counter behind a word',
    'SID001',
    'proxy.go',
    'package a\nfunc (p *Proxy) Create() {\n\tproxyID := fmt.Sprintf("proxy_%d", p.nextID.Add(1))\n\tp.handle(proxyID)\n}\n',
    'package a\nfunc (p *Proxy) Create(region Region) {\n\tproxyID := fmt.Sprintf("proxy_%s", region.Add(p))\n\tp.handle(proxyID)\n}\n',
  ],
  [
    'the prefix of a type before a random identifier of another library',
    'SID001',
    'policy.go',
    'package a\nfunc NewPolicy() *Policy {\n\treturn &Policy{ID: "pol_" + xid.New().String(), AccountID: account}\n}\n',
    'package a\nfunc NewPolicy() *Policy {\n\treturn &Policy{ID: "pol_" + region.New().String(), AccountID: account}\n}\n',
  ],
  [
    'the name of a field of something that has an identifier',
    'SID003',
    'grants.go',
    'package a\nfunc f(id string) {\n\tswitch id {\n\tcase "account.id":\n\t\tuse()\n\t}\n}\n',
    'package a\nfunc f(id string) {\n\tswitch id {\n\tcase "account.core":\n\t\tuse()\n\t}\n}\n',
  ],
  [
    'the key of a map that a function of a library sets',
    'SID001',
    'issues.ts',
    'export function add(issue: Issue) { const issueId = `${issue.project}-${issue.number}`; set(this.issueMap, issueId, issue); }',
    'export function add(issue: Issue) { const issueId = `${issue.project}-${issue.number}`; set(this.issue, issueId, issue); }',
  ],
  [
    'the header by which a network forgets what it keeps',
    'SID001',
    'upload.rb',
    'def f(gem)\n  store(metadata: { "gem" => gem.name, "surrogate-key" => "gem/#{gem.name}" })\nend\n',
    'def f(gem)\n  store(metadata: { "gem" => gem.name, "surrogate_id" => "gem/#{gem.name}" })\nend\n',
  ],
  [
    'a piece of a UUID that was just made',
    'SID002',
    'users.py',
    'def f(name):\n    uid = uuid.uuid4()\n    return slugify(f"{name} {str(uid).split("-")[1]}")\n',
    'def f(name, uid):\n    return slugify(f"{name} {str(uid).split("-")[1]}")\n',
  ],
  [
    'a text in what the template of a mail is given',
    'SID001',
    'tasks.py',
    'def f(issue):\n    context = {"issue": {"issue_identifier": f"{issue.project.key}-{issue.number}", "name": issue.name}}\n    return EmailMultiAlternatives(body=render_to_string("a.html", context))\n',
    'def f(issue):\n    context = {"issue": {"issue_identifier": f"{issue.project.key}-{issue.number}", "name": issue.name}}\n    return store.send(context)\n',
  ],
  [
    'the same, put into a list for the template',
    'SID001',
    'tasks.py',
    'def f(issue):\n    template_data.append({"details": {"identifier": f"{issue.project.key}-{issue.number}", "name": issue.name}})\n    send_mail(template_data)\n',
    'def f(issue):\n    order_data.append({"details": {"identifier": f"{issue.project.key}-{issue.number}", "name": issue.name}})\n    send(order_data)\n',
  ],
  [
    'an element with attributes of data',
    'SID001',
    'marks.ts',
    'export const f = (node: Node) => decorate({ id: `comment-${node.attrs.id}`, "data-draft": "true" });',
    'export const f = (node: Node) => decorate({ id: `comment-${node.attrs.id}`, draft: "true" });',
  ],
  [
    'an anchor with the name of a class of style sheets',
    'SID001',
    'anchors.ts',
    'export const f = (mark: Mark) => anchors.push({ id: `comment-${mark.attrs.id}`, className: anchor });',
    'export const f = (mark: Mark) => anchors.push({ id: `comment-${mark.attrs.id}`, name: anchor });',
  ],
  [
    'a regular expression of UUIDs',
    'SID002',
    'entity.js',
    'const normalize = (id) => { const matches = _uuidPattern.exec(id); return matches[2]; };',
    'const normalize = (id) => { const matches = _skuPattern.exec(id); return matches[2]; };',
  ],
  [
    'the row of a chart',
    'SID001',
    'Tasks.java',
    'class A { void f() { data.add(new GanttDataRespVO().setId(TYPE + "_" + order.getId()).setText(text)); } }',
    'class A { void f() { data.add(new OrderDataRespVO().setId(TYPE + "_" + order.getId()).setText(text)); } }',
  ],
];

describe('in more code of strangers', () => {
  it.each(KINDS)('%s is quiet, and what looks alike is found', async (_, rule, path, quiet, found) => {
    expect(await foundBy(rule, path, quiet)).toEqual([]);
    expect(await foundBy(rule, path, found)).not.toEqual([]);
  });

  it('a table of one column that lists names is quiet, and one with other columns is found', async () => {
    expect(await marks('1_up.sql', 'create table reserved_crates (\n  name text primary key\n);\n')).toEqual([]);
    expect(await marks('1_up.sql', 'create table crates (\n  name text primary key,\n  home text\n);\n')).toEqual(['SID007 info name']);
  });

  it('a comment that says where an identifier is looked up is quiet, and one that says what it consists of is found', async () => {
    const proto = (said: string): string =>
      `syntax = "proto3";\nmessage Token {\n  // user_id is derived from the ${said} account and the region.\n  string user_id = 1;\n}\n`;
    expect(await marks('token.proto', proto('linked'))).toEqual([]);
    expect(await marks('token.proto', proto('billed'))).toHaveLength(1);
  });
});
