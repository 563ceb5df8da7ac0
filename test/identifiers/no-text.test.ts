import { describe, expect, it } from 'vitest';
import { marksOf } from './code-support.ts';

const marks = (path: string, text: string): Promise<readonly string[]> => marksOf('SID002', path, text);

describe('what is called an identifier and is no text is not taken apart', () => {
  it.each([
    [
      'a regular expression',
      'a.ts',
      'const IDENTIFIER = /^[a-z]+$/;\nconst f = (s: string) => { const m = IDENTIFIER.exec(s); return m[1]; };\n',
    ],
    [
      'one that is made',
      'a.ts',
      'const VALID_ID = new RegExp("^([a-z]+)-");\nconst f = (s: string) => { const [a, b] = VALID_ID.exec(s); return a; };\n',
    ],
    [
      'one of another file',
      'a.ts',
      'import { ORDER_ID } from "./forms";\nconst f = (s: string) => { const m = ORDER_ID.exec(s); return m[1]; };\n',
    ],
    ['one that splits', 'a.ts', 'const ORDER_ID = /(-)/;\nconst f = (s: string) => ORDER_ID[Symbol.split](s).concat(s.split(ORDER_ID));\n'],
    [
      'one of Python',
      'a.py',
      'IDENTIFIER = re.compile(r"^([a-z]+)-")\n\ndef f(s):\n    m = IDENTIFIER.match(s)\n    return m.group(1) + IDENTIFIER.split(s)[0]\n',
    ],
    [
      'one of another module of Python',
      'a.py',
      'from forms import ORDER_ID\n\ndef f(s):\n    m = ORDER_ID.match(s)\n    return m.group(1)\n',
    ],
    ['one of Ruby', 'a.rb', 'class A\n  IDENTIFIER = /\\A([a-z]+)-/\n  def f(s)\n    m = IDENTIFIER.match(s)\n    m[1]\n  end\nend\n'],
    [
      'one of Java',
      'A.java',
      'class A {\n  static final Pattern ORDER_ID = Pattern.compile("^([a-z]+)-");\n  String[] f(String s) { return ORDER_ID.split(s); }\n}\n',
    ],
    [
      'one of Go',
      'a.go',
      'package a\nvar orderID = regexp.MustCompile(`^([a-z]+)-`)\nfunc f(s string) string { m := orderID.FindStringSubmatch(s); return m[1] + orderID.Split(s, 2)[0] }\n',
    ],
    [
      'one of C#',
      'A.cs',
      'class A {\n  static readonly Regex OrderId = new Regex("^([a-z]+)-");\n  string F(string s) { var m = OrderId.Match(s); return m.Groups[1].Value + OrderId.Split(s)[0]; }\n}\n',
    ],
    [
      'one of Kotlin',
      'a.kt',
      'val ORDER_ID = Regex("^([a-z]+)-")\nfun f(s: String): String { val m = ORDER_ID.find(s)!!; return m.groupValues[1] + ORDER_ID.split(s)[0] }\n',
    ],
    [
      'one of Rust, made later',
      'a.rs',
      'static RULE_ID: Lazy<Regex> = Lazy::new(|| Regex::new("^([a-z]+)-").unwrap());\nfn f(s: &str) -> Vec<&str> { let c = RULE_ID.captures(s).unwrap(); g(&c[1]); RULE_ID.split(s).collect() }\n',
    ],
    [
      'a type',
      'a.ts',
      'class UserId { static split(s: string) { return s.length; } }\nconst f = (x: string) => { const [a, b] = UserId.split(x); return a; };\n',
    ],
    ['a function', 'a.ts', 'const makeId = (s: string) => s;\nconst f = () => makeId.slice("-", 2);\n'],
    [
      'the source of an expression',
      'a.ts',
      'const IDENTIFIER = "[a-z]+|[A-Z]+";\nconst f = () => { const [small, large] = IDENTIFIER.split("|"); return small; };\n',
    ],
    ['a format', 'a.py', 'ORDER_ID = "ORD-%s"\n\ndef f():\n    head, tail = ORDER_ID.split("%")\n    return head\n'],
  ])('%s: %s', async (_what, path, text) => {
    expect(await marks(path, text)).toEqual([]);
  });

  it.each([
    [
      'a.ts',
      'const ORDER_ID = /^(ORD)-/;\nconst f = (orderId: string) => { const m = ORDER_ID.exec(orderId); return m[1]; };\n',
      'ORDER_ID.exec(orderId)',
    ],
    [
      'a.py',
      'ORDER_ID = re.compile(r"^(ORD)-")\n\ndef f(order_id):\n    m = ORDER_ID.match(order_id)\n    return m.group(1)\n',
      'ORDER_ID.match(order_id)',
    ],
    [
      'a.ts',
      'const orderId = request.orderId;\nconst f = () => { const [kind, n] = orderId.split("-"); return kind; };\n',
      'orderId.split("-")',
    ],
    ['a.ts', 'const ORDER_ID = process.env.ORDER;\nconst [kind, n] = ORDER_ID.split("-");\n', 'ORDER_ID.split("-")'],
  ])('the identifier beside it is, as before: %s', async (path, text, found) => {
    expect(await marks(path, text)).toEqual([`warning ${found}`]);
  });
});

describe('a list of identifiers in one text is not taken apart', () => {
  it.each([
    [
      'a.php',
      '<?php\nfunction m($id) { if (str_contains($id, "|")) { $ids = explode("|", $id); foreach ($ids as $one) { load($one); } } }\n',
    ],
    ['a.php', '<?php\nfunction f($ids) { if (str_contains($ids, "|")) { return explode("|", $ids); } return [$ids]; }\n'],
    ['a.ts', 'const g = (id: string) => id.includes("|") ? id.split("|").map((one) => load(one)) : [load(id)];\n'],
    ['a.rb', 'def f(id)\n  id.split("|").each { |one| load(one) }\nend\n'],
  ])('%s: %s', async (path, text) => {
    expect(await marks(path, text)).toEqual([]);
  });

  it.each([
    ['a.ts', 'const f = (id: string) => { const [account, domain, type, id2] = id.split("|"); return domain; };\n', 'id.split("|")'],
    ['a.ts', 'const f = (id: string) => { const ids = id.split("|"); return ids[1]; };\n', 'id.split("|")'],
  ])('but one of which a part is read by its position is: %s', async (path, text, found) => {
    expect(await marks(path, text)).toEqual([`warning ${found}`]);
  });
});
