import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../server/selection/structure/file-facts.ts';
import { productOf } from '../../../server/selection/structure/product.ts';
import { reachedRoutes } from '../../../server/selection/structure/reach.ts';

/** The routes behind a file that changed as a whole, with the files on the way. */
const routesBehind = async (path: string, files: Readonly<Record<string, string>>): Promise<string[]> => {
  const facts = new Map(
    Object.entries(files).flatMap(([name, text]) => {
      const found = factsOf(name, text);
      return found ? [[name, found] as const] : [];
    }),
  );
  const routes = await reachedRoutes([{ path, weight: 1, via: [] }], productOf(facts, new Map()), (name) => Promise.resolve(files[name]));
  return routes.map(({ segments }) => `/${segments.join('/')}`).sort();
};

const PAGE = '<template><p>Hello</p></template>\n';
const TABLE = `import Billing from './Billing/index.vue';
import Members from './Members/index.vue';
import General from './General.vue';
export default [
  { path: '/team/billing', component: Billing },
  { path: '/team/members', component: Members },
  { path: '/team/general', component: General },
];
`;

describe('the routes behind a component that a table of routes shows', () => {
  const files = {
    'web/team/routes.js': TABLE,
    'web/team/Billing/index.vue': PAGE,
    'web/team/Members/index.vue': PAGE,
    'web/team/General.vue': PAGE,
  };

  it('are those of its own folder where other folders have a file of the same name', async () => {
    expect(await routesBehind('web/team/Members/index.vue', files)).toEqual(['/team/members']);
  });

  it('are not those of a namesake that another table brings in', async () => {
    const others = {
      'web/admin/routes.js': "import General from './General.vue';\nexport default [{ path: '/admin/general', component: General }];\n",
      'web/admin/General.vue': PAGE,
    };
    expect(await routesBehind('web/team/General.vue', { ...files, ...others })).toEqual(['/team/general']);
  });

  it('are not those of whoever takes the whole table', async () => {
    const others = {
      'web/menu.js': "import routes from './team/routes.js';\nexport const General = () => routes.map(({ path }) => path);\n",
      'web/help/routes.js': "import { General } from '../menu.js';\nexport default [{ path: '/help/contents', component: General }];\n",
    };
    expect(await routesBehind('web/team/General.vue', { ...files, ...others })).toEqual(['/team/general']);
  });
});
