/** Words that are about nothing in particular. */
const GENERAL = new Set(
  `a an and any all also as at be been but by can code commit default each every everywhere file files for from function functions has have her his if in instead
   into is it its just library make more most new no not now of old on one only onto or our out over own place rather same should so some such support than that the their them then
   there these they this those to tool tools up us use used uses using version versions via was we were what when where which while will with without would you your
   api app application build change changes class client component components config configuration data dependency feature handling implementation method methods model module modules
   name names object package packages page project service set system test tests testing type types user users value values way work core common based custom different existing
   internal single simple other first last better proper real direct directly explicit explicitly`.split(/\s+/),
);
const LEAST_LETTERS = 3;

/** A word written as a name: NATS, TypeScript, React-Query, or between backticks. */
const isName = (word: string): boolean => word.startsWith('`') || /\p{Lu}/u.test(word.slice(1)) || /[a-z][-.@/][a-z]/i.test(word);

/** The words that a sentence is about, as they are compared, each as it is written. */
export function topicWords(about: string): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const [written, word = ''] of about.matchAll(/`?([\p{L}\p{N}][\p{L}\p{N}_.@/+#-]*[\p{L}\p{N}+#])/gu)) {
    const key = word.toLowerCase().replace(/s$/, '');
    if (key.length < LEAST_LETTERS || GENERAL.has(key) || GENERAL.has(word.toLowerCase()) || /^\d/.test(key)) continue;
    if (!words.has(key)) words.set(key, written);
  }
  return words;
}

/** A word is a topic where it joins so many sentences and no more, because a word of every other sentence tells nothing. */
const LEAST_SHARED = 2;
const MOST_SHARED = 12;

export interface Group<T> {
  /** The word that the items share; absent for an item alone. */
  readonly word?: string;
  readonly items: readonly T[];
}

/**
 * Puts what is about the same thing together. A name joins before another word does, a rare word before a frequent one; each item is in one group.
 * @param words what an item is about, as {@link topicWords} says
 */
export function groupByTopic<T>(items: readonly T[], words: (item: T) => ReadonlyMap<string, string>): readonly Group<T>[] {
  const having = new Map<string, T[]>();
  for (const item of items) for (const key of words(item).keys()) having.set(key, [...(having.get(key) ?? []), item]);
  const written = (key: string, item: T): string => words(item).get(key) ?? key;
  const shared = [...having]
    .filter(([, all]) => all.length >= LEAST_SHARED && all.length <= MOST_SHARED)
    .map(([key, all]) => ({ key, all, isName: all.some((item) => isName(written(key, item))) }))
    .filter((group) => group.isName)
    .sort((a, b) => b.all.length - a.all.length || (a.key < b.key ? -1 : 1));
  const taken = new Set<T>();
  const groups: Group<T>[] = [];
  for (const { key, all } of shared) {
    const free = all.filter((item) => !taken.has(item));
    const [first] = free;
    if (first === undefined || free.length < LEAST_SHARED) continue;
    for (const item of free) taken.add(item);
    groups.push({ word: written(key, first).replace('`', ''), items: free });
  }
  return [...groups, ...items.filter((item) => !taken.has(item)).map((item) => ({ items: [item] }))];
}
