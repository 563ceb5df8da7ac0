/** See materialise.mjs. */
export function materialise(targetFolder: string): Promise<{ readonly folder: string; readonly head: string; readonly commits: number }>;
