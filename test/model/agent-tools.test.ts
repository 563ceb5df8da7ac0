import { getEncoding } from 'js-tiktoken';
import { expect, it } from 'vitest';
import { LISTED_TOOLS } from '../../server/mcp/server.ts';
import { AGENT_INSTRUCTIONS, AGENT_TOOLS, agentTool } from '../../server/model/agent-tools.ts';

const LISTED = JSON.stringify({ tools: LISTED_TOOLS });

it.each(['o200k_base', 'cl100k_base'] as const)('the list of tools costs at most 1,000 tokens of %s', (encoding) => {
  expect(getEncoding(encoding).encode(LISTED).length).toBeLessThanOrEqual(1_000);
});

it('the list of tools costs at most 1,000 tokens where one is four characters', () => {
  expect(LISTED.length / 4).toBeLessThanOrEqual(1_000);
});

it('there are at most six tools, each with a description that fits into 2 KB and says in its first words what it answers', () => {
  expect(AGENT_TOOLS.length).toBeLessThanOrEqual(6);
  for (const { name, description } of AGENT_TOOLS) {
    expect(Buffer.byteLength(description), name).toBeLessThan(2_048);
    expect(description, name).toMatch(/^[A-Z].{20,}\.$/s);
    expect(agentTool(name)?.name).toBe(name);
  }
  expect(Buffer.byteLength(AGENT_INSTRUCTIONS)).toBeLessThan(2_048);
});

it('every required argument is one that the tool has, and every tool has the arguments of the budget', () => {
  for (const { name, inputSchema, outputSchema } of AGENT_TOOLS) {
    expect(Object.keys(inputSchema.properties), name).toEqual(
      expect.arrayContaining([...(inputSchema.required ?? []), 'budget', 'expand']),
    );
    expect(Object.keys(outputSchema.properties), name).toContain('index');
  }
});
