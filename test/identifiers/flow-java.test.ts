import { describe, expect, test } from 'vitest';
import { lowered } from './lowered.ts';

/** The effects of a method with these statements. */
const inMethod = async (statements: string): Promise<string[]> => {
  const [, heading, ...effects] = await lowered('A.java', `class A {\n  void f() {\n${statements}\n  }\n}\n`);
  expect(heading).toBe('  function f(): void');
  return effects.map((line) => line.trim());
};

describe('the common model of Java', () => {
  test.each<[text: string, ...lines: string[]]>([
    // Strings.
    ['String k = kind + ":" + id;', 'k: String = concatenation(kind, ":", id)'],
    ["var k = kind + '-' + id;", 'k = concatenation(kind, "-", id)'],
    ['k = a + b;', 'k = (a, b)'],
    ['k = String.format("%s-%05d%n", kind, n);', 'k = format(kind, "-", n, "%n")'],
    ['k = String.format(Locale.ROOT, "%2$s|%1$s", a, b);', 'k = format(b, "|", a)'],
    ['k = "%s-%s".formatted(a, b);', 'k = format(a, "-", b)'],
    ['k = date.format(pattern);', 'k = date.format(pattern)'],
    ['k = MessageFormat.format("{0}:{1}", a, b);', 'k = format(a, ":", b)'],
    ['k = String.join("-", a, b);', 'k = join(a, "-", b)'],
    ['k = String.join("-", List.of(a, b));', 'k = join(a, "-", b)'],
    ['k = String.join(SEPARATOR, parts);', 'k = join(parts, SEPARATOR, parts)'],
    ['k = path.join(other);', 'k = path.join(other)'],
    ['k = a.concat("-").concat(b);', 'k = concatenation(a, "-", b)'],
    ['k = new StringBuilder(32).append(a).append(":").append(b).toString();', 'k = concatenation(a, ":", b)'],
    ['k = new StringBuilder("x").append(a).toString();', 'k = concatenation("x", a)'],
    ['k = builder.append(a).toString();', 'k = builder.append(a).toString()'],
    [
      'StringBuilder sb = new StringBuilder("x"); sb.append(a).append(":"); if (c) { sb.append(b); } return sb.append("!").toString();',
      'sb: StringBuilder = new StringBuilder("x")',
      'sb.append(a).append(":")',
      'if c',
      'sb.append(b)',
      'return concatenation("x", a, ":", b, "!")',
    ],
    ['k = id.toString();', 'k = id.toString()'],
    ['k = """\n  a %s\n  """.formatted(a);', 'k = format("\\n  a ", a, "\\n  ")'],
    // Calls, members, values.
    ['this.id = new ChannelUID(thing.getUID(), "x");', 'this.id = new ChannelUID(thing.getUID(), "x")'],
    ['k = Foo.<String>make(a);', 'k = Foo.make(a)'],
    ['k = id.split("-")[i];', 'k = id.split("-")[i]'],
    ['k = (String) value;', 'k = value'],
    ['String[] k = {a, "b"};', 'k: String[] = (a, "b")'],
    ['k = ok ? a : b;', 'k = one of(a, b)'],
    ['k = Foo.class;'],
    ['k += "-";', 'k = concatenation(k, "-")'],
    ['list.map(x -> x.getId() + "-");', 'list.map(() => return concatenation(x.getId(), "-"))'],
    ['list.map((A x) -> { return x.id; });', 'list.map(() => return x.id)'],
    ['run(new Foo(a) { String id() { return "x"; } });', 'run(new Foo(a))', 'type Foo', 'function id(): String', 'return "x"'],
    // Control flow.
    ['if (a.equals("x-")) g(); else if (b == c) h();', 'if a.equals("x-")', 'g()', 'if b == c', 'h()'],
    ['for (String part : id.split("-")) g(part);', 'part = id.split("-")[]', 'g(part)'],
    ['while (a == b) { g(); }', 'if a == b', 'g()'],
    ['switch (kind) { case "a": case "b": g(); default: h(); }', 'kind == "a"', 'kind == "b"', 'g()', 'h()'],
    ['switch (kind) { case "a", "b" -> g(); default -> h(); }', 'kind == "a"', 'kind == "b"', 'g()', 'h()'],
    ['k = switch (kind) { case "a" -> "x" + a; default -> { yield b; } };', 'kind == "a"', 'k = one of(concatenation("x", a), b)'],
    ['try (Res r = open(a)) { g(); } catch (E | F e) { h(); } finally { i(); }', 'r: Res = open(a)', 'g()', 'h()', 'i()'],
    ['throw new E("x" + a);', 'new E(concatenation("x", a))'],
  ])('%s', async (text, ...lines) => {
    expect(await inMethod(text)).toEqual(lines);
  });

  test('types have their fields, records their parameters, annotations are not there', async () => {
    const text = `package x;
import y.Z;
@Entity @Table(name = "t" + T)
public class Foo extends Base {
  private static final String FORMAT = "%s-%s", B = "b";
  @Id @Column(name = "id") private Long id;
  public Foo(@NotNull String a, String... more) { super("x" + a); }
  @Override public String getId() { return String.format(FORMAT, a, b); }
}
record P(String id, int b) { P { id = id.trim(); } }
enum E { A("x-"), B; private final String code; E(String c) { code = c; } }
interface I { String K = "a"; default String m() { return "b" + k; } }
`;
    expect(await lowered('Foo.java', text)).toEqual([
      'type Foo(id: Long)',
      '  field FORMAT: String = "%s-%s"',
      '  field B: String = "b"',
      '  function Foo(a: String, more: String)',
      '    super(concatenation("x", a))',
      '  function getId(): String',
      '    return format(a, "-", b)',
      'type P(id: String, b: int)',
      '  function P()',
      '    id = id.trim()',
      'type E(code: String)',
      '  field A = "x-"',
      '  function E(c: String)',
      '    code = c',
      'type I',
      '  field K: String = "a"',
      '  function m(): String',
      '    return concatenation("b", k)',
    ]);
  });
});
