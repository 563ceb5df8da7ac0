import { describe, expect, it } from 'vitest';
import { lowered } from './lowered.ts';

/** What is lowered, the code, and the lines of the model. */
const CASES: readonly (readonly [what: string, code: string, lines: readonly string[]])[] = [
  ['an interpolated string', 'id = "#{account.id}-#{kind}"', ['id = template(account.id, "-", kind)']],
  [
    'strings beside each other and percent literals',
    `id = "a" "-#{b}"
id = %Q(x-#{y})
id = %q(x)`,
    ['id = template("a", "-", b)', 'id = template("x-", y)', 'id = "x"'],
  ],
  [
    'formats with positions and names',
    `id = format('%s-%05d', a, b)
id = sprintf('%<kind>s:%{n}', kind: a, n: b)
id = '%s-%s' % [a, b]`,
    ['id = format(a, "-", b)', 'id = format(a, ":", b)', 'id = format(a, "-", b)'],
  ],
  [
    'joins of arrays and of what is left of them',
    `id = [a, 'x', b].join('-')
id = [a, b].compact.join(':')
id = [a, b].map(&:to_s).join('-')
id = %w[a b].join('-')`,
    ['id = join(a, "-", "x", "-", b)', 'id = join(a, ":", b)', 'id = join(a, "-", b)', 'id = "a-b"'],
  ],
  [
    'joins of paths as calls',
    `path = File.join(a, 'b')
path = root.join('config')`,
    ['path = File.join(a, "b")', 'path = root.join("config")'],
  ],
  [
    'concatenations and appended strings',
    `id = a + '-' + b.to_s
id += '-x'
id << '-x'
id << a << '-' << b`,
    ['id = concatenation(a, "-", b)', 'id = concatenation(id, "-x")', 'id.<<("-x")', 'id.<<(concatenation(a, "-", b))'],
  ],
  [
    'symbols and interpolated symbols',
    `a = :sym
b = :"x-#{a}"`,
    ['a = "sym"', 'b = template("x-", a)'],
  ],
  [
    'heredocs',
    `a = f(<<~ONE, <<~TWO)
  one #{x}
ONE
  two-#{y}
TWO
b = 1`,
    [`a = f(template("\\n  one ", x, "\\n"), template("\\n  two-", y, "\\n"))`, 'b = ()'],
  ],
  [
    'a method whose value is a heredoc',
    `def a
  <<~SQL
    a-#{b}
  SQL
end`,
    ['function a()', `  return template("\\n    a-", b, "\\n  ")`],
  ],
  [
    'a call with a heredoc as the value of a method',
    `def a
  f(<<~SQL)
    a-#{b}
  SQL
end`,
    ['function a()', `  return f(template("\\n    a-", b, "\\n  "))`],
  ],
  [
    'attributes, calls and safe navigation',
    `a = order&.account.id
b = order.first
c = order.find(1).valid?`,
    ['a = order.account.id', 'b = order.first()', 'c = order.find(()).valid?()'],
  ],
  [
    'named arguments and hashes',
    `Rule.create(rule_id: x, 'kind' => y, :n => z, m:, **rest)
h = { rule_id: x, 'kind' => y }`,
    ['Rule.create(rule_id: x, kind: y, n: z, m: m, (rest))', 'h = {rule_id: x, kind: y}'],
  ],
  [
    'constructors',
    `a = Rule.new(id)
b = Billing::Rule.new(id: x)
c = kind.constantize.new(x)`,
    ['a = new Rule(id)', 'b = new Billing.Rule(id: x)', 'c = kind.constantize().new(x)'],
  ],
  [
    'fields of the object, constants and class bodies',
    `module Billing
  class Rule < Base
    PREFIX = 'acct'.freeze
    @@count = 0
    belongs_to :account, foreign_key: 'account_id'
    def initialize(id)
      @id = id
      self.kind = 'x'
    end
  end
end`,
    [
      'type Billing',
      '  type Rule',
      '    field PREFIX = "acct"',
      '    field self.count = ()',
      '    belongs_to("account", foreign_key: "account_id")',
      '    function initialize(id)',
      '      self.id = id',
      '      self.kind = "x"',
      '      return self.kind',
    ],
  ],
  [
    'the last value of a method',
    `def rule_id(kind, n = 1, *rest, key:, other: 2, **more, &block)
  "#{kind}-#{n}"
end
def self.make(a) = "x-#{a}"`,
    [
      'function rule_id(kind, n, rest, key, other, more, block)',
      '  return template(kind, "-", n)',
      'function make(a)',
      '  return template("x-", a)',
    ],
  ],
  [
    'the values of branches as those of a method',
    `def rule_id
  if a == b
    "a-#{x}"
  elsif c
    nil
  else
    "b-#{x}"
  end
end`,
    ['function rule_id()', '  if a == b', '  if c', '  return one of(template("a-", x), one of((), template("b-", x)))'],
  ],
  [
    'a value before what is rescued',
    `def rule_id
  "a-#{x}"
rescue Wrong => e
  log(e)
end`,
    ['function rule_id()', '  log(e)', '  return template("a-", x)'],
  ],
  [
    'modifiers',
    `return "a-#{x}" if kind == 'a'
id = 'x' unless id
`,
    ['return template("a-", x)', 'if kind == "a"', 'id = "x"', 'if id'],
  ],
  [
    'case and when',
    `case kind
when 'a', 'b' then f(1)
when Foo
  g
else
  h('x')
end`,
    ['kind == "a"', 'kind == "b"', 'f(())', 'kind == Foo', 'h("x")'],
  ],
  [
    'case without a subject',
    `case
when id.start_with?('a') then f(1)
end`,
    ['if id.start_with?("a")', 'f(())'],
  ],
  [
    'case and in',
    `case id
in { kind: 'a' } then f(1)
in 'b' if c then g(1)
in other then h(other)
end`,
    ['((kind, "a")) = id', 'f(())', 'id == "b"', 'if c', 'g(())', 'other = id', 'h(other)'],
  ],
  ['the value of a case', `x = case kind when 'a' then "p-#{y}" else 'q' end`, ['kind == "a"', 'x = one of(template("p-", y), "q")']],
  [
    'comparisons and regular expressions',
    `a = kind === 'x'
b = id =~ /^acct-#{x}/
c = id.match?(/^a/)`,
    ['a = kind == "x"', 'b = id.=~(("^acct-", x))', 'c = id.match?(("^a"))'],
  ],
  [
    'alternatives and several targets',
    `x ||= a || b
kind, rest = id.split(':')
a, b = 1, c
@a, @b = id.split('-')`,
    ['x = one of(a, b)', '(kind, rest) = id.split(":")', 'a = ()', 'b = c', '(self.a, self.b) = id.split("-")'],
  ],
  [
    'blocks and lambdas',
    `rules.map { |rule| "#{rule.id}-x" }
rules.each do |a, b|
  use(a)
end
f = ->(a) { "#{a}-x" }
g = lambda { |a| a }`,
    [
      'rules.map(() => return template(rule.id, "-x"))',
      'rules.each(() => return use(a))',
      'f = () => return template(a, "-x")',
      'g = lambda(() => return a)',
    ],
  ],
  [
    'indexes and ranges',
    `a = params[:id]
b = id[0..2]
h["id"] = "a-#{x}"`,
    ['a = params["id"]', 'b = id[((), ())]', 'h["id"] = template("a-", x)'],
  ],
  [
    'access of private methods and singleton classes',
    `class A
  private def b; "b-#{c}"; end
  class << self
    def d; 1; end
  end
end`,
    [
      'type A',
      '  private(b() => return template("b-", c))',
      '  function b()',
      '    return template("b-", c)',
      '  function d()',
      '    return ()',
    ],
  ],
  [
    'conditional expressions and returns',
    `a = b ? 'c' : "d-#{e}"
return a, b
return`,
    ['a = one of("c", template("d-", e))', 'return (a, b)'],
  ],
];

describe('Ruby as the common model of code', () => {
  it.each(CASES)('lowers %s', async (_, code, lines) => {
    expect(await lowered('a.rb', code)).toEqual(lines);
  });
});
