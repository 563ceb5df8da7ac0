import { type SqlToken, SqlTokens } from './tokens.ts';

/** A statement that declares something: its tokens without the semicolon. */
export type Statement = readonly SqlToken[];

/** Statements whose tokens are kept. */
const DECLARING = new Set(['create', 'alter', 'drop', 'exec', 'execute', 'if']);
/** At the start of a line and outside of brackets, these begin a statement where the one before has no semicolon. */
const BEGINNING = new Set(['insert', 'update', 'delete', 'grant', 'copy', 'exec', 'execute']);
/** What stands behind `ALTER` or `DROP` at the beginning of a statement, and not in a clause of `ALTER TABLE`. */
const ALTERED = new Set(['table', 'sequence', 'type', 'view', 'database', 'schema', 'role', 'user', 'function', 'procedure']);
/** Longer statements are data. In tokens. */
const MOST_TOKENS = 20_000;

/**
 * The statements of a text that create, alter or drop something, in order. A semicolon ends one, and so does `GO` on its line, or what begins the next one at the
 * start of a line: dialects without semicolons, and text that somebody is typing.
 */
export function statementsOf(text: string): readonly Statement[] {
  const tokens = new SqlTokens(text);
  const statements: SqlToken[][] = [];
  let current: SqlToken[] = [];
  let depth = 0;
  const end = (): void => {
    if (current.length > 2 && DECLARING.has(current[0]?.text ?? '')) statements.push(current);
    current = [];
    depth = 0;
  };
  for (let token = tokens.next(); token !== undefined; token = tokens.next()) {
    const { kind, text: written, first } = token;
    const previous = current.at(-1);
    if (kind === 'symbol' && written === ';') {
      const copies = current[0]?.text === 'copy' && previous?.text === 'stdin';
      end();
      if (copies) tokens.skipCopy();
      continue;
    }
    if (kind === 'symbol') depth = written === '(' ? depth + 1 : written === ')' ? Math.max(0, depth - 1) : depth;
    if (kind === 'word' && first) {
      if (written === 'go') {
        end();
        continue;
      }
      if (written === 'create' || (depth === 0 && BEGINNING.has(written))) end();
    } else if (kind === 'word' && previous?.first && (previous.text === 'alter' || previous.text === 'drop') && ALTERED.has(written)) {
      current.pop();
      end();
      current.push(previous);
    }
    // The first token tells what it is; the last one tells that a `COPY` reads what follows.
    if (current.length < MOST_TOKENS && (current.length === 0 || DECLARING.has(current[0]?.text ?? ''))) current.push(token);
    else if (current[0]?.text === 'copy') current[1] = token;
  }
  end();
  return statements;
}
