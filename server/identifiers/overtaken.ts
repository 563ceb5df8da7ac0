/** A migration of the repository. */
export interface MigrationText {
  readonly path: string;
  readonly text: string;
}

/** Where the part of a migration begins that undoes it, and where the other part does. */
const UNDOING =
  /^(?:[ \t]*(?:def (?:self\.)?down\b|def downgrade\b|(?:public |protected |override |async |export |static )*(?:function )?[dD]own\s*\(|exports\.down\b|(?:export )?(?:async )?(?:const|function) down\b|protected override void Down\b|reverse_sql\b)|--[ \t]*(?:\+goose Down|migrate:down|\+migrate Down|[Dd]own\b|rollback\b|@UNDO)|--\/\/@UNDO)/m;
const UNDOES = /[._-](?:down|undo|rollback)\.\w+$|(?:^|\/)(?:down|undo|rollback)\.sql$|(?:^|\/)U\d[\w.]*__/i;
const DOING =
  /^[ \t]*(?:def (?:self\.)?(?:up|upgrade|change)\b|(?:public |protected |override |async |static )*(?:function )?[uU]p\s*\(|exports\.up\b|(?:export )?(?:async )?(?:const|function) up\b|protected override void Up\b|--[ \t]*(?:\+goose Up|migrate:up|\+migrate Up))/m;
const NAME = String.raw`(?:[\w$]+["'\`\]]?\.["'\`\[]?)?["'\`\[:]*([\w$]+)["'\`\]]?`;
const every = (pattern: string): RegExp => new RegExp(pattern, 'gi');

/** How tables go, in the words of frameworks: the first group is the table. */
const DROPPED = [
  every(String.raw`\bdrop_?table(?:ifexists)?\s*\(?\s*(?:name:\s*)?["'\`:]+(?:[\w$]+\.)?([\w$]+)`),
  every(String.raw`\bSchema::drop(?:IfExists)?\(\s*["']([\w$]+)`),
  every(String.raw`\bDeleteModel\(\s*(?:name\s*=\s*)?["']([\w$]+)`),
];
/** A statement of SQL that drops tables: the first group is their list. */
const LISTED_NAME = NAME.replace('([', '(?:[');
const DROP_STATEMENT = every(String.raw`\bdrop\s+table\s+(?:if\s+exists\s+)?(${LISTED_NAME}(?:\s*,\s*${LISTED_NAME}){0,200})`);
/** How tables get another name: from the first group to the second. */
const RENAMED = [
  every(String.raw`\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${NAME}\s+rename\s+to\s+${NAME}`),
  every(String.raw`\brename_table[\s(]+[:"']+([\w$]+)["']?\s*,\s*[:"']+([\w$]+)`),
  every(String.raw`\bSchema::rename\(\s*["']([\w$]+)["']\s*,\s*["']([\w$]+)`),
  every(String.raw`\bRenameModel\(\s*(?:old_name\s*=\s*)?["']([\w$]+)["']\s*,\s*(?:new_name\s*=\s*)?["']([\w$]+)`),
];
const WIDE = '(?:big_?int(?:eger)?|int8|bigserial|bigautofield|long)';
const COLUMN = String.raw`["'\`\[]?([\w$]+)["'\`\]]?`;
/** A statement of SQL that changes a table: the table, and what it changes. */
const ALTERED = every(String.raw`\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${NAME}([^;]{0,4000})`);
/** How such a statement makes a column wide, or takes it away. */
const CLAUSES = [
  every(
    String.raw`\b(?:alter\s+(?:column\s+)?|modify\s+(?:column\s+)?|change\s+(?:column\s+)?["'\`\[]?[\w$]+["'\`\]]?\s+)${COLUMN}\s+(?:set\s+data\s+)?(?:type\s+)?${WIDE}\b`,
  ),
  every(String.raw`\bdrop\s+column\s+(?:if\s+exists\s+)?${COLUMN}`),
];
/** How frameworks say so: the first group is the table, the second the column. */
const CHANGED = [
  every(
    String.raw`\bchange_column[\s(]+[:"']+([\w$]+)["']?\s*,\s*[:"']+([\w$]+)["']?\s*,\s*[:"']*(?:${WIDE}\b|integer["']?\s*,\s*limit:\s*8)`,
  ),
  every(String.raw`\bremove_column[\s(]+[:"']+([\w$]+)["']?\s*,\s*[:"']+([\w$]+)`),
  every(
    String.raw`\bAlterField\(\s*(?:model_name\s*=\s*)?["']([\w$]+)["']\s*,\s*(?:name\s*=\s*)?["']([\w$]+)["']\s*,\s*(?:field\s*=\s*)?(?:[\w$]+\.)*${WIDE}\b`,
  ),
  every(String.raw`\bRemoveField\(\s*(?:model_name\s*=\s*)?["']([\w$]+)["']\s*,\s*(?:name\s*=\s*)?["']([\w$]+)`),
  every(String.raw`\balter_column\(\s*["']([\w$]+)["']\s*,\s*["']([\w$]+)["'][^()]{0,200}\btype_\s*=\s*(?:[\w$]+\.)?${WIDE}\b`),
  every(String.raw`\bdrop_column\(\s*["']([\w$]+)["']\s*,\s*["']([\w$]+)`),
];
/** Laravel names the table once for some statements. */
const LARAVEL = /\bSchema::table\(\s*["']([\w$]+)["']([\s\S]{0,2000}?)\n\s*\}\s*\)/g;
const LARAVEL_CHANGES =
  /->(?:(?:big\w+|unsignedBigInteger)\(\s*["']([\w$]+)["'][^;]{0,80}->change\(|dropColumn\(\s*\[?\s*["']([\w$]+)["'])/g;
/** The texts of migrations are short; what comes after is left out. In UTF-16 units. */
const LONGEST = 200_000;

const inOrder = new Intl.Collator('en', { numeric: true }).compare;
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const named = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
/** A table has had fewer names than that. */
const MOST_NAMES = 5;
const plainName = (table: string): string =>
  table
    .replace(/^.*\./s, '')
    .replace(/["'`[\]:\s]/g, '')
    .toLowerCase();
const key = (table: string, column: string): string => `${table} ${column}`.toLowerCase();

/** Folders that begin with a number: of a date, or of a version. */
const isNumbered = (folder: string): boolean => /^v?\d/i.test(named(folder));

/**
 * Whether a migration comes after another of the same series: in the same folder, each in a folder of its own as `migration.sql`, or in folders of versions.
 */
function follows(path: string, other: string): boolean {
  const [mine, theirs] = [folderOf(path), folderOf(other)];
  if (mine === theirs) return inOrder(path, other) > 0;
  const isSeries = named(path) === named(other) || (isNumbered(mine) && isNumbered(theirs));
  return folderOf(mine) === folderOf(theirs) && isSeries && inOrder(mine, theirs) > 0;
}

/**
 * The part of a migration that undoes it, if it has one: what it makes is no table of today. Offsets in UTF-16 units.
 */
export function undoingPart({ path, text }: MigrationText): { readonly start: number; readonly end: number } | undefined {
  if (UNDOES.test(path)) return { start: 0, end: text.length };
  const start = UNDOING.exec(text)?.index;
  if (start === undefined) return undefined;
  const again = DOING.exec(text.slice(start))?.index;
  return { start, end: again === undefined ? text.length : start + again };
}

/**
 * What one migration does to tables of others: `orders` where it drops the table, `orders id` where it makes the column wide or drops it, `orders > sales`
 * where it gives the table another name.
 */
export function overtakenBy({ path, text }: MigrationText): readonly string[] {
  const whole = text.slice(0, LONGEST);
  const undoing = undoingPart({ path, text: whole });
  const doing = undoing ? whole.slice(0, undoing.start) + whole.slice(undoing.end) : whole;
  const dropped = DROPPED.flatMap((pattern) => [...doing.matchAll(pattern)].map(([, table = '']) => plainName(table)));
  const listed = [...doing.matchAll(DROP_STATEMENT)].flatMap(([, tables = '']) => tables.split(',').map(plainName));
  const renamed = RENAMED.flatMap((pattern) =>
    [...doing.matchAll(pattern)].map(([, old = '', now = '']) => `${plainName(old)} > ${plainName(now)}`),
  );
  const altered = [...doing.matchAll(ALTERED)].flatMap(([, table = '', clauses = '']) =>
    CLAUSES.flatMap((pattern) => [...clauses.matchAll(pattern)].map(([, column = '']) => key(table, column))),
  );
  const changed = CHANGED.flatMap((pattern) => [...doing.matchAll(pattern)].map(([, table = '', column = '']) => key(table, column)));
  const laravel = [...doing.matchAll(LARAVEL)].flatMap(([, table = '', body = '']) =>
    [...body.matchAll(LARAVEL_CHANGES)].map(([, wide, gone]) => key(table, wide ?? gone ?? '')),
  );
  return [...new Set([...dropped, ...listed, ...renamed, ...altered, ...changed, ...laravel])].sort();
}

/**
 * Whether a later migration dropped the table that a migration makes, or made the column wide, so that nothing is left to say of it.
 *
 * @param done what each migration does to tables of others ({@link overtakenBy}), by path
 */
export function overtaken(done: ReadonlyMap<string, readonly string[]>): (path: string, table: string, column: string) => boolean {
  const by = new Map<string, string[]>();
  const renamed = new Map<string, { readonly now: string; readonly path: string }[]>();
  for (const [path, what] of done)
    for (const one of what) {
      const [old = '', now] = one.split(' > ');
      if (now === undefined) by.set(one, [...(by.get(one) ?? []), path]);
      else renamed.set(old, [...(renamed.get(old) ?? []), { now, path }]);
    }
  const isGone = (path: string, table: string, column: string, names: number): boolean =>
    [table, key(table, column)].some((one) => by.get(one)?.some((later) => follows(later, path)) ?? false) ||
    (names > 0 && (renamed.get(table) ?? []).some((one) => follows(one.path, path) && isGone(one.path, one.now, column, names - 1)));
  return (path, table, column) => isGone(path, plainName(table), column, MOST_NAMES);
}
