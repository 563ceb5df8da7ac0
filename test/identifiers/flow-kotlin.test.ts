// biome-ignore-all lint/suspicious/noTemplateCurlyInString: strings of Kotlin
import { describe, expect, test } from 'vitest';
import { lowered } from './lowered.ts';

/** The effects of a function with these statements. */
const inFunction = async (statements: string): Promise<string[]> => {
  const [heading, ...effects] = await lowered('a.kt', `fun f() {\n${statements}\n}\n`);
  expect(heading).toBe('function f()');
  return effects.map((line) => line.trim());
};

describe('the common model of Kotlin', () => {
  test.each<[text: string, ...lines: string[]]>([
    // Strings.
    ['val k = "$kind-${user.id}:x"', 'k = template(kind, "-", user.id, ":x")'],
    ['val k = """raw $kind ${a}"""', 'k = template("raw ", kind, " ", a)'],
    ['val k = "\\$kind costs 5$"', 'k = "\\\\$kind costs 5$"'],
    ['val k = kind + ":" + id', 'k = concatenation(kind, ":", id)'],
    ['val k = a.plus("-").plus(b)', 'k = concatenation(a, "-", b)'],
    ['val k = "%s-%d".format(a, b)', 'k = format(a, "-", b)'],
    ['val k = String.format(Locale.ROOT, "%s-%d", a, b)', 'k = format(a, "-", b)'],
    ['val k = formatter.format(a)', 'k = formatter.format(a)'],
    ['val k = listOf(a, b).joinToString("-")', 'k = join(a, "-", b)'],
    ['val k = parts.joinToString(separator = ":") { it.id }', 'k = join(parts, ":", parts)'],
    ['val k = parts.joinToString()', 'k = parts.joinToString()'],
    ['val k = buildString { append(a); append("-").append(b) }', 'k = concatenation(a, "-", b)'],
    ['val k = StringBuilder().append(a).append("-").toString()', 'k = concatenation(a, "-")'],
    // Calls, members, values.
    ['repo.save(UserId(a), name = "x")', 'repo.save(new UserId(a), name: "x")'],
    ['a?.b!!.c(x)', 'a.b.c(x)'],
    ['val k = id.split("-")[0]', 'k = id.split("-")[()]'],
    ['val k = mapOf("id" to "x" + a)', 'k = mapOf(id: concatenation("x", a))'],
    ['val k = value as String', 'k = value'],
    ['val k: String = a ?: b ?: return', 'k: String = one of(a, b)'],
    ['list.map { x -> x.id }.filter { it == "x" }', 'list.map(() => return x.id).filter(() => return it == "x")'],
    ['user.apply { id = "x" + a }', 'user.apply(() => id = concatenation("x", a))'],
    ['val g = fun(x: Int): String { return "a" }', 'g = () => return "a"'],
    ['val o = object : Base("x" + a) { override fun g() = "x" }', 'type', 'new Base(concatenation("x", a))', 'function g()', 'return "x"'],
    // Assignments.
    ['val (kind, key) = id.split(":")', '(kind, key) = id.split(":")'],
    ['this.id = a', 'this.id = a'],
    ['m["k"] += "z"', 'm["k"] = concatenation(m["k"], "z")'],
    ['return@f a', 'return a'],
    // Control flow.
    ['if (id.startsWith("u-")) g() else h()', 'if id.startsWith("u-")', 'g()', 'h()'],
    ['val k = if (a == b) "x$a" else { b }', 'if a == b', 'k = one of(template("x", a), b)'],
    ['when (kind) { "a", "b" -> g(); else -> { h() } }', 'kind == "a"', 'kind == "b"', 'g()', 'h()'],
    ['val k = when (kind) { "a" -> "x$a"; is Foo -> b; else -> { g(); c } }', 'kind == "a"', 'g()', 'k = one of(template("x", a), b, c)'],
    ['when { id == "x" -> g() }', 'if id == "x"', 'g()'],
    ['for (part in id.split("-")) { g(part) }', 'part = id.split("-")[]', 'g(part)'],
    ['while (a == b) g()', 'if a == b', 'g()'],
    ['try { g() } catch (e: E) { h() } finally { i() }', 'g()', 'h()', 'i()'],
    ['val k = try { "x" + a } catch (e: E) { null }', 'k = (concatenation("x", a), (e, null))'],
    ['throw E("x$a")', 'new E(template("x", a))'],
  ])('%s', async (text, ...lines) => {
    expect(await inFunction(text)).toEqual(lines);
  });

  test('classes have their parameters, properties their getters, annotations are not there', async () => {
    const text = `package x
import y.Z
const val FORMAT = "%s:%s"
@Entity @Table(name = "t" + T)
data class Foo(@Id val id: String, private var b: Int = 3) : Base(id + "x"), I {
  companion object {
    const val PREFIX = "a-"
    fun of(a: String): Foo = Foo("$PREFIX$a", b = c)
  }
  val name: String get() = "n-$id"
  var other: String? = "x"
    set(value) { field = value + "y" }
  lateinit var late: String
  private val lazily by lazy { "x" + id }
  init { check(id) }
  constructor(a: Int) : this("x" + a) { g() }
  override fun key() = FORMAT.format(kind, id)
}
enum class K(val c: String) {
  A("x-"),
  B("y-") {
    override fun z() = c
  };
  fun z() = c
}
object O { val x = "a" }
fun <T> String.ext(vararg a: T): Foo where T : Any = Foo(this)
typealias Id = String
`;
    expect(await lowered('Foo.kt', text)).toEqual([
      'FORMAT = "%s:%s"',
      'type Foo(id: String, b: Int, name: String, late: String)',
      '  new Base(concatenation(id, "x"))',
      '  field PREFIX = "a-"',
      '  field other: String? = "x"',
      '  field lazily = lazy(() => return concatenation("x", id))',
      '  check(id)',
      '  function of(a: String): Foo',
      '    return new Foo(template(PREFIX, a), b: c)',
      '  function name()',
      '    return template("n-", id)',
      '  function other()',
      '    field = concatenation(value, "y")',
      '  function constructor(a: Int)',
      '    this(concatenation("x", a))',
      '    g()',
      '  function key()',
      '    return format(kind, ":", id)',
      'type K(c: String)',
      '  field A = "x-"',
      '  field B = "y-"',
      '  function z()',
      '    return c',
      '  function z()',
      '    return c',
      'type O',
      '  field x = "a"',
      'function ext(a: T): Foo',
      '  return new Foo(this)',
    ]);
  });
});
