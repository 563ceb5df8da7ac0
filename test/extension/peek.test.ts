import { describe, expect, it } from 'vitest';
import { codePlaces, decisionPlaces } from '../../extension/why/places.ts';
import { hitWith, spanAt } from '../support/engine.ts';

describe('what is peeked at', () => {
  it('from code: where decisions say what they decide, those that govern before those that probably do; never a commit', () => {
    const hit = (path: string, uri?: string) => ({ ...hitWith({ path, span: spanAt(7, 0, 4) }), ...(uri === undefined ? {} : { uri }) });
    const places = decisionPlaces({ governing: [hit('a.md', 'file:///a.md'), hit('no-file')], probable: [hit('b.md', 'file:///b.md')] });
    expect(places).toEqual([
      { uri: 'file:///a.md', range: spanAt(7, 0, 4) },
      { uri: 'file:///b.md', range: spanAt(7, 0, 4) },
    ]);
  });

  it('from a record: citations first, then linked and named files, each line once, no folders, and never more than a hundred', () => {
    const cited = [{ path: 'a.ts', uri: 'file:///a.ts', span: spanAt(3, 2, 9), text: 'x' }];
    const linked = [
      { path: 'a.ts', uri: 'file:///a.ts', isFile: true, lines: { first: 3, last: 8 } },
      { path: 'b.ts', uri: 'file:///b.ts', isFile: true },
      { path: 'src/', isFile: false },
    ];
    expect(codePlaces({ cited, linked, named: [] })).toEqual([
      { uri: 'file:///a.ts', range: spanAt(3, 2, 9) },
      { uri: 'file:///b.ts', range: spanAt(0, 0, 0) },
    ]);
    const many = Array.from({ length: 300 }, (_, at) => ({ path: `${at}.ts`, uri: `file:///${at}.ts`, isFile: true }));
    expect(codePlaces({ cited: [], linked: [], named: many })).toHaveLength(100);
  });
});
