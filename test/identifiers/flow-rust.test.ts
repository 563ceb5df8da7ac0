import { describe, expect, it } from 'vitest';
import { lowered } from './lowered.ts';

/** What is lowered, the code, and the lines of the model. */
const CASES: readonly (readonly [what: string, code: string, lines: readonly string[]])[] = [
  [
    'formats with arguments, names and names of variables',
    'fn f() { let id = format!("{}-{kind}-{n:>03}-{0}", account.id, kind = self.kind()); }',
    ['function f()', '  id = format(account.id, "-", self.kind(), "-", n, "-", account.id)'],
  ],
  [
    'formats of literal braces only and of nothing',
    'fn f() { let a = format!("{{x}}-{}", a); let b = format!("x"); }',
    ['function f()', '  a = format("{{x}}-", a)', '  b = "x"'],
  ],
  [
    'formats with paths, macros, indexes, references and operators as arguments',
    'fn f() { let id = format!("{}-{}-{}-{}-{}", Kind::new(a), &self.b?.c[0], x.parse::<u32>().await, *d + "e", format!("{}:{}", g, h)); }',
    ['function f()', '  id = format(new Kind(a), "-", self.b.c[()], "-", x.parse(), "-", d, "e", "-", g, ":", h)'],
  ],
  [
    'writes and prints as calls of the string',
    'fn f() { write!(out, "{}:{}", self.a, self.b)?; println!("a {b}"); panic!("no"); assert_eq!(kind, "x"); }',
    ['function f()', '  write(out, format(self.a, ":", self.b))', '  println(format("a ", b))', '  panic("no")', '  assert_eq(kind, "x")'],
  ],
  [
    'joins of arrays, vectors and iterators',
    'fn f() { let a = [a, b].join("-"); let c = vec![a, "x", b].concat(); let d = parts.join("-"); let e = [a, b].iter().map(|x| x.id()).collect::<Vec<_>>().join(":"); }',
    ['function f()', '  a = join(a, "-", b)', '  c = join(a, "x", b)', '  d = join(parts, "-", parts)', '  e = join(a, ":", b)'],
  ],
  ['joins of paths as calls', 'fn f() { let p = dir.join("config"); }', ['function f()', '  p = dir.join("config")']],
  [
    'concatenations',
    'fn f() { let id = a.to_string() + "-" + &b; s += "-x"; s.push_str("y"); n += 1; }',
    ['function f()', '  id = concatenation(a, "-", b)', '  s = concatenation(s, "-x")', '  s.push_str("y")', '  n = (n, ())'],
  ],
  [
    'what changes nothing',
    'fn f() { let a = "x".to_string(); let b = id.clone().into(); let c = Some(id.as_str()); let d = id.parse().unwrap(); }',
    ['function f()', '  a = "x"', '  b = id', '  c = id', '  d = id.parse()'],
  ],
  [
    'strings of all kinds',
    `fn f() { let a = r#"a"b"#; let b = b"c"; let c = 'd'; let e = "f\\n"; }`,
    ['function f()', `  a = "a\\"b"`, '  b = "c"', '  c = "d"', `  e = "f\\\\n"`],
  ],
  [
    'the value of a block, an if and a match',
    `fn rule_id() -> String { if a == b { format!("a-{x}") } else { "b".into() } }
fn kind() -> u32 { match k { "a" => 1, _ => { 2 } } }
fn none() { x(); }
fn ok() -> R { let a = 1; Ok(format!("{}-{}", a, b)) }`,
    [
      'function rule_id(): String',
      '  if a == b',
      '  return one of(format("a-", x), "b")',
      'function kind(): u32',
      '  k == "a"',
      '  return one of((), ())',
      'function none()',
      '  x()',
      'function ok(): R',
      '  a = ()',
      '  return format(a, "-", b)',
    ],
  ],
  [
    'early returns',
    'fn f() { if kind == "a" { return format!("a-{x}"); } }',
    ['function f()', '  if kind == "a"', '  return format("a-", x)'],
  ],
  [
    'a match of strings, of parts and with a guard',
    `fn f() { match id.split_once(':') { Some((kind, rest)) => use_it(kind, rest), None => {} }
 match kind { "a" | "b" => f(1), Kind::A => g(1), other if other.starts_with("x") => h(other), _ => i(1) } }`,
    [
      'function f()',
      '  kind = id.split_once(":")',
      '  rest = id.split_once(":")',
      '  use_it(kind, rest)',
      '  id.split_once(":") == None',
      '  kind == "a"',
      '  kind == "b"',
      '  kind == Kind.A',
      '  other = kind',
      '  if other.starts_with("x")',
      '  return one of(f(()), g(()), h(other), i(()))',
    ],
  ],
  [
    'if let, while let and let else',
    'fn f() { if let Some(kind) = id.strip_prefix("a-") { g(kind); } while let Some(x) = y.next() { h(x); } let Some(z) = id.get(1) else { return; }; }',
    ['function f()', '  kind = id.strip_prefix("a-")', '  if kind', '  g(kind)', '  x = y.next()', '  if x', '  h(x)', '  z = id.get(())'],
  ],
  [
    'structs and their shorthand',
    'fn f() { let a = Rule { id, kind: format!("a-{x}"), ..base }; let Rule { id, kind: k } = a; }',
    ['function f()', '  a = Rule{id: id, kind: format("a-", x), ...base}', '  Rule{id: id, kind: k} = a'],
  ],
  [
    'constructors',
    'fn f() { let a = RuleId(x); let b = RuleId::new(x); let c = a::Rule::new(x); let d = RuleId::from(x); }',
    ['function f()', '  a = new RuleId(x)', '  b = new RuleId(x)', '  c = new Rule(x)', '  d = RuleId.from(x)'],
  ],
  [
    'types, methods and constants',
    `pub struct Rule { id: String }
const KIND: &str = "a";
impl<T> Rule<T> { const N: i32 = 1; pub fn id(&self, a: &str, (x, y): (i32, i32)) -> String { format!("{}-{}", self.kind, a) } }
trait Named { fn name(&self) -> String; fn id(&self) -> String { self.name() } }`,
    [
      'KIND: str = "a"',
      'type Rule',
      '  field N: i32 = ()',
      '  function id(a: str, x: (i32, i32), y: (i32, i32)): String',
      '    return format(self.kind, "-", a)',
      'type Named',
      '  function id(): String',
      '    return self.name()',
    ],
  ],
  [
    'closures and blocks',
    'fn f() { let g = |a: &str| format!("{a}-x"); let h = move || { i(1); j(2) }; unsafe { k(3) }; }',
    ['function f()', '  g = () => return format(a, "-x")', '  h = () => i(()); return j(())', '  k(())'],
  ],
  [
    'loops',
    "fn f() { for part in id.split('-') { g(part); } while a == b { h(1); } loop { break; } }",
    ['function f()', '  part = id.split("-")[]', '  g(part)', '  if a == b', '  h(())', '  return ()'],
  ],
  [
    'members, indexes and casts',
    'fn f() { self.id = a.b[0].0; let s = &id[..3]; let n = x as u32; let t = (*y).id; }',
    ['function f()', '  self.id = a.b[()].0', '  s = id[(())]', '  n = x', '  t = y.id'],
  ],
  [
    'JSON of a macro as a record',
    'fn f() { let a = json!({"id": format!("{}-{}", a, b), "parts": [c, {"d": e}]}); }',
    ['function f()', '  a = json({id: format(a, "-", b), parts: (c, {d: e})})'],
  ],
  [
    'code for tests as nothing',
    `#[cfg(test)]
mod tests { fn a() { b(); } }
#[test]
fn c() { d(); }
#[tokio::test]
/// says
async fn e() { f(); }
#[derive(A)]
mod g { fn h() { i(); } }`,
    ['function h()', '  i()'],
  ],
  [
    'code in macros',
    'fn f() { select! { x = rx.recv() => { g(format!("{}-{}", a, b)); } } }',
    ['function f()', '  return select(x: rx.recv(), {...g(format(a, "-", b))})'],
  ],
];

describe('Rust as the common model of code', () => {
  it.each(CASES)('lowers %s', async (_, code, lines) => {
    expect(await lowered('a.rs', code)).toEqual(lines);
  });
});
