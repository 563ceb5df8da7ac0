// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titlePattern, withoutTitles } from '../../bench/faults/application.ts';
import { drawFaults, seeded } from '../../bench/faults/draw-faults.ts';
import { mochaRun } from '../../bench/faults/mocha-app.ts';
import { faultSites, parses, stringSites, withFault } from '../../bench/faults/mutators.ts';
import { baselineOf, type Caught, failuresOf, figuresOf, timeShare, withoutSpecs } from '../../bench/faults/results.ts';
import { readMail } from '../../bench/faults/shop-doubles.ts';

/** What each fault of a text makes of it, by kind. */
const faultsOf = async (path: string, text: string): Promise<string[]> =>
  (await faultSites(path, text)).map((site) => `${site.kind}: ${withFault(text, site).trim()}`);

describe('small faults of a text', () => {
  it.each([
    ['a.ts', 'f(a === b)', ['operator: f(a !== b)', 'call: ;']],
    ['a.ts', 'x = a < 1', ['boundary: x = a <= 1', 'number: x = a < 2']],
    ['a.ts', 'x = a ?? b', []],
    ['a.ts', 'if (a) b = c', ['condition: if (!(a)) b = c']],
    ['a.ts', 'x = a ? b : c', ['condition: x = !(a) ? b : c']],
    ['a.ts', 'reply.code(404).send({})', ['status: reply.code(410).send({})', 'call: ;']],
    ['a.ts', 'x = true', ['truth: x = false']],
    ['a.ts', "x = 'Thank you'", ["text: x = 'Txhank you'"]],
    ['a.ts', "x = 'checkout.title'", ["name: x = 'checkout.titlex'"]],
    ['a.ts', "x = '/api/orders/:id'", ["route: x = '/api/orders/:idx'"]],
    ['a.ts', 'x = `/api/slots?day=${day}`', ['parameter: x = `/api/slots?dayx=${day}`']],
    ['a.ts', "x = 'select a from b where c = $1'", ["query: x = 'select a from b where c <> $1'"]],
    ['a.ts', 'function f() { return a; }', ['return: function f() { return undefined; }']],
    ['a.tsx', 'x = <p>Sold out</p>', ['text: x = <p>Sxold out</p>']],
    ['a.tsx', 'x = <p className="wide" />', []],
    ['a.ts', "import { a } from './b.js';", []],
    ['a.ts', "type A = 'b' | 1;", []],
    ['a.ts', '// a < 1', []],
    [
      'a.py',
      'if a == b:\n    f()',
      ['condition: if not (a == b):\n    f()', 'operator: if a != b:\n    f()', 'call: if a == b:\n    pass'],
    ],
    ['a.py', 'x = b if a else c', ['condition: x = b if not (a) else c']],
    [
      'a.py',
      'def f():\n    """What f says."""\n    return True',
      ['return: def f():\n    """What f says."""\n    return None', 'truth: def f():\n    """What f says."""\n    return False'],
    ],
    ['a.py', '@router.get("/slots")\ndef f(): pass', ['route: @router.get("/slotsx")\ndef f(): pass']],
    ['a.ts', 'x = (', []],
    ['a.txt', 'a < 1', []],
  ])('%s: %s', async (path, text, expected) => {
    expect((await faultsOf(path, text)).sort()).toEqual([...expected].sort());
  });

  it('are small: calls and values of many lines stay', async () => {
    expect(await faultsOf('a.ts', 'f(() => {\n  a = b;\n  c = d;\n});')).toEqual([]);
  });

  it('change a string, and nothing but it', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(1_000), (text, start) => {
        for (const site of stringSites(text, start)) {
          expect(site.now).not.toBe(text);
          expect([site.start, site.end]).toEqual([start, start + text.length]);
        }
      }),
    );
  });
});

describe('the draw of faults', () => {
  const sources = [
    { path: 'a.ts', part: 'web', text: "x = a === b;\ny = 'Thank you';\nz = 3;\n" },
    { path: 'b.py', part: 'worker', text: 'def f(a):\n    return a < 1\n' },
  ];
  const drawn = async (seed: number): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { id } of drawFaults(sources, seed)) ids.push(id);
    return ids;
  };

  it('is the same for the same seed, has every fault once, and numbers them', async () => {
    const ids = await drawn(7);
    expect(await drawn(7)).toEqual(ids);
    expect(ids.map((id) => Number.parseInt(id, 10))).toEqual(ids.map((_, at) => at + 1));
    expect(ids.map((id) => id.replace(/^\d+ /, '')).sort()).toEqual(
      ['a.ts:1 operator', 'a.ts:2 text', 'a.ts:3 number', 'b.py:2 boundary', 'b.py:2 number', 'b.py:2 return'].sort(),
    );
  });

  it('differs between seeds', async () => {
    const orders = await Promise.all([1, 2, 3, 4, 5].map(drawn));
    expect(new Set(orders.map((ids) => ids.join())).size).toBeGreaterThan(1);
  });

  it('keeps texts that parse', async () => {
    for await (const { path, site } of drawFaults(sources, 3)) {
      const text = sources.find((source) => source.path === path)?.text ?? '';
      expect(await parses(path, withFault(text, site))).toBe(true);
    }
  });

  it('takes numbers from 0 up to 1', () => {
    const random = seeded(42);
    const numbers = Array.from({ length: 1_000 }, random);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(new Set(numbers).size).toBeGreaterThan(990);
  });
});

describe('runs of a suite', () => {
  const run = (passed: string[], failed: string[], seconds: number) => ({ passed, failed, seconds });

  it('count only tests that pass without a fault, every time', () => {
    const sound = baselineOf([
      new Map([
        ['a', run(['one', 'two'], [], 2)],
        ['b', run([], ['three'], 0)],
      ]),
      new Map([
        ['a', run(['one'], ['two'], 4)],
        ['b', run([], ['three'], 0)],
      ]),
    ]);
    expect(sound).toEqual({ sound: { a: ['one'] }, unsound: { a: ['two'], b: ['three'] }, seconds: { a: 3 } });
    expect(failuresOf(new Map([['a', run([], ['one', 'two'], 1)]]), sound)).toEqual({ a: ['one'] });
    expect(failuresOf(new Map([['b', run([], ['three'], 1)]]), sound)).toEqual({});
    expect(withoutSpecs(sound, ['a'])).toEqual({ sound: {}, unsound: { a: ['one', 'two'], b: ['three'] }, seconds: {} });
  });

  it('give the share of the time, without specs that cannot run', () => {
    const sound = { sound: {}, unsound: {}, seconds: { a: 3, b: 1 } };
    expect([timeShare(['a'], sound), timeShare(['b', 'unknown'], sound), timeShare([], sound)]).toEqual([0.75, 0.25, 0]);
  });

  it('are caught where one failing spec is selected', () => {
    const fault = { id: '1', path: 'a', part: 'a', kind: 'call', line: 1, site: { kind: 'call', start: 0, end: 1, now: '' } } as const;
    const caught = (failed: string[], selected: string[], share: number, verdict: string): Caught => ({
      fault,
      failed,
      selected,
      share,
      verdict,
    });
    expect(
      figuresOf([
        caught(['a', 'b'], ['a'], 0.25, 'run-selected'),
        caught(['a'], [], 0.25, 'run-selected'),
        caught(['c'], ['c'], 1, 'run-all'),
        caught(['d'], ['d'], 0.5, 'run-selected'),
      ]),
    ).toEqual({ faults: 4, caught: 0.75, specs: 0.625, all: 0.5, share: 0.5, everything: 0.25 });
  });

  it('are read from a report of Mocha, without what is pending', () => {
    const test = (file: string, fullTitle: string, err: object) => ({ file, fullTitle, duration: 500, err });
    const report = JSON.stringify({
      tests: [test('/tree/test/a.js', 'one', {}), test('/tree/test/a.js', 'two', { message: 'no' }), test('/tree/test/b.js', 'three', {})],
      pending: [test('/tree/test/b.js', 'three', {})],
    });
    expect([...mochaRun(report, '/tree')]).toEqual([['test/a.js', { passed: ['one'], failed: ['two'], seconds: 0.5 }]]);
  });

  it('leave tests out by a pattern of their titles', () => {
    const [pattern = ''] = Object.values(withoutTitles(['search > finds (all) [x]']));
    expect(new RegExp(pattern).test('a.spec.ts search finds (all) [x]')).toBe(true);
    expect(new RegExp(pattern).test('a.spec.ts search finds (all) [x] twice')).toBe(false);
    expect(withoutTitles([])).toEqual({});
    fc.assert(
      fc.property(fc.string(), (title) => {
        expect(new RegExp(`^${titlePattern(title)}$`).test(title)).toBe(true);
      }),
    );
  });
});

it.each([
  ['8bit', 'Totalt 119,00 kroner på fjellet'],
  ['base64', Buffer.from('Totalt 119,00 kroner på fjellet').toString('base64')],
  ['quoted-printable', 'Totalt 119,00 kroner p=C3=\r\n=A5 fjellet'],
])('a mail is read in %s', (coding, body) => {
  const source = `To: kari@example.com\r\nSubject: Your order\r\n HM-1\r\nContent-Transfer-Encoding: ${coding}\r\n\r\n${body}`;
  expect(readMail(source)).toEqual({ to: 'kari@example.com', subject: 'Your order HM-1', text: 'Totalt 119,00 kroner på fjellet' });
});
