/** Folder of the checkout. */
export declare const root: string;
/** File whose time is the start of the last complete build. */
export declare const buildStamp: string;
/** Time since a `Date.now()`, as people read it: `3.1 s`. */
export declare function seconds(since: number): string;
/** Ends the process with exit code 1 and a sentence for people, without a stack. */
export declare function fail(message: string): never;
/** Options for an npm command that installs: quiet, and from npm's cache alone when the registry cannot be reached (which is asked first). */
export declare function npmInstallOptions(): readonly string[];
/** Ends the process with a sentence where the disk of a folder has less than this many gigabytes free. `what` needs them. */
export declare function requireSpace(folder: string, gigabytes: number, what: string): void;
/** How to run npm with the given Node (default: this one). */
export declare function npmCommand(node?: string): { command: string; prefix: string[]; shell: boolean };
/** The cause of a failed npm command in one sentence, found in what it printed. */
export declare function explainNpm(output: string): string;
/** The Node executable that runs everything; ends the process with a sentence where there is none. */
export declare function pinnedNode(): string;
