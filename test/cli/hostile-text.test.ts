// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { testRepository } from '../support/repository.ts';
import { lintel } from './run.ts';

const JAVA = 'class A {\n  String ruleId(String kind, String key) {\n    return kind + "-" + key;\n  }\n}\n';
const PYTHON = 'def rule_id(kind, key):\n    return f"{kind}-{key}"\n\n\n';
const TYPESCRIPT = 'export function ruleId(kind: string, key: string) {\n  return `${kind}-${key}`;\n}\n';
const lines = (unit: string): string => `${unit.repeat(Math.ceil(40 / unit.length))}\n`.repeat(500);

it('a repository with texts that break the parser is read to its end by one process, which names them', { timeout: 120_000 }, async () => {
  const { root } = testRepository({
    'src/a.py': PYTHON,
    'src/b.py': `${PYTHON}${lines('/* a')}`,
    'src/c.java': JAVA,
    'src/d.java': `${JAVA}${lines('a<')}`,
    'src/e.ts': TYPESCRIPT,
    'src/f.ts': `${TYPESCRIPT}${lines('A<B,')}`,
    'src/g.py': PYTHON,
    'src/h.java': JAVA,
    'src/i.ts': TYPESCRIPT,
  });
  const { code, stdout, stderr } = await lintel(['ids'], { folder: root, cache: join(testFolder(), 'cache') });
  expect(code).toBe(1);
  expect(stderr).toContain('cannot be parsed in reasonable time: src/b.py, src/d.java, src/f.ts.');
  expect(`${stdout}${stderr}`).toContain('6 findings in 6 files: 6 warnings (6 SID001).');
});
