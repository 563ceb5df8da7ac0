import { type SqlToken, SqlTokens } from './tokens.ts';

/** Longer statements are data. In tokens. */
const MOST_TOKENS = 50_000;

/** The statements of a text, those in the bodies of functions too. */
export function* scriptStatements(text: string): Generator<readonly SqlToken[]> {
  const tokens = new SqlTokens(text, { bodies: true });
  let current: SqlToken[] = [];
  for (let token = tokens.next(); token !== undefined; token = tokens.next()) {
    const ends = token.kind === 'symbol' && token.text === ';';
    const begins = token.kind === 'word' && token.first && /^(?:create|go|insert|alter)$/.test(token.text);
    if (ends || begins) {
      if (current[0]?.text === 'copy' && current.at(-1)?.text === 'stdin') tokens.skipCopy();
      if (current.length > 0) yield current;
      current = [];
    }
    if (!ends && current.length < MOST_TOKENS) current.push(token);
  }
  if (current.length > 0) yield current;
}
