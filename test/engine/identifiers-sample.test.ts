import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { materialise } from '../../kb-samples/materialise.mjs';
import { openEngine } from '../../server/engine/engine.ts';
import { IDENTIFIER_RULES } from '../../server/identifiers/index.ts';
import type { IdentifierReport } from '../../server/model/answer.ts';
import { temporaryFolder } from '../support/folder.ts';

interface Case {
  readonly rule: string;
  readonly path: string;
  readonly text: string;
}
const { semanticIds, semanticIdLookAlikes } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../kb-samples/cases.json'), 'utf8'),
) as {
  readonly semanticIds: readonly Case[];
  readonly semanticIdLookAlikes: readonly Case[];
};

const work = temporaryFolder('lintel-sample-ids');
const folder = join(work.path, 'shop');
let report: IdentifierReport;

beforeAll(async () => {
  await materialise(folder);
  const engine = await openEngine({ folder, indexFolder: join(work.path, 'index') });
  report = await engine.identifiers();
  await engine.dispose();
});
afterAll(() => work.remove());

const foundAt = ({ rule, path, text }: Case) => {
  const line = readFileSync(join(folder, path), 'utf8')
    .split('\n')
    .findIndex((each) => each.includes(text));
  expect([text, line]).not.toEqual([text, -1]);
  const findings = report.files.find(({ document }) => document.path === path)?.findings ?? [];
  return findings.filter((one) => one.rule === rule && one.span.start.line <= line && line <= one.span.end.line);
};

describe('the sample shop', () => {
  it('has a finding of every rule about identifiers', () => {
    expect([...new Set(semanticIds.map(({ rule }) => rule))].sort()).toEqual(IDENTIFIER_RULES.map(({ id }) => id).sort());
  });

  it('has a finding at every place where somebody put one', () => {
    const missed = semanticIds.filter((one) => foundAt(one).length === 0);
    expect(missed.map(({ rule, path, text }) => `${rule} ${path} ${text}`)).toEqual([]);
  });

  it('has none where something only looks like one', () => {
    const wrong = semanticIdLookAlikes.filter((one) => foundAt(one).some(({ severity }) => severity !== 'hint'));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('breaks its own decisions on the names of resources and on order ids, which the findings cite', () => {
    const broken = report.files.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error'));
    expect(new Set(broken.map(({ rule }) => rule))).toEqual(new Set(['SID001', 'SID002', 'SID004']));
    for (const { rule, related } of broken)
      expect(related?.map(({ path }) => path)).toContain(
        rule === 'SID004' ? 'docs/decisions/0023-name-resources-by-capability.md' : 'docs/decisions/0017-opaque-order-ids.md',
      );
  });
});
