/** Folder of the checkout. */
export declare const root: string;
/** File whose time is the start of the last complete build. */
export declare const buildStamp: string;
/** Time since a `Date.now()`, as people read it: `3.1 s`. */
export declare function seconds(since: number): string;
/** Ends the process with exit code 1 and a sentence for people, without a stack. */
export declare function fail(message: string): never;
/** Options for every npm command: quiet, and sure within half a minute that the registry cannot be reached. */
export declare const NPM_OPTIONS: readonly string[];
/** How to run npm with the given Node (default: this one). */
export declare function npmCommand(node?: string): { command: string; prefix: string[]; shell: boolean };
/** The cause of a failed npm command in one sentence, found in what it printed. */
export declare function explainNpm(output: string): string;
/** The Node executable that runs everything; ends the process with a sentence where there is none. */
export declare function pinnedNode(): string;
