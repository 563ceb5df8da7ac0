import { describe, expect, it } from 'vitest';
import { lowered } from './lowered.ts';

/** What is lowered, the code, and the lines of the model. */
const CASES: readonly (readonly [what: string, code: string, lines: readonly string[]])[] = [
  [
    'an f-string with conversions, formats and doubled braces',
    'rule_id = f"{account.id}-{kind!r:>10}-{{x}}"',
    ['rule_id = template(account.id, "-", kind, "-{{x}}")'],
  ],
  [
    'f-strings beside each other as one string',
    `id = (f"{a}-"
      f"{b}" ":end")`,
    ['id = template(a, "-", b, ":end")'],
  ],
  ['a percent format of a tuple', 'id = "%s-%d%%" % (a, b)', ['id = format(a, "-", b, "%%")']],
  ['a percent format of one value', 'id = "acct_%s" % account', ['id = format("acct_", account)']],
  ['a percent format of a dictionary', 'id = "%(kind)s:%(n)d" % {"kind": a, "n": b}', ['id = format(a, ":", b)']],
  [
    'a percent format that is a constant',
    `FORMAT = "%s-%s"
id = FORMAT % (a, b)`,
    ['FORMAT = "%s-%s"', 'id = format(a, "-", b)'],
  ],
  [
    'a format method with positions, names and attributes',
    'id = "{}-{name}-{0.x}".format(a, name=b)',
    ['id = format(a, "-", b, "-{0.x}")'],
  ],
  [
    'a join of a list, a tuple and what is left of a list',
    `id = "-".join([a, "x", b])
id = ":".join((a, b))
id = "-".join(map(str, [a, b]))
id = "-".join(filter(None, [a, b]))`,
    ['id = join(a, "-", "x", "-", b)', 'id = join(a, ":", b)', 'id = join(a, "-", b)', 'id = join(a, "-", b)'],
  ],
  ['a join of strings that are not known', 'id = "-".join(p.name for p in parts)', ['p = parts[]', 'id = join(p.name, "-", p.name)']],
  ['a join of a path as a call', 'path = os.path.join("a", b)', ['path = os.path.join("a", b)']],
  [
    'a concatenation over lines',
    `id = (a
  + "-"  # why
  + str(b))`,
    ['id = concatenation(a, "-", b)'],
  ],
  ['an addition of numbers as no string', 'n = a + b', ['n = (a, b)']],
  [
    'an augmented assignment',
    `id += "-x"
id += f"{a}"
n += 1`,
    ['id = concatenation(id, "-x")', 'id = concatenation(id, a)', 'n = (n, ())'],
  ],
  ['calls with receivers and named arguments', 'Rule.objects.create(rule_id=x, **rest)', ['Rule.objects.create(rule_id: x, (rest))']],
  [
    'constructors by their capital letters',
    `a = Order(id)
b = models.Order(id=x)
c = MAX(1)
d = TypedDict`,
    ['a = new Order(id)', 'b = new models.Order(id: x)', 'c = MAX(())', 'd = TypedDict'],
  ],
  ['records with string keys', 'd = {"rule_id": x, key: y, **rest}', ['d = {rule_id: x, key: y, ...(rest)}']],
  ['members and indexes', 'self.id = a.b["k"][0]', ['self.id = a.b["k"][()]']],
  ['slices', 'kind = id[:3]', ['kind = id[(())]']],
  [
    'several targets',
    `kind, rest = id.split(":", 1)
a, b = 1, c`,
    ['(kind, rest) = id.split(":", ())', 'a = ()', 'b = c'],
  ],
  [
    'a walrus and comparisons',
    `if (n := f(id)) == "x" and kind != "y":
    pass`,
    ['n = f(id)', 'if (n == "x", kind == "y")'],
  ],
  [
    'membership of a list as a comparison, and in a text as a call',
    `a = kind in ("x", "y")
b = "-" in id`,
    ['a = kind == ("x", "y")', 'b = id.contains("-")'],
  ],
  [
    'conditional expressions and alternatives',
    `a = b if c else d
e = f or g`,
    ['a = one of(b, d)', 'e = one of(f, g)'],
  ],
  [
    'a match of strings, of parts and with a guard',
    `match kind:
    case "a" | "b":
        f(1)
    case ["acct", rest] if rest == "x":
        g(rest)
    case Kind.A:
        pass
    case other:
        h(other)
    case _:
        pass`,
    [
      'kind == "a"',
      'kind == "b"',
      'f(())',
      '("acct", rest) = kind',
      'if rest == "x"',
      'g(rest)',
      'kind == Kind.A',
      'other = kind',
      'h(other)',
    ],
  ],
  [
    'methods, parameters and types',
    `class Rule(Base):
    """Says."""
    kind: str = "a"
    objects = Manager()

    @property
    def rule_id(self, n: int = 3, *rest, k="x", **more) -> str:
        """Says."""
        return f"{self.kind}-{n}"`,
    [
      'type Rule',
      '  field kind: str = "a"',
      '  field objects = new Manager()',
      '  function rule_id(self, n: int, rest, k, more): str',
      '    return template(self.kind, "-", n)',
    ],
  ],
  [
    'lambdas by the name that they are given',
    'make = lambda a, b=1: f"{a}-{b}"',
    ['make = make() => return template(a, "-", b)', 'function make(a, b)', '  return template(a, "-", b)'],
  ],
  [
    'loops and comprehensions',
    `for part in id.split("-"):
    use(part)
ids = [f"{p}-x" for p in parts if p == "a"]`,
    ['part = id.split("-")[]', 'use(part)', 'p = parts[]', 'if p == "a"', 'ids = (template(p, "-x"))'],
  ],
  [
    'with, try and yield',
    `def f():
    with open(a) as g:
        yield f"{g}-x"
    try:
        h()
    except E as e:
        raise Wrong(f"{e}-x") from e`,
    ['function f()', '  g = open(a)', '  return template(g, "-x")', '  h()', '  e = E', '  new Wrong(template(e, "-x"))'],
  ],
  [
    'imports, docstrings, globals and decorators as nothing',
    `"""Says."""
import a
from b import c
@d("x")
def f():
    global g
    "nothing"
    f"{nothing}-x"`,
    ['function f()'],
  ],
  [
    'raw strings, bytes and long strings',
    `a = r"x\\d" + rb'y'
b = """l
"""
c = ""`,
    [`a = "x\\\\dy"`, `b = "l\\n"`, 'c = ""'],
  ],
  ['print of Python 2', 'print "a-%s" % b', ['format("a-", b)']],
];

describe('Python as the common model of code', () => {
  it.each(CASES)('lowers %s', async (_, code, lines) => {
    expect(await lowered('a.py', code)).toEqual(lines);
  });
});
