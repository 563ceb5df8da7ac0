import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PARSE_CHANNEL } from '../../server/code/parser.ts';
import { GOOD, testEngine } from '../faults/support.ts';
import { testRepository } from '../support/repository.ts';

const CODE = `import { db } from './db';

/** ADR-0001 */
export function lift(): void {
  db.lift();
}

export function lower(): void {}
`;
/** On the name of \`lift\`, and on blank space inside it. */
const NAME = { line: 3, character: 18 };
const CITATION = { line: 2, character: 6 };
const LINE = { line: 4, character: 5 };

describe('one request for a file of code', () => {
  let parses = 0;
  const count = (): void => {
    parses++;
  };
  beforeEach(() => {
    parses = 0;
    subscribe(PARSE_CHANNEL, count);
  });
  afterEach(() => unsubscribe(PARSE_CHANNEL, count));

  const openedEngine = async () => {
    const { root } = testRepository({ ...GOOD, 'src/lift.ts': CODE });
    const engine = await testEngine(root);
    await engine.index();
    parses = 0;
    return engine;
  };

  it('parses it once for a hover over the name of a function, and finds what governs the function', async () => {
    const engine = await openedEngine();
    const found = await engine.inspect({ path: 'src/lift.ts', line: NAME.line }, NAME);
    expect(found).toMatchObject({ symbol: { name: 'lift' }, governing: [{ id: 'docs/adr/0001-use-ropes.md' }] });
    expect(parses).toBe(1);
  });

  it('says whether a hover is over a comment, a declaration or a line of its body', async () => {
    const engine = await openedEngine();
    const inspect = (position: { line: number; character: number }) =>
      engine.inspect({ path: 'src/lift.ts', line: position.line }, position);
    const comment = await inspect({ line: 2, character: 1 });
    expect(comment).toMatchObject({ comment: true, governing: [{ id: 'docs/adr/0001-use-ropes.md' }] });
    expect(await inspect({ line: 3, character: 2 })).toMatchObject({ symbol: { name: 'lift' } });
    const inside = await inspect(LINE);
    expect(inside).not.toHaveProperty('comment');
    expect(inside).not.toHaveProperty('symbol');
  });

  it('parses it once for "why", blame and specifications included', async () => {
    const engine = await openedEngine();
    const { governing } = await engine.why({ path: 'src/lift.ts', line: LINE.line });
    expect(governing.map(({ id }) => id)).toEqual(['docs/adr/0001-use-ropes.md']);
    expect(parses).toBe(1);
  });

  it('does not parse it for a hover over a citation', async () => {
    const engine = await openedEngine();
    const found = await engine.inspect({ path: 'src/lift.ts', line: CITATION.line }, CITATION);
    expect(found.citation?.text).toBe('ADR-0001');
    expect(parses).toBe(0);
  });

  it('does not parse it again for the next hover, the lenses and "why" while the text stays the same', async () => {
    const engine = await openedEngine();
    const place = { path: 'src/lift.ts', text: CODE };
    await engine.inspect({ ...place, line: NAME.line }, NAME);
    await engine.inspect({ ...place, line: LINE.line }, LINE);
    await engine.symbols(place);
    await engine.why({ ...place, line: 7 });
    expect(parses).toBe(1);
    await engine.why({ ...place, text: `${CODE}\n`, line: 7 });
    expect(parses).toBe(2);
  });
});
