/**
 * Remembers the results of asynchronous work by key, so that equal requests at the same time share one run. Failures are not remembered.
 *
 * @param most Results that are kept; the least recently used one is dropped first.
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

/**
 * Remembers what was computed from the text of a file, as long as the text is the same. One result per file.
 *
 * @param most Files whose results are kept; the least recently used one is dropped first.
 */
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
