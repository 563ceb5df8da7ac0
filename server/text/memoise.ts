/**
 * Keeps the results of the last so many different questions; of two equal ones at the same time the second waits for the first. A question that
 * fails is asked anew.
 */
export function memoise<T>(most: number): (key: string, ask: () => Promise<T>) => Promise<T> {
  const results = new Map<string, Promise<T>>();
  return (key, ask) => {
    const known = results.get(key);
    const result = known ?? ask();
    results.delete(key);
    results.set(key, result);
    if (!known)
      result.catch(() => {
        if (results.get(key) === result) results.delete(key);
      });
    const [oldest] = results.keys();
    if (results.size > most && oldest !== undefined) results.delete(oldest);
    return result;
  };
}

/** As `kept`, of what is read from the texts of files: one result for each file, of the text that it had last. */
export function memoiseByText<T>(most: number, read: (path: string, text: string) => T): (path: string, text: string) => T {
  const results = new Map<string, { readonly text: string; readonly result: T }>();
  return (path, text) => {
    const before = results.get(path);
    const entry = before?.text === text ? before : { text, result: read(path, text) };
    results.delete(path);
    results.set(path, entry);
    const [oldest] = results.keys();
    if (results.size > most && oldest !== undefined) results.delete(oldest);
    return entry.result;
  };
}
