/** A migration of the repository. */
export interface MigrationText {
  readonly path: string;
  readonly text: string;
}

/** Where the part of a migration begins that undoes it: what it says there does not hold. */
const UNDOING =
  /^(?:[ \t]*(?:def (?:self\.)?down\b|def downgrade\b|(?:public |protected |override |async |export |static )*(?:function )?[dD]own\s*\(|exports\.down\b|(?:export )?(?:async )?(?:const|function) down\b|protected override void Down\b|reverse_sql\b)|--[ \t]*(?:\+goose Down|migrate:down|\+migrate Down|[Dd]own\b|rollback\b|@UNDO)|--\/\/@UNDO)/m;
const UNDOES = /[._-](?:down|undo|rollback)\.\w+$|(?:^|\/)(?:down|undo|rollback)\.sql$|(?:^|\/)U\d[\w.]*__/i;
const NAME = String.raw`(?:[\w$]+["'\`\]]?\.["'\`\[]?)?["'\`\[:]*([\w$]+)["'\`\]]?`;
const every = (pattern: string): RegExp => new RegExp(pattern, 'gi');

/** How tables go, in SQL and in the words of frameworks: the first group is the table. */
const DROPPED = [
  every(String.raw`\bdrop\s+table\s+(?:if\s+exists\s+)?${NAME}`),
  every(String.raw`\bdrop_?table(?:ifexists)?\s*\(?\s*(?:name:\s*)?["'\`:]+(?:[\w$]+\.)?([\w$]+)`),
  every(String.raw`\bSchema::drop(?:IfExists)?\(\s*["']([\w$]+)`),
  every(String.raw`\bDeleteModel\(\s*(?:name\s*=\s*)?["']([\w$]+)`),
];
const WIDE = '(?:big_?int(?:eger)?|int8|bigserial|bigautofield|long)';
/** How columns become wide: the first group is the table, the second the column. */
const WIDENED = [
  every(
    String.raw`\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${NAME}\s+(?:alter\s+(?:column\s+)?|modify\s+(?:column\s+)?|change\s+(?:column\s+)?["'\`\[]?[\w$]+["'\`\]]?\s+)["'\`\[]?([\w$]+)["'\`\]]?\s+(?:set\s+data\s+)?(?:type\s+)?${WIDE}\b`,
  ),
  every(
    String.raw`\bchange_column[\s(]+[:"']+([\w$]+)["']?\s*,\s*[:"']+([\w$]+)["']?\s*,\s*[:"']*(?:${WIDE}\b|integer["']?\s*,\s*limit:\s*8)`,
  ),
  every(
    String.raw`\bAlterField\(\s*(?:model_name\s*=\s*)?["']([\w$]+)["']\s*,\s*(?:name\s*=\s*)?["']([\w$]+)["']\s*,\s*(?:field\s*=\s*)?(?:[\w$]+\.)*${WIDE}\b`,
  ),
  every(String.raw`\balter_column\(\s*["']([\w$]+)["']\s*,\s*["']([\w$]+)["'][^()]{0,200}\btype_\s*=\s*(?:[\w$]+\.)?${WIDE}\b`),
];
/** Laravel names the table once for some statements. */
const LARAVEL = /\bSchema::table\(\s*["']([\w$]+)["']([\s\S]{0,2000}?)\n\s*\}\s*\)/g;
const LARAVEL_WIDE = /->(?:big\w+|unsignedBigInteger)\(\s*["']([\w$]+)["'][^;]{0,80}->change\(/g;
/** The texts of migrations are short; what comes after is left out. In UTF-16 units. */
const LONGEST = 200_000;

const inOrder = new Intl.Collator('en', { numeric: true }).compare;
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const named = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const key = (table: string, column: string): string => `${table} ${column}`.toLowerCase();

/** Whether a migration comes after another of the same series: in the same folder, or each in a folder of its own as `migration.sql`. */
function follows(path: string, other: string): boolean {
  const [mine, theirs] = [folderOf(path), folderOf(other)];
  if (mine === theirs) return inOrder(path, other) > 0;
  return folderOf(mine) === folderOf(theirs) && named(path) === named(other) && inOrder(mine, theirs) > 0;
}

/** What one migration does to tables of others: `orders` where it drops the table, `orders id` where it makes the column wide. */
export function overtakenBy({ path, text }: MigrationText): readonly string[] {
  if (UNDOES.test(path)) return [];
  const whole = text.slice(0, LONGEST);
  const doing = whole.slice(0, UNDOING.exec(whole)?.index ?? whole.length);
  const dropped = DROPPED.flatMap((pattern) => [...doing.matchAll(pattern)].map(([, table = '']) => table.toLowerCase()));
  const widened = WIDENED.flatMap((pattern) => [...doing.matchAll(pattern)].map(([, table = '', column = '']) => key(table, column)));
  const changed = [...doing.matchAll(LARAVEL)].flatMap(([, table = '', body = '']) =>
    [...body.matchAll(LARAVEL_WIDE)].map(([, column = '']) => key(table, column)),
  );
  return [...new Set([...dropped, ...widened, ...changed])].sort();
}

/**
 * Whether a later migration dropped the table that a migration makes, or made the column wide, so that nothing is left to say of it.
 *
 * @param done what each migration does to tables of others ({@link overtakenBy}), by path
 */
export function overtaken(done: ReadonlyMap<string, readonly string[]>): (path: string, table: string, column: string) => boolean {
  const by = new Map<string, string[]>();
  for (const [path, what] of done) for (const one of what) by.set(one, [...(by.get(one) ?? []), path]);
  return (path, table, column) => {
    const plain = table
      .replace(/^.*\./, '')
      .replace(/["'`[\]]/g, '')
      .toLowerCase();
    return [plain, key(plain, column)].some((one) => by.get(one)?.some((later) => follows(later, path)) ?? false);
  };
}
