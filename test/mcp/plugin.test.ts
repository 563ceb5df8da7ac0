import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AGENT_TOOLS } from '../../server/model/agent-tools.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const json = (file: string): Record<string, unknown> => JSON.parse(read(file)) as Record<string, unknown>;
const skill = read('agent-plugin/skills/lintel/SKILL.md');

it('the plugin of agents has the version of the product, and starts the server by its name', () => {
  const { version } = json('package.json');
  for (const manifest of ['agent-plugin/plugin.json', 'agent-plugin/.claude-plugin/plugin.json'])
    expect(json(manifest)).toMatchObject({ name: 'lintel', version });
  expect(json('agent-plugin/mcp.json')).toEqual({ mcpServers: { lintel: { command: 'lintel', args: ['mcp'] } } });
});

it('the skill says in less than 1,024 characters when to use it, and names every tool and no other', () => {
  const [, head = '', body = ''] = skill.split(/^---$/m);
  const description = /^description: (.+)$/m.exec(head)?.[1] ?? '';
  expect(head).toMatch(/^name: lintel$/m);
  expect(description.length).toBeGreaterThan(200);
  expect(description.length).toBeLessThan(1_024);
  // A colon and a space would end the text for a reader of YAML.
  expect(description).not.toMatch(/: |^["'[{>|]| #/);
  expect([...(/\(([`\w, ]+)\); in VS Code/.exec(body)?.[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(
    AGENT_TOOLS.map(({ name }) => name),
  );
});

it('the page for agents tells every tool with all its arguments', () => {
  const page = read('docs/agents.md');
  for (const { name, inputSchema } of AGENT_TOOLS) {
    const row = new RegExp(`^\\| \`${name}\` \\|.*$`, 'm').exec(page)?.[0] ?? '';
    for (const argument of Object.keys(inputSchema.properties).filter((one) => !['budget', 'expand'].includes(one)))
      expect(row, name).toContain(`\`${argument}\``);
  }
});
