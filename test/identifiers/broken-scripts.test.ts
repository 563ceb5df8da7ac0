import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowered } from './lowered.ts';

/** Whole code of each language, with the constructs that its table knows. */
const SAMPLES: Readonly<Record<string, string>> = {
  'a.py':
    'class A(B):\n    k: str = "a"\n    def f(self, *a, b=1):\n        x, y = f"{a!r}-{b}".split("-")\n        return "%s-%s" % (x, {"k": "-".join([y])})\n        match x:\n            case ["a", b] if c: pass\n',
  'a.rb':
    'class A < B\n  def f(a, *b, c: 1)\n    x = <<~E\n      a-#{b}\n    E\n    case a\n    in {id: "x"} then [a].join("-")\n    end\n    s << a << "-" unless b\n    "#{a}-#{b}"\n  end\nend\n',
  'a.php':
    '<?php class A { private ?string $b = "a"; function f(B $a) { [$c, $d] = explode("-", "$a-{$b->c}"); $e .= match($a) { "a", "b" => new class($x) { } }; return ["k" => sprintf("%s", ...$a)]; } }',
  'a.rs':
    'impl A { fn f(&self, a: &str) -> R { let B { c, .. } = d; match a { "a" | "b" if c => format!("{}-{e}", f.g(h)[0], i = json!({"k": [a]})), Some((x, y)) => { z += "-" } }; if let Some(q) = r { s } else { t!() } } }',
};
const cut = fc.record({
  at: fc.nat(400),
  length: fc.nat(12),
  text: fc.constantFrom('', '{', '}', '"', "'", '#{', '(', ')', '\n', '<<~E', '!', '::', '\u{1F600}'),
});

describe('code that is broken by an edit', () => {
  it.each(Object.entries(SAMPLES))('is lowered without an error in %s', async (path, sample) => {
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 4 }), async (cuts) => {
        let text = sample;
        for (const { at, length, text: put } of cuts) text = text.slice(0, at) + put + text.slice(at + length);
        expect(await lowered(path, text)).toBeInstanceOf(Array);
      }),
      { numRuns: 150 },
    );
  });

  it('is lowered without an error where brackets are very deep', async () => {
    for (const [path, before, open, close] of [
      ['a.py', 'x = ', '[', ']'],
      ['a.rb', 'x = ', '[', ']'],
      ['a.php', '<?php $x = ', '[', ']'],
      ['a.rs', 'fn f() { x!', '(', ')'],
    ] as const)
      expect(await lowered(path, before + open.repeat(3_000) + close.repeat(3_000))).toBeInstanceOf(Array);
  });
});
