import { afterEach, describe, expect, it, vi } from 'vitest';
import { patienceWith } from '../../server/code/patience.ts';

afterEach(() => vi.restoreAllMocks());

/** The parser counts bytes. */
const at = (units: number): { currentOffset: number } => ({ currentOffset: units * 2 });

describe('the patience with a text', () => {
  it('is 0.4 seconds of work where the parser makes no way, however long the text is', () => {
    let time = 400;
    const { parsing } = patienceWith(2_000_000, () => time);
    expect(parsing(at(0))).toBe(false);
    time = 401;
    expect(parsing(at(0))).toBe(true);
    expect(parsing(at(90_000))).toBe(true);
  });

  it('grows with what was read, and with the length of the text for the work with its tree', () => {
    const { parsing, working } = patienceWith(500_000, () => 1_900);
    expect(parsing(at(400_000))).toBe(true);
    expect(parsing(at(500_000))).toBe(false);
    expect(working()).toBe(false);
    expect(patienceWith(400_000, () => 1_900).working()).toBe(true);
  });

  it('ends after six seconds of work', () => {
    const { parsing, working } = patienceWith(100_000_000, () => 6_001);
    expect(parsing(at(100_000_000))).toBe(true);
    expect(working()).toBe(true);
  });

  it('is not used up while others have the processor', () => {
    vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(60_000);
    vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 300_000, system: 50_000 });
    expect(patienceWith(1_000).parsing(at(0))).toBe(false);
  });
});
