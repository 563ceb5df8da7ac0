// biome-ignore-all lint/suspicious/noTemplateCurlyInString: strings of other languages
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { lowered } from './lowered.ts';

const WHOLE: Readonly<Record<string, string>> = {
  'a.go':
    'package a\nfunc (u *U) f(a, b string) (string, error) {\n\tx, err := g("k-" + a)\n\tswitch a { case "x": return fmt.Sprintf("%s", U{ID: a}), nil }\n\tfor _, v := range m[a] { u.k += v }\n}\n',
  'A.java':
    'class A extends B {\n  String k = "a" + b;\n  A(String a) { super(a); for (String p : a.split("-")) m(x -> p + "x"); switch (a) { case "b", "c" -> d(); } }\n}\nrecord R(int i) {}\n',
  'a.kt':
    'class A(val id: String) : B(id + "x") {\n  val n get() = "n-$id${a.b}"\n  fun f() = when (id) { "a" -> m.map { it.id }; else -> if (a) b else c }\n  constructor(a: Int) : this("$a") { val (p, q) = x }\n}\n',
  'A.cs':
    'namespace N;\nclass A : B {\n  string K { get; set; } = $"{a}-{b:D}";\n  A(int i) : base(i) { var u = new U(a) { Id = x switch { "a" or "b" => c, _ => d } }; }\n  string F => string.Format("{0}", a?.b?[0]);\n}\n',
  'a.ts':
    'class A { k = `a-${b}`; f(a: string) { switch (a) { case "b": return new C({ id: a + "-" + x.y[0] }); default: return [a, b].join(":"); } } }\n',
};

describe('code that is broken', () => {
  test.each(Object.entries(WHOLE))('%s is lowered whatever is cut out of it and put into it', async (path, text) => {
    const place = fc.nat({ max: text.length });
    const piece = fc.constantFrom('', '"', '${', '{', '}', '(', ')', '\n', '=', '.', ',', ':', '=>', '😀', '`', '"""', '%', '\u0000');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(place, fc.nat({ max: 12 }), piece), { minLength: 1, maxLength: 4 }), async (cuts) => {
        const broken = cuts.reduce((was, [at, length, put]) => was.slice(0, at) + put + was.slice(at + length), text);
        await lowered(path, broken);
      }),
      { numRuns: 60 },
    );
  });
});
