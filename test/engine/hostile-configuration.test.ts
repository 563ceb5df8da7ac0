import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lintel, type Outcome } from '../cli/run.ts';
import { testFolder } from '../support/folder.ts';

/** What takes an engine that backtracks longer than anybody waits for, written as an expression and as patterns of paths. */
const EXPRESSION = '(a+)+$';
const PATTERNS = [EXPRESSION, '**/(a+)+$', `${'*a'.repeat(200)}b`, `${'**/'.repeat(100)}a*a*a*b`, '+(a|aa)+(a|aa)b', '{a,aa}*{a,aa}*b'];
const NAME = 'a'.repeat(200);
const MOST_MILLISECONDS = 120_000;

const CONFIGURATION = [
  'identifiers:',
  `  teams: ${JSON.stringify(['(x+)+y', EXPRESSION])}`,
  '  allow:',
  `    - paths: ${JSON.stringify(PATTERNS)}`,
  '      reason: The carrier wants it.',
  `    - names: ${JSON.stringify([EXPRESSION, '.*.*.*.*=', '[a'])}`,
  '      reason: The carrier wants it.',
  'overrides:',
  `  - paths: ${JSON.stringify(PATTERNS)}`,
  '    rules: { SID001: info }',
  '',
].join('\n');

/** Tells on standard error which texts are made regular expressions, where they hold what only the configuration says. */
const TELLS_EXPRESSIONS = `
const tell = (source) => { if (/[ax]\\+\\)\\+|\\.\\*\\.\\*\\.\\*\\.\\*=/.test(String(source))) process.stderr.write('EXPRESSION ' + source + '\\n'); };
const Native = RegExp;
globalThis.RegExp = new Proxy(Native, {
  construct(target, given) { tell(given[0]); return new target(...given); },
  apply(target, self, given) { tell(given[0]); return target(...given); },
});
for (const name of ['match', 'matchAll', 'search']) {
  const own = String.prototype[name];
  String.prototype[name] = function (by) { if (typeof by === 'string') tell(by); return own.call(this, by); };
}
`;

/** Runs \`lintel ids\` over a folder with the configuration, and files whose names and texts are hostile to it. */
async function ids(environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const folder = testFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const made = (name: string): string => `export const makeOrderId = (${name}: Order) => \`\${${name}.region}-\${${name}.number}\`;\n`;
  write('lintel.yaml', CONFIGURATION);
  write(`${NAME}/${NAME}.ts`, made(NAME));
  write('infra/groups.tf', `resource "aws_iam_group" "a" {\n  name = "${'x'.repeat(200)}!"\n}\n`);
  write('src/plain.ts', made('order'));
  return lintel(['ids', '--format', 'json'], { folder, cache: testFolder(), environment });
}

describe('lintel.yaml with regular expressions that never end', () => {
  it('is answered in bounded time', { timeout: 2 * MOST_MILLISECONDS }, async () => {
    const started = performance.now();
    const { code, stdout, stderr } = await ids();
    expect(performance.now() - started).toBeLessThan(MOST_MILLISECONDS);
    expect(code, stderr).toBe(1);
    expect(stdout).toContain('src/plain.ts');
    // They are names and patterns of paths: what would fit them as expressions is not allowed by them.
    expect(stdout).toContain(`${NAME}.ts`);
  });

  it('becomes no regular expression of JavaScript', { timeout: 2 * MOST_MILLISECONDS }, async () => {
    const preload = join(testFolder(), 'tells.mjs');
    writeFileSync(preload, TELLS_EXPRESSIONS);
    const { code, stderr } = await ids({ NODE_OPTIONS: `--import=${pathToFileURL(preload).href}` });
    expect(code, stderr).toBe(1);
    expect(stderr).not.toContain('EXPRESSION');
  });
});
