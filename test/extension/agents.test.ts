import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AGENT_TOOLS } from '../../server/model/agent-tools.ts';

const read = (file: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '../..', file), 'utf8'));
const { contributes } = read('package.json') as {
  readonly contributes: {
    readonly configuration:
      | { readonly properties: Readonly<Record<string, { readonly default: unknown }>> }
      | readonly { readonly properties: Readonly<Record<string, { readonly default: unknown }>> }[];
    readonly languageModelTools: readonly { readonly when: string }[];
    readonly mcpServerDefinitionProviders: readonly { readonly id: string }[];
  };
};
const words = read('package.nls.json') as Readonly<Record<string, string>>;

it('the manifest contributes the tools of agents as they are defined, and hides them by the setting', () => {
  const when = 'config.lintel.agents.provide == both || config.lintel.agents.provide == tools';
  expect(contributes.languageModelTools).toEqual(
    AGENT_TOOLS.map(({ name, description, inputSchema }) => ({
      name: `lintel_${name}`,
      toolReferenceName: `lintel${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      displayName: `%tool.${name}%`,
      modelDescription: description,
      canBeReferencedInPrompt: true,
      icon: '$(law)',
      inputSchema,
      when,
    })),
  );
  expect(AGENT_TOOLS.map(({ name }) => words[`tool.${name}`])).toEqual(AGENT_TOOLS.map(({ title }) => title));
});

it('agents have each tool once unless somebody asks for both ways', () => {
  const { configuration } = contributes;
  const groups = [configuration].flat();
  const setting = groups.map(({ properties }) => properties['lintel.agents.provide']).find((one) => one !== undefined);
  expect(setting).toMatchObject({ default: 'tools', enum: ['both', 'tools', 'mcp', 'none'] });
});

it('the manifest names the provider of the MCP server that the client registers', () => {
  expect(contributes.mcpServerDefinitionProviders).toEqual([{ id: 'lintel', label: 'Lintel' }]);
  expect(readFileSync(join(import.meta.dirname, '../../extension/agents.ts'), 'utf8')).toContain("const PROVIDER = 'lintel';");
});
