import { describe, expect, it } from 'vitest';
import { readOpenApi } from '../../../server/knowledge/specs/openapi.ts';

const read = (text: string) => readOpenApi({ path: 'api/openapi.yaml', text, sha: '' });

describe('merge keys of YAML', () => {
  const BASE = 'openapi: 3.1.0\ninfo: {title: Shop, version: "1"}\n';
  it('add what a map does not say itself, from one map or several, the first of which wins', () => {
    const text = `${BASE}x-a: &a {operationId: a, summary: Lists the wares}\nx-b: &b {summary: No, description: Of the shop}\npaths:\n  /others:\n    get:\n      <<: [*a, *b]\n      operationId: listOthers\n`;
    const section = read(text).sections.find(({ heading }) => heading.startsWith('GET'));
    expect(section?.heading).toBe('GET /others listOthers');
    expect(section?.text).toContain('Lists the wares');
    expect(section?.text).toContain('Of the shop');
  });

  it('that multiply their entries, or merge a map into itself, end in time', () => {
    const lines = Array.from(
      { length: 40 },
      (_, i) => `x-${i + 1}: &a${i + 1} {${Array.from({ length: 40 }, (_x, k) => `k${i}_${k}: *a${i}`).join(', ')}, <<: *a${i}}`,
    );
    const started = performance.now();
    read(`${BASE}x-0: &a0 {z: 1}\n${lines.join('\n')}\npaths:\n  /x:\n    get: {<<: *a40}\n`);
    read(`${BASE}x-0: &a0\n  <<: *a0\n  b: 1\n`);
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});
