// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placedRoutes } from '../../../server/selection/structure/conventions.ts';
import { railsRoutes, routesOfRails } from '../../../server/selection/structure/rails.ts';
import { routeMatch, routeSegments } from '../../../server/selection/structure/route-path.ts';
import { servedRoutes } from '../../../server/selection/structure/served.ts';
import { placesIn } from '../../../server/selection/structure/spec-places.ts';
import { translationsIn } from '../../../server/selection/structure/translations.ts';

const shown = (path: string, text: string): string[] =>
  servedRoutes(path, text).map(({ method = 'ALL', segments }) => `${method} /${segments.join('/')}`);

describe('the routes that a file serves', () => {
  it.each([
    ['Express', 'a.js', "router.get('/orders/:id', show);", ['GET /orders/{}']],
    ['a chain of Express', 'a.js', "router.route('/orders').get(list).post(create);", ['ALL /orders']],
    ['Fastify with a type', 'a.ts', "app.post<{ Body: X }>('/orders', async () => {});", ['POST /orders']],
    ['Fastify with a table', 'a.ts', "app.route({ method: 'PUT', url: '/orders/:id', handler: put });", ['PUT /orders/{}']],
    ['NestJS', 'a.ts', "@Controller('orders')\nexport class C {\n  @Get(':id')\n  find() {}\n}\n", ['GET /orders/{}']],
    [
      'React Router by tags',
      'a.tsx',
      '<Route path="/orders" element={<L />}><Route path=":id" element={<O />} /></Route>',
      ['ALL /orders', 'ALL /orders/{}'],
    ],
    [
      'Angular and Vue Router',
      'a.ts',
      "const r = [{ path: 'orders', component: L, children: [{ path: ':id', component: O }] }];",
      ['ALL /orders', 'ALL /orders/{}'],
    ],
    ['a table by patterns', 'a.tsx', 'const r = [{ path: /^\\/orders\\/([^/]+)$/, page: () => <O /> }];', ['ALL /orders/{}']],
    ['TanStack Router', 'a.tsx', "export const Route = createFileRoute('/orders/$id')({ component: O });", ['ALL /orders/{}']],
    [
      'Flask',
      'a.py',
      "bp = Blueprint('o', __name__, url_prefix='/orders')\n@bp.route('/<int:id>', methods=['POST'])\ndef f(id): pass\n",
      ['POST /orders/{}'],
    ],
    ['FastAPI', 'a.py', '@router.get("/orders/{id}")\nasync def f(id): pass\n', ['GET /orders/{}']],
    ['Django', 'urls.py', "urlpatterns = [path('orders/<int:pk>/', views.order)]", ['ALL /orders/{}']],
    [
      'Spring',
      'A.java',
      '@RequestMapping("/orders")\npublic class A {\n  @GetMapping("/{id}")\n  public O get() {}\n}\n',
      ['GET /orders/{}'],
    ],
    [
      'ASP.NET',
      'A.cs',
      '[Route("api/[controller]")]\npublic class OrdersController {\n  [HttpGet("{id}")]\n  public O Get() {}\n}\n',
      ['GET /api/orders/{}'],
    ],
    ['Laravel', 'web.php', "Route::get('orders/{id}', [OrderController::class, 'show']);", ['GET /orders/{}']],
    ['net/http', 'a.go', 'mux.HandleFunc("GET /orders/{id}", s.order)', ['GET /orders/{}']],
    ['net/http by its own mux', 'a.go', 'http.HandleFunc("/orders", list)', ['ALL /orders']],
    [
      'a group of gin that a variable holds',
      'a.go',
      'v1 := r.Group("/v1")\n{\n\tv1.GET("/orders", list)\n\tadmin := v1.Group("/admin", auth)\n\tadmin.POST("/orders", add)\n}',
      ['ALL /v1', 'ALL /v1/admin', 'GET /v1/orders', 'POST /v1/admin/orders'],
    ],
    [
      'chi',
      'a.go',
      'r.Route("/v1", func(r chi.Router) {\n\tr.Get("/orders", list)\n\tr.Method("PUT", "/orders/{id}", put)\n})',
      ['ALL /v1', 'GET /v1/orders', 'PUT /v1/orders/{}'],
    ],
    ['httprouter', 'a.go', 'router.HandlerFunc(http.MethodGet, "/orders/:id", app.show)', ['GET /orders/{}']],
    ['echo', 'a.go', 'g := e.Group("/v1")\ng.Add("DELETE", "/orders/:id", remove)', ['ALL /v1', 'DELETE /v1/orders/{}']],
    [
      'gorilla/mux',
      'a.go',
      's := r.PathPrefix("/v1").Subrouter()\ns.HandleFunc("/orders", add).Methods("POST")\ns.Path("/orders/{id}").Methods(http.MethodGet).HandlerFunc(show)',
      ['POST /v1/orders', 'GET /v1/orders/{}'],
    ],
    ['a table of Go', 'a.go', '[]route{{Method: "GET", Path: "/orders", Handler: list}}', ['GET /orders']],
    ['gin and echo', 'a.go', 'r.POST("/orders", create)', ['POST /orders']],
    ['Sinatra', 'a.rb', "get '/orders/:id' do\n  x\nend\n", ['GET /orders/{}']],
  ])('are read of %s', (_, path, text, expected) => {
    expect(shown(path, text).sort()).toEqual([...expected].sort());
  });

  it('are none of a client that asks for them', () => {
    expect(shown('a.go', 'http.Get("/orders", x); client.Do("GET", "/orders", x); http.NewRequest("GET", "/orders", nil)')).toEqual([]);
    expect(shown('a.ts', "axios.get('/orders', options); client.post('/orders', body); cache.get('/orders', x);")).toEqual([]);
  });

  it.each([
    ['web/src/app/(shop)/orders/[id]/page.tsx', '/orders/{}'],
    ['src/routes/orders/[id]/+page.svelte', '/orders/{}'],
    ['app/routes/_auth.orders.$id.tsx', '/orders/{}'],
    ['pages/orders/[id].vue', '/orders/{}'],
    ['pages/api/orders.ts', '/api/orders'],
    ['server/api/orders/[id].get.ts', '/api/orders/{}'],
    ['Pages/Orders/Index.cshtml', '/orders'],
  ])('are those of the place of %s', (path, route) => {
    expect(placedRoutes(path).map(({ segments }) => `/${segments.join('/')}`)).toEqual([route]);
  });

  it('are not those of a component that lies in a folder of pages', () => {
    expect(placedRoutes('src/pages/BasketPage.tsx')).toEqual([]);
  });

  it('are those that the routes of Rails give a view, with the helper that tests use', () => {
    const routes = railsRoutes(
      'Rails.application.routes.draw do\n  namespace :admin do\n    resources :orders do\n      resources :payments\n      member do\n        put :cancel\n      end\n    end\n  end\nend\n',
    );
    expect(routesOfRails('app/views/admin/payments/edit.html.erb', routes).map(({ text, helper }) => [text, helper])).toEqual([
      ['/admin/orders/:order_id/payments/:id/edit', 'edit_admin_order_payment'],
      ['/admin/orders/:order_id/payments/:id', 'admin_order_payment'],
    ]);
    expect(routes.find(({ action }) => action === 'cancel')).toMatchObject({
      helper: 'cancel_admin_order',
      text: '/admin/orders/:id/cancel',
      method: 'PUT',
    });
  });
});

describe('two routes', () => {
  const match = (served: string, asked: string) => routeMatch(routeSegments(served) ?? [], routeSegments(asked) ?? []);
  it.each(['/orders/42', '/orders/:id', '/orders/${order.id}', '/orders/{id}', 'https://shop.example/orders/42?x=1', '#/orders/42'])(
    'are the same where one has a parameter and the other is written %s',
    (asked) => {
      expect(match('/orders/:id', asked)?.form).toBe('same');
    },
  );
  it('differ where a parameter of the test stands for a fixed segment', () => {
    expect(match('/orders/new', '/orders/${id}')).toBeUndefined();
  });
  it('say nothing where one is the root or only a parameter', () => {
    expect(match('/', '/')).toBeUndefined();
    expect(match('/:slug', '/orders')).toBeUndefined();
  });
  it('match by the end where a router adds the rest', () => {
    expect(match('/orders', '/api/v1/orders')?.form).toBe('end');
  });
});

it('a spec names routes in calls, patterns and helpers, with the place', () => {
  const text =
    "await page.goto('/basket');\nexpect(page).toHaveURL(/\\/orders\\/ord_[0-9]+/);\nrequest.post('/api/orders', {});\nvisit edit_order_path(order)\n";
  expect(placesIn('a.spec.ts', text).map(({ segments, helper, how, line }) => [helper ?? segments.join('/'), how, line])).toEqual([
    ['basket', 'visit', 0],
    ['orders/{}', 'visit', 1],
    ['api/orders', 'call', 2],
    ['edit_order', undefined, 3],
  ]);
});

it('translations are read with their keys from JSON, YAML, properties and code', () => {
  const keys = (path: string, text: string) => translationsIn(path, text).map(({ key, text: said }) => `${key}=${said}`);
  expect(keys('en.json', '{\n  "cart": {\n    "title": "Your cart"\n  }\n}')).toEqual(['cart.title=Your cart']);
  expect(keys('en.yml', 'en:\n  cart:\n    title: Your cart\n')).toEqual(['cart.title=Your cart']);
  expect(keys('messages.properties', 'cart.title=Your cart\n')).toEqual(['cart.title=Your cart']);
  expect(keys('texts.ts', "const texts = {\n  'cart.title': 'Your cart',\n};\n")).toEqual(['cart.title=Your cart']);
  expect(keys('nb.po', 'msgid "cart"\nmsgstr "Your cart"\n')).toEqual(['cart=Your cart']);
});

it('no text breaks what reads routes, places and translations', () => {
  const pieces = fc.constantFrom(
    '<Route path="',
    '>',
    '/>',
    '{',
    '}',
    '(',
    "'/x'",
    '"',
    '`',
    "app.get('/a/:b',",
    "path: '",
    '@Get(',
    'resources :a do\n',
    'end\n',
    '\n',
    ' ',
    '/(',
    '#{',
    '[',
    'é',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      for (const path of ['a.tsx', 'a.py', 'A.java', 'A.cs', 'a.php', 'a.go', 'a.rb'])
        for (const { start, end } of servedRoutes(path, text)) expect(start).toBeLessThanOrEqual(end);
      expect(Array.isArray(railsRoutes(text))).toBe(true);
      expect(Array.isArray(placesIn('a.ts', text))).toBe(true);
      expect(Array.isArray(translationsIn('en.yml', text))).toBe(true);
    }),
    { numRuns: 60 },
  );
});
