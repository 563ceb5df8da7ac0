import { describe, expect, it } from 'vitest';
import { lowered } from './lowered.ts';

/** What is lowered, the code, and the lines of the model. */
const CASES: readonly (readonly [what: string, code: string, lines: readonly string[]])[] = [
  [
    'interpolated strings',
    `$id = "$kind-{$rule->account->id}-$a[k]-{$a['k']}-$b->c-\${d}-{$e->f(1)}";`,
    ['id = template(kind, "-", rule.account.id, "-", a[k], "-", a["k"], "-", b.c, "-", d, "-", e.f(()))'],
  ],
  [
    'heredocs and nowdocs',
    `$a = <<<EOS
 a-$b
 EOS;
$c = <<<'EOS'
 raw $b
 EOS;`,
    ['a = template(" a-", b)', 'c = " raw $b"'],
  ],
  [
    'concatenations, of variables only too',
    `$id = $a . '-' . $b;
$id = $a . $b;
$id .= '-x';
$id .= $a;
$n = $a + 1;`,
    ['id = template(a, "-", b)', 'id = template(a, b)', 'id = template(id, "-x")', 'id = template(id, a)', 'n = (a, ())'],
  ],
  [
    'formats',
    `$id = sprintf('%s-%05d', $a, $b);
$id = \\sprintf('%2$s-%1$s', $a, $b);
$id = vsprintf('%s-%s', [$a, $b]);`,
    ['id = format(a, "-", b)', 'id = format(b, "-", a)', 'id = format(a, "-", b)'],
  ],
  [
    'joins',
    `$id = implode('-', [$a, 'x', $b]);
$id = join(':', array($a, $b));
$id = implode('-', array_filter([$a, $b]));
$id = implode('-', $parts);`,
    ['id = join(a, "-", "x", "-", b)', 'id = join(a, ":", b)', 'id = join(a, "-", b)', 'id = join(parts, "-", parts)'],
  ],
  [
    'calls of functions, methods and classes',
    `foo($a);
$this->rules->find($a, kind: $b);
$a?->b?->c(1);
Rule::find($a);
parent::__construct($a);
\\A\\b($c);`,
    ['foo(a)', 'this.rules.find(a, kind: b)', 'a.b.c(())', 'Rule.find(a)', 'parent.__construct(a)', 'b(c)'],
  ],
  [
    'constructors',
    `$a = new Rule($id);
$b = new \\A\\Rule(id: $x);
$c = new class($x) {};`,
    ['a = new Rule(id)', 'b = new Rule(id: x)', 'c = new (x)', 'type '],
  ],
  [
    'arrays with string keys as records',
    `$a = ['rule_id' => $x, 'kind' => "a-$y", $z, ...$rest];`,
    ['a = {rule_id: x, kind: template("a-", y), ...z, ...(rest)}'],
  ],
  [
    'members, indexes and constants',
    `$this->id = $a->b['k'][0];
self::$count = Rule::KIND;
$a[] = $b;`,
    ['this.id = a.b["k"][()]', 'self.count = Rule.KIND', 'a[] = b'],
  ],
  [
    'several targets',
    `[$a, $b] = explode(':', $id);
list($c, $d) = explode(':', $id);
['k' => $e] = $f;`,
    ['(a, b) = explode(":", id)', '(c, d) = explode(":", id)', '("k", e) = f'],
  ],
  [
    'comparisons and conditions',
    `if ($kind == 'a') { f(1); } elseif ($kind === 'b') g(1); else { h(1); }
while ($a !== 'x') { i(1); }`,
    ['if kind == "a"', 'f(())', 'if kind == "b"', 'g(())', 'h(())', 'if a == "x"', 'i(())'],
  ],
  [
    'alternatives',
    `$a = $b ? $c : $d;
$a = $b ?: $c;
$a = $b ?? $c;
$a ??= $b;`,
    ['a = one of(c, d)', 'a = one of(b, c)', 'a = one of(b, c)', 'a = b'],
  ],
  [
    'a switch and a match',
    `switch ($kind) { case 'a': f(1); break; case 'b': default: g(1); }
$a = match($kind) { 'a', 'b' => 'x', default => "y-$z" };
$b = match(true) { $c === 'd' => 1 };`,
    [
      'kind == "a"',
      'f(())',
      'kind == "b"',
      'g(())',
      'kind == "a"',
      'kind == "b"',
      'a = one of("x", template("y-", z))',
      '() == c == "d"',
      'b = one of(())',
    ],
  ],
  [
    'classes, properties, constants and enums',
    `final class Rule extends Base implements I {
  use T;
  const KIND = 'a-' . self::X;
  private ?string $id = 'x';
  public static function makeId(Account $account, &$b, ...$rest): string { return "a-$b"; }
  public function __construct(private string $kind, int $n = 1) {}
}
enum Kind: string { case A = 'a'; }`,
    [
      'type Rule',
      '  field KIND = template("a-", self.X)',
      '  field id: ?string = "x"',
      '  function makeId(account: Account, b, rest): string',
      '    return template("a-", b)',
      '  function __construct(kind: string, n: int)',
      'type Kind',
      '  field A = "a"',
    ],
  ],
  [
    'functions and lambdas',
    `function makeId(string $a): string { return "a-$a"; }
$f = function ($a) use ($b) { return $a . '-x'; };
$g = fn ($a) => "$a-x";`,
    [
      'f = () => return template(a, "-x")',
      'g = () => return template(a, "-x")',
      'function makeId(a: string): string',
      '  return template("a-", a)',
    ],
  ],
  [
    'loops',
    `foreach ($ids as $key => $id) { use_it($id); }
foreach (explode('-', $id) as $part) { f($part); }
for ($i = 0; $i < 3; $i++) { f($i); }`,
    ['(key, id) = ids[]', 'use_it(id)', 'part = explode("-", id)[]', 'f(part)', 'i = ()', '(i, ())', 'f(i)'],
  ],
  [
    'casts and what says the same',
    `$a = (string) $id . "-x";
$b = strval($id) . "-x";
$c = @f($a);`,
    ['a = template(id, "-x")', 'b = template(id, "-x")', 'c = f(a)'],
  ],
  [
    'output as calls',
    `echo "a-$b", $c;
print "a-$b";
echo $a . "-";`,
    ['echo(template("a-", b), c)', 'print(template("a-", b))', 'echo(template(a, "-"))'],
  ],
  [
    'attributes, imports and comments as nothing',
    `namespace A\\B;
use X\\Y;
// no
#[Attr('x')]
function f() { /* no */ throw new Wrong("a-$b"); }`,
    ['function f()', '  new Wrong(template("a-", b))'],
  ],
];

describe('PHP as the common model of code', () => {
  it.each(CASES)('lowers %s', async (_, code, lines) => {
    expect(await lowered('a.php', `<?php\n${code}`)).toEqual(lines);
  });
});
