import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { placeNames } from '../../server/code/place-names.ts';
import { codeRoutes, pathSegments } from '../../server/code/routes.ts';
import { SourceFile } from '../../server/code/source-file.ts';

/** Routes of a text as `METHOD /path`. */
const routesIn = (text: string): string[] => codeRoutes(text).map(({ method, segments }) => `${method ?? '?'} /${segments.join('/')}`);

/** `$` before a brace, without a template. */
const dollar = (text: string): string => text.replaceAll('€', '$');

describe('the routes of code', () => {
  test.each([
    ["app.get('/orders/:id', show)", 'GET /orders/{}'],
    ["router.post('/orders')", 'POST /orders'],
    ['@app.get("/orders/{order_id}")', 'GET /orders/{}'],
    ['@app.route("/orders/<int:id>", methods=["PUT"])', 'PUT /orders/{}'],
    ['@PostMapping("/orders")', 'POST /orders'],
    ['@RequestMapping(path = "/orders", method = RequestMethod.DELETE)', 'DELETE /orders'],
    ['[HttpGet("/orders/{id}")]', 'GET /orders/{}'],
    ['mux.HandleFunc("POST /orders/{id}", h)', 'POST /orders/{}'],
    ['http.NewRequest(http.MethodGet, "/orders", nil)', 'GET /orders'],
    ["get '/orders/:id', to: 'orders#show'", '? /orders/{}'],
    ["fetch('/orders', {\n  method: 'PATCH',\n})", 'PATCH /orders'],
    [dollar('fetch(`€{base}/orders/€{id}`)'), '? /orders/{}'],
    ["fetch('https://shop.example.org/orders?a=b#c')", '? /orders'],
    ["client.GetFromJsonAsync<Order>('/orders')", 'GET /orders'],
    ["url = '/orders/' + id", '? /orders/{}'],
    ["path('/orders/%s')", '? /orders/{}'],
    ["'/files/*'", '? /files/{}'],
    ['page("/orders/[id]")', '? /orders/{}'],
  ])('of %s are %s', (text, expected) => {
    expect(routesIn(text)).toEqual([expected]);
  });

  test.each([
    "'no/route'",
    "'/'",
    "'/a b/c'",
    "'//'",
    '/orders/1',
    "'/:id'",
    "'///'",
    '"unclosed /orders',
    "split('/')",
    'const a = 1 / 2 / 3;',
  ])('of %j are none', (text) => {
    expect(routesIn(text)).toEqual([]);
  });

  it('are those of the wanted lines only, each with the span of its path', () => {
    const text = "get('/first');\nget('/second');\nget('/third');\n";
    expect(codeRoutes(text, 1, 1)).toEqual([
      { text: '/second', segments: ['second'], method: 'GET', span: { start: { line: 1, character: 5 }, end: { line: 1, character: 12 } } },
    ]);
    expect(codeRoutes(text, -5, 0)).toHaveLength(1);
    expect(codeRoutes(text, 7)).toEqual([]);
  });

  it('are 2,000 at most, however many one line has', () => {
    expect(codeRoutes("get('/a');\n".repeat(2_500))).toHaveLength(2_000);
  });

  it('are where they say, whatever the text', () => {
    const piece = fc.constantFrom(
      '"',
      "'",
      '`',
      '/',
      '/orders',
      ':id',
      '{',
      '}',
      dollar('€{'),
      '<',
      '>',
      '%s',
      ' ',
      '\n',
      '\\',
      'GET ',
      'https://',
      '?',
      '+',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (parts) => {
        const lines = parts.join('').split('\n');
        for (const { text, span } of codeRoutes(lines.join('\n')))
          expect(lines[span.start.line]?.slice(span.start.character, span.end.character)).toBe(text);
      }),
    );
  });

  it('are found in a hostile text in no time', () => {
    for (const text of [
      "'/".repeat(100_000),
      '`{'.repeat(100_000),
      "'\\".repeat(100_000),
      `'/${'{'.repeat(200_000)}'`,
      "'/a'\n".repeat(50_000),
    ])
      expect(codeRoutes(text).length).toBeLessThanOrEqual(2_000);
  });
});

test.each([
  ['/orders/{id}/lines/', ['orders', '{}', 'lines']],
  [dollar('/a/€{b}/:c/:d?/<e>/<int:f>/%d/*/[g]/#{h}'), ['a', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}']],
  ['', []],
  ['//a', ['a']],
  ['/a{b}/x:y', ['a{b}', 'x:y']],
])('the segments of the path %s are %j', (path, expected) => {
  expect(pathSegments(path)).toEqual(expected);
});

describe('the names of a place', () => {
  const TEXT = `import { send } from 'kafka';\n${'\n'.repeat(60)}class Outbox {\n  publish() {\n    send('orders.created');\n  }\n}\n${'\n'.repeat(60)}send(other);\n`;
  const FILE = new SourceFile('a.ts', TEXT);

  const namesAt = async (line?: number): Promise<Map<string, { near: boolean; declared: boolean; line: number }>> => {
    const place = line === undefined ? { path: 'a.ts' } : { path: 'a.ts', line };
    const { names } = placeNames(place, FILE, await FILE.symbols());
    return new Map([...names.values()].map(({ name, near, declared, span }) => [name, { near, declared, line: span.start.line }]));
  };

  it('are near within the window, and point to the use that is nearest', async () => {
    const names = await namesAt(63);
    expect(names.get('send')).toEqual({ near: true, declared: false, line: 63 });
    expect(names.get('orders.created')).toEqual({ near: true, declared: false, line: 63 });
    expect(names.get('kafka')).toEqual({ near: false, declared: false, line: 0 });
    expect(names.get('other')).toEqual({ near: false, declared: false, line: 126 });
  });

  it('point to the declaration where the place has one', async () => {
    const names = await namesAt(63);
    expect(names.get('publish')).toEqual({ near: true, declared: true, line: 62 });
    expect(names.get('Outbox')).toEqual({ near: true, declared: true, line: 61 });
  });

  it('are all near for a whole file', async () => {
    expect([...(await namesAt()).values()].every(({ near }) => near)).toBe(true);
  });

  it('show the line of a name only as far as people read it', () => {
    const { names } = placeNames({ path: 'a.ts' }, new SourceFile('a.ts', `relay ${'x '.repeat(5_000)}`), []);
    expect([...names.values()][0]?.text).toHaveLength(1_000);
  });
});
