import { describe, expect, it } from 'vitest';
import { readOpenApiParts } from '../../../server/knowledge/specs/openapi-parts.ts';

const description = (reference: string): string =>
  `openapi: 3.1.0\ninfo: { title: Lifts, version: '1' }\npaths:\n  /lift:\n    get:\n      responses:\n        '200':\n          $ref: ${reference}\n  /lower:\n    $ref: ${reference}\n`;

const workOf = async (reference: string): Promise<string[]> => {
  const work: string[] = [];
  const source = { path: 'api.yaml', text: description(reference), sha: '' };
  const read = (path: string) => {
    work.push(`read ${path}`);
    return Promise.resolve('get:\n  responses: {}\n');
  };
  const { reads } = await readOpenApiParts(source, read, () => work.push('parse'));
  expect(reads).toEqual(work.filter((step) => step.startsWith('read')).map((step) => step.slice(5)));
  return work;
};

describe('an OpenAPI description', () => {
  it('is announced before each of its files is parsed, so that a parser which never ends is blamed on it', async () => {
    expect(await workOf('./lower.yaml')).toEqual(['parse', 'read lower.yaml', 'parse', 'parse']);
  });

  it.each(["'#/paths/~1lift'", '"#/components/x"', '#/x'])(
    'is not parsed again for its parts if it refers to itself only: %s',
    async (reference) => {
      expect(await workOf(reference)).toEqual([]);
    },
  );
});
