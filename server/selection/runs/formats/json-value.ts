/** A value of JSON that nobody vouches for. */
type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = {};

/** The fields of an object; none for everything else. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NOTHING;

/** The items of a list; none for everything else. */
export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text; the empty one for everything else. */
export const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');
