import { expect, it } from 'vitest';
import { CHANGE, type ChangeResult } from '../../protocol/change.ts';
import { FINDING_RULES } from '../../server/decisions/index.ts';
import type { ChangeRequest } from '../../server/model/change.ts';
import { EngineError } from '../../server/model/errors.ts';
import { CURRENT, fakeEngine, hitWith, spanAt } from '../support/engine.ts';
import { connect, SHOP } from './in-memory.ts';

it('lintel/change gives decisions, places and findings with the addresses of their files', async () => {
  const asked: ChangeRequest[] = [];
  const rule = FINDING_RULES[0]?.id ?? expect.fail('There are no rules.');
  const engine = fakeEngine({
    change: async (request) => {
      asked.push(request);
      return {
        decisions: [{ hit: hitWith(), places: [{ path: 'src/a b.ts', lines: { first: 2, last: 4 } }] }],
        findings: [
          {
            document: { id: 'x.ts', path: 'x.ts', kind: 'code' },
            findings: [{ rule, severity: 'warning', message: 'Odd.', span: spanAt(3) }],
          },
        ],
        files: 2,
        notices: ['Something is missing.'],
        index: CURRENT,
      };
    },
  });
  const client = await connect({ engine });
  const { repositories } = (await client.request(CHANGE, { base: 'main', folderUri: SHOP })) as ChangeResult;
  expect(asked).toEqual([{ base: 'main' }]);
  expect(repositories).toMatchObject([
    {
      name: 'shop',
      files: 2,
      notices: ['Something is missing.'],
      decisions: [
        {
          hit: { title: 'Use ropes', uri: `${SHOP}/docs/adr/0001-use-ropes.md` },
          places: [{ path: 'src/a b.ts', lines: { first: 2, last: 4 }, uri: `${SHOP}/src/a%20b.ts` }],
        },
      ],
      findings: [{ rule, severity: 'warning', message: 'Odd.', path: 'x.ts', uri: `${SHOP}/x.ts`, range: spanAt(3) }],
    },
  ]);
});

it('lintel/change tells what keeps a repository from answering, and refuses a base that is no text', async () => {
  const engine = fakeEngine({
    change: async () => {
      throw new EngineError('unknown-commit', 'There is no commit "x".');
    },
  });
  const client = await connect({ engine });
  expect(await client.request(CHANGE, {})).toMatchObject({
    repositories: [{ decisions: [], findings: [], files: 0, failure: 'There is no commit "x".' }],
  });
  await expect(client.request(CHANGE, { base: 7 })).rejects.toThrow('"base", a commit or branch');
});
