import { describe, expect, it } from 'vitest';
import { readLogRecords } from '../../../server/knowledge/records/decision-log.ts';
import { readOpenApiParts } from '../../../server/knowledge/specs/openapi-parts.ts';

const log = (text: string, path = 'docs/decisions.md') =>
  readLogRecords({ path, text, sha: '' }).map(({ id, title, number, status, titleSpan }) => [
    id,
    title,
    number,
    status?.value,
    titleSpan?.start.line,
  ]);

describe('the records of a decision log', () => {
  it('are its numbered sections, with title, number, status and place', () =>
    expect(log('# Decision log\n\n## ADR-1: Use queues\n\nStatus: Accepted\n\nx\n\n## ADR-2: Use topics\n\nStatus: Proposed\n')).toEqual([
      ['docs/decisions.md#adr-1-use-queues', 'Use queues', '1', 'accepted', 2],
      ['docs/decisions.md#adr-2-use-topics', 'Use topics', '2', 'proposed', 8],
    ]));

  it('are its sections with a status, numbered or not, in any markup and below any heading', () => {
    expect(log('# Log\n\n## Open\n\n### Use queues\n\n- Status: Accepted\n').map(([, title, number]) => [title, number])).toEqual([
      ['Use queues', undefined],
    ]);
    expect(
      log('= Log\n\n== 3. Use queues\n\nStatus:: Accepted\n', 'docs/arc42/09_design_decisions.adoc').map(([, title, number]) => [
        title,
        number,
      ]),
    ).toEqual([['Use queues', '3']]);
  });

  it('are not the sections of a guide, or the links of an index', () => {
    expect(log('# Decisions\n\n## How we decide\n\nTogether.\n\n## 2. When\n\nOften.\n')).toEqual([]);
    expect(log('# Decisions\n\n## [ADR-1: Use queues](adr/0001-use-queues.md)\n\nStatus: Accepted\n')).toEqual([]);
  });
});

describe('the parts of a split OpenAPI document', () => {
  const FILES: Readonly<Record<string, string>> = {
    'api/paths/order.yaml': 'get:\n  operationId: getOrder\n  summary: One order\npost:\n  $ref: ./deep/create.yaml#/create~1it\n',
    'api/paths/deep/create.yaml': 'create/it:\n  operationId: createOrder\n',
    'api/loop.yaml': '$ref: ./loop.yaml\n',
  };
  const parts = (paths: string) => {
    const asked: string[] = [];
    const read = async (path: string) => {
      asked.push(path);
      return FILES[path];
    };
    const text = `openapi: 3.0.3\ninfo: {title: Shop, version: "1"}\npaths:\n${paths}`;
    return readOpenApiParts({ path: 'api/openapi.yaml', text, sha: '' }, read).then((found) => ({ ...found, asked }));
  };

  it('are read where they are written, through pointers and further references', async () => {
    const { documents, reads } = await parts('  /orders/{id}:\n    $ref: ./paths/order.yaml\n');
    expect(
      documents.map(({ id, path, operations }) => [id, path, operations?.map(({ name, span }) => `${name} ${span.start.line}`)]),
    ).toEqual([
      ['api/openapi.yaml#api/paths/order.yaml', 'api/paths/order.yaml', ['GET /orders/{id} 0', 'getOrder 0']],
      ['api/openapi.yaml#api/paths/deep/create.yaml', 'api/paths/deep/create.yaml', ['POST /orders/{id} 1', 'createOrder 1']],
    ]);
    expect(reads).toEqual(['api/paths/order.yaml', 'api/paths/deep/create.yaml']);
  });

  it('are not followed in circles, out of the repository, or to addresses; a missing one is remembered', async () => {
    const { documents, reads, asked } = await parts(
      '  /a:\n    $ref: ./loop.yaml\n  /b:\n    $ref: ../../secret.yaml\n  /c:\n    $ref: https://example.com/x.yaml\n  /d:\n    $ref: ./gone.yaml\n',
    );
    expect(documents).toEqual([]);
    expect(asked).toEqual(['api/loop.yaml', 'api/gone.yaml']);
    expect(reads).toEqual(['api/loop.yaml', 'api/gone.yaml']);
  });
});
