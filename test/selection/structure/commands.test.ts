import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandMatch, commandsIn, commandsRun, runnersOf } from '../../../server/selection/structure/commands.ts';
import { factsOf } from '../../../server/selection/structure/file-facts.ts';
import { productOf } from '../../../server/selection/structure/product.ts';
import { reachedRoutes } from '../../../server/selection/structure/reach.ts';
import { placesIn } from '../../../server/selection/structure/spec-places.ts';
import { visitsOf } from '../../../server/selection/structure/visits.ts';

const KILL = `package cli

func killCommand() *cobra.Command {
	opts := killOptions{}
	cmd := &cobra.Command{
		Use:   "kill [OPTIONS] [SERVICE...]",
		RunE: func(args []string) error { return runKill(opts, args) },
	}
	cmd.Flags().StringVar(&opts.signal, "signal", "SIGKILL", "signal to send")
	return cmd
}

func runKill(opts killOptions, args []string) error {
	return backend.Stop(opts.signal)
}
`;
const spec = (...commands: readonly string[]): string =>
  `package e2e\n\nfunc TestIt(t *testing.T) {\n${commands.map((command) => `\t${command}\n`).join('')}}\n`;

describe('commands in Go', () => {
  it('are declared with cobra and urfave/cli, each up to the end of the function that makes it', () => {
    const [kill] = commandsIn(KILL);
    expect([kill?.text, KILL.slice(kill?.end).trim().startsWith('}\n\nfunc runKill')]).toEqual(['kill', true]);
    expect(commandsIn('package cli\nvar a = &cli.Command{Name: "pull", Action: pull}\n').map(({ text }) => text)).toEqual(['pull']);
    expect(commandsIn('package main\n\nfunc main() {\n\tcmd := &cobra.Command{Use: "shop"}\n}\n')).toEqual([]);
  });

  it.each([
    ['cli.Run(t, "kill", "-s", "SIGTERM", name)', ['kill']],
    ['exec.Command("shop", "volume", "create", "x y")', ['volume', 'create']],
    ['exec.CommandContext(ctx, "shop", "ps")', ['ps']],
    ['podman.Podman([]string{"run", "--rm", image, "ls"})', ['run', 'ls']],
    ['sh.RunCmd("shop ps --all")', ['shop', 'ps']],
    ['cli.RunCmd(t,\n\t\t"-f=a.yaml",\n\t\t"up",\n\t)', ['up']],
  ])('are run by %s', (call, words) => {
    expect(commandsRun(spec(call)).map((one) => one.words)).toEqual([words]);
  });

  it.each([
    't.Run("kill", func(t *testing.T) {})',
    'assert.Equal(t, "kill", got)',
    't.Setenv("kill", "1")',
    'strings.Contains(out, "kill")',
  ])('are not run by %s', (call) => {
    expect(commandsRun(spec(call))).toEqual([]);
  });

  it('fit where the words name them, surest with the command above', () => {
    const file = 'cmd/volumes/create.go';
    expect(commandMatch('create', file, ['volume', 'create'])).toBe(1);
    expect(commandMatch('create', file, ['create'])).toBeLessThan(1);
    expect(commandMatch('create', file, ['network', 'create'])).toBe(0);
    expect(commandMatch('create', file, ['volume', 'rm'])).toBe(0);
  });

  it('are those of the product where a helper runs hardly others', () => {
    const runs = commandsRun(
      spec('shop(t, "up")', 'shop(t, "ps")', 'docker(t, "ps")', 'docker(t, "inspect", "x")', 'exec.Command("shop", "up")'),
    );
    expect([...runnersOf(runs, (name) => name === 'up' || name === 'ps')]).toEqual(['shop', 'Command shop']);
  });

  it.each([
    ['what the command runs', 13],
    ['a flag that is added to it', 8],
  ])('lead from %s to the tests that run it', async (_, line) => {
    const path = 'cmd/cli/kill.go';
    const facts = factsOf(path, KILL);
    const product = productOf(new Map(facts ? [[path, facts]] : []), new Map());
    const routes = await reachedRoutes([{ path, lines: [{ first: line, last: line }], weight: 1, via: [] }], product, async () => KILL);
    const texts = { 'e2e/kill_test.go': spec('cli.RunCmd(t, "kill", "-s", "SIGTERM")'), 'e2e/up_test.go': spec('other(t, "up")') };
    const places = new Map(Object.entries(texts).map(([name, text]) => [name, placesIn(name, text)]));
    const visits = visitsOf(routes, places, product);
    expect([...visits].map(([name, { evidence }]) => [name, evidence[0]?.explanation, evidence[0]?.documentSpan?.start])).toEqual([
      ['e2e/kill_test.go', 'runs kill -s SIGTERM; cmd/cli/kill.go declares it and changed', { line: 3, character: 16 }],
    ]);
  });

  it('no text breaks what reads them', () => {
    const pieces = fc.constantFrom(
      'cobra.Command{',
      'Use: "a b"',
      'cli.Run(',
      '"up"',
      '`',
      '"',
      ',',
      '(',
      ')',
      '}',
      '\n',
      'func(',
      '[]string{',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(commandsIn(parts.join(' ')).length).toBeGreaterThanOrEqual(0);
        expect(placesIn('a_test.go', parts.join(' ')).length).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
