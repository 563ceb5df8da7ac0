import { describe, expect, test } from 'vitest';
import { lowered } from './lowered.ts';

/** The effects of a function with these statements. */
const inFunction = async (statements: string): Promise<string[]> => {
  const [heading, ...effects] = await lowered('a.go', `package a\n\nfunc f() {\n${statements}\n}\n`);
  expect(heading).toBe('function f()');
  return effects.map((line) => line.trim());
};

describe('the common model of Go', () => {
  test.each<[text: string, ...lines: string[]]>([
    // Strings.
    ['k := kind + ":" + id', 'k = concatenation(kind, ":", id)'],
    ['k := a + b', 'k = (a, b)'],
    ['k := fmt.Sprintf("%s-%05d", kind, n)', 'k = format(kind, "-", n)'],
    ['k := fmt.Sprintf("%[2]s|%[1]q", a, b)', 'k = format(b, "|", a)'],
    ['k := fmt.Sprintf("100%% {name} %v", a)', 'k = format("100%% {name} ", a)'],
    ['k := fmt.Sprintf(format, a)', 'k = fmt.Sprintf(format, a)'],
    ['k := fmt.Sprint(a, ":", b)', 'k = concatenation(a, ":", b)'],
    ['k := strings.Join([]string{a, b}, "/")', 'k = join(a, "/", b)'],
    ['k := strings.Join(parts, "/")', 'k = join(parts, "/", parts)'],
    ['k := strings.Join(parts, keySeparator)', 'k = join(parts, keySeparator, parts)'],
    ['return fmt.Errorf("no %s", a)', 'return fmt.Errorf("no %s", a)'],
    ['k := `raw "x"` + a', 'k = concatenation("raw \\"x\\"", a)'],
    ['k := a + string(b)', 'k = concatenation(a, string(b))'],
    ['k := a + b + "-" + c', 'k = concatenation(a, b, "-", c)'],
    ['k := (a + 1) + "-"', 'k = concatenation((a, ()), "-")'],
    // Calls, members, values.
    ['repo.Save(ctx, *user)', 'repo.Save(ctx, user)'],
    ['k := strings.Split(id, "-")[0]', 'k = strings.Split(id, "-")[()]'],
    ['k := id[:3]', 'k = id[()]'],
    ['k := []byte(value.(string))', 'k = value'],
    ['u := &User{ID: kind + "-" + n, Tags: []string{"a"}}', 'u = User{ID: concatenation(kind, "-", n), Tags: []string{..."a"}}'],
    ['m := map[string]string{"id": "x"}', 'm = map[string]string{id: "x"}'],
    ['us := []User{{ID: a}}', 'us = []User{...{ID: a}}'],
    ['h := func(id string) string { return "x" + id }', 'h = () => return concatenation("x", id)'],
    ['go run(x)', 'run(x)'],
    // Assignments.
    ['a, err := parse(id)', 'a = parse(id)'],
    ['a, b := x, y', 'a = x', 'b = y'],
    ['kind, key, found := strings.Cut(id, ":")', '(kind, key) = strings.Cut(id, ":")'],
    ['_, _ = parse(id)'],
    ['user.ID = a', 'user.ID = a'],
    ['k += "-" + a', 'k = concatenation(k, "-", a)'],
    ['var k string = "x"', 'k: string = "x"'],
    ['const k = "x"', 'k = "x"'],
    ['return a, nil', 'return a'],
    // Control flow.
    ['if v, ok := m[k]; ok && v == "x" { g() }', 'v = m[k]', 'if (ok, v == "x")', 'g()'],
    ['if strings.HasPrefix(id, "u-") { return }', 'if strings.HasPrefix(id, "u-")'],
    ['for _, part := range parts { g(part) }', 'part = parts[]', 'g(part)'],
    ['switch k := kind(id); k {\ncase "a", "b":\ng()\ndefault:\nh()\n}', 'k = kind(id)', 'k == "a"', 'k == "b"', 'g()', 'h()'],
    ['switch {\ncase id == "x":\ng()\n}', 'if id == "x"', 'g()'],
    ['switch v := x.(type) {\ncase *Foo:\ng(v)\ndefault:\nh()\n}', 'g(v)', 'h()'],
  ])('%s', async (text, ...lines) => {
    expect(await inFunction(text)).toEqual(lines);
  });

  test('types have their fields, methods the type of their receiver, constants their text', async () => {
    const text = `package a
import "fmt"
// Key is a key.
const keyFormat = "%s:%s"
const (
	A Kind = "a"
	B = "b"
)
type User struct {
	*Base
	ID, Key string \`json:"id"\`
}
type Repo interface { Get(id string) (User, error) }
func (u *User) Make(ctx context.Context, kind, n string) (string, error) { return fmt.Sprintf(keyFormat, kind, n), nil }
`;
    expect(await lowered('a.go', text)).toEqual([
      'keyFormat = "%s:%s"',
      'A: Kind = "a"',
      'B = "b"',
      'type User(ID: string, Key: string)',
      'type Repo',
      'function Make(ctx: context.Context, kind: string, n: string): (string, error)',
      '  return format(kind, ":", n)',
    ]);
  });
});
