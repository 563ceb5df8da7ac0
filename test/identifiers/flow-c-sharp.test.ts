import { describe, expect, test } from 'vitest';
import { lowered } from './lowered.ts';

/** The effects of a method with these statements. */
const inMethod = async (statements: string): Promise<string[]> => {
  const [, heading, ...effects] = await lowered('A.cs', `class A {\n  void F() {\n${statements}\n  }\n}\n`);
  expect(heading).toBe('  function F(): void');
  return effects.map((line) => line.trim());
};

describe('the common model of C#', () => {
  test.each<[text: string, ...lines: string[]]>([
    // Strings.
    ['var k = $"{kind}-{n:D5}:x";', 'k = template(kind, "-", n, ":x")'],
    ['var k = $@"x{a}" + @"a\\b";', 'k = concatenation("x", a, "a\\\\b")'],
    ['var k = $"""raw {a} x""";', 'k = template("raw ", a, " x")'],
    ['var k = """raw "x" y""";', 'k = "raw \\"x\\" y"'],
    ["string k = kind + ':' + id;", 'k: string = concatenation(kind, ":", id)'],
    ['k = a + b;', 'k = (a, b)'],
    ['k = string.Format("{0}-{1,-5:D}", a, b);', 'k = format(a, "-", b)'],
    ['k = String.Format(CultureInfo.InvariantCulture, "{1}|{0}", a, b);', 'k = format(b, "|", a)'],
    ['k = string.Format("{{%s}} {0}", a);', 'k = format("{{%s}} ", a)'],
    ['k = string.Concat(a, ":", b);', 'k = concatenation(a, ":", b)'],
    ['k = string.Join("-", a, b);', 'k = join(a, "-", b)'],
    ['k = string.Join("-", new[] { a, b });', 'k = join(a, "-", b)'],
    ['k = string.Join(Separator, parts);', 'k = join(parts, Separator, parts)'],
    ['k = new StringBuilder().Append(a).Append(":").Append(b).ToString();', 'k = concatenation(a, ":", b)'],
    ['k = id.ToString();', 'k = id.ToString()'],
    // Calls, members, values.
    [
      'await repo.SaveAsync<User>(new UserId(a), name: "x").ConfigureAwait(false);',
      'repo.SaveAsync(new UserId(a), name: "x").ConfigureAwait(())',
    ],
    ['var u = new User { Id = "x" + a, Name = b };', 'u = User{Id: concatenation("x", a), Name: b}'],
    ['var u = new User(a) { Id = b };', 'u = new User(a, {Id: b})'],
    ['User u = new() { Id = a };', 'u: User = {Id: a}'],
    ['var u = new { Id = a, b.Name };', 'u = {Id: a, ...b.Name}'],
    ['var u = v with { Id = a };', 'u = (v, {Id: a})'],
    ['var m = new Dictionary<string, string> { ["id"] = a };', 'm = Dictionary<string, string>{id: a}'],
    ['var k = a?.B?.C(x);', 'k = a.B.C(x)'],
    ['var k = a![i]; k = a?[i];', 'k = a[i]', 'k = a[i]'],
    ['k = (string)value;', 'k = value'],
    ['k = ok ? a : b;', 'k = one of(a, b)'],
    ['k = a ?? b;', 'k = one of(a, b)'],
    ['k += "-";', 'k = concatenation(k, "-")'],
    ['var (kind, key) = Split(id);', '(kind, key) = Split(id)'],
    [
      'list.Select(x => x.Id + "-").Where((x, y) => { return x == y; });',
      'list.Select(() => return concatenation(x.Id, "-")).Where(() => return x == y)',
    ],
    ['string Key(string k) => k + "-";', 'function Key(k: string): string', 'return concatenation(k, "-")'],
    // Control flow.
    ['if (a == "x" && o is Foo f) { G(); } else if (x.Equals("z")) return a;', 'if (a == "x", o)', 'G()', 'if x.Equals("z")', 'return a'],
    ['if (f.Kind is "a" or "b") { G(); }', 'if (f.Kind == "a", f.Kind == "b")', 'G()'],
    [
      'switch (kind) { case "a": case "b": return a; case Foo f when f.X == y: break; default: G(); break; }',
      'kind == "a"',
      'kind == "b"',
      'return a',
      'if f.X == y',
      'G()',
    ],
    [
      'k = kind switch { "a" => "x" + a, "b" or "c" => b, _ => d };',
      'kind == "a"',
      'kind == "b"',
      'kind == "c"',
      'k = one of(concatenation("x", a), b, d)',
    ],
    ["foreach (var part in id.Split('-')) { G(part); }", 'part = id.Split("-")[]', 'G(part)'],
    ['try { G(); } catch (E e) when (e.X == y) { H(); } finally { I(); }', 'G()', 'e.X == y', 'H()', 'I()'],
    ['using (var z = Open(a)) { G(); }', 'z = Open(a)', 'G()'],
    ['throw new E($"x{a}");', 'new E(template("x", a))'],
  ])('%s', async (text, ...lines) => {
    expect(await inMethod(text)).toEqual(lines);
  });

  test('types have their fields, properties their getters, attributes are not there', async () => {
    const text = `using System;
namespace A.B {
[Table("x" + T)]
public class Foo : Base, I {
  private const string Format = "{0}-{1}";
  [Key, Column("id")] public string Id { get; set; }
  public string Kind { get; set; } = "x";
  public string Name => $"{Kind}-{Id}";
  public string Full { get { return Kind + ":" + Id; } set { _f = value; } }
  public Foo(string a, int b = 3) : base(a + ":") { Id = a; }
  public static string Make(this string a) => string.Format(Format, a, "x");
  public static implicit operator string(Foo f) => f.Id;
  public string this[int i] => "x";
}
public record P(string Id, [Required] int B) : Q("x" + Id) { public string K { get; } = "a"; }
public class R(string id) : Q($"x{id}");
enum E { A = 1, B }
interface J { string M(string id); }
}
`;
    expect(await lowered('Foo.cs', text)).toEqual([
      'type Foo(Id: string, Full: string)',
      '  field Format: string = "{0}-{1}"',
      '  field Kind: string = "x"',
      '  function Name(): string',
      '    return template(Kind, "-", Id)',
      '  function Full()',
      '    return concatenation(Kind, ":", Id)',
      '  function Full()',
      '    _f = value',
      '  function Foo(a: string, b: int)',
      '    base(concatenation(a, ":"))',
      '    Id = a',
      '  function Make(a: string): string',
      '    return format(a, "-", "x")',
      '  function string(f: Foo): string',
      '    return f.Id',
      '  function this(i: int): string',
      '    return "x"',
      'type P(Id: string, B: int)',
      '  new Q(concatenation("x", Id))',
      '  field K: string = "a"',
      'type R(id: string)',
      '  new Q(template("x", id))',
      'type E',
      '  field A = ()',
      'type J',
      '  function M(id: string): string',
    ]);
  });

  test('a namespace for the whole file and statements without a class are read', async () => {
    expect(await lowered('Program.cs', 'using A;\nnamespace A.B;\nvar id = "x-" + a;\nclass C { string F = "f"; }\n')).toEqual([
      'id = concatenation("x-", a)',
      'type C',
      '  field F: string = "f"',
    ]);
  });
});
