/** Text that an edit puts in the place of other text. */
export interface Replacement {
  /** Empty: the new text is added somewhere. */
  readonly old: string;
  readonly new: string;
  /** Every occurrence rather than the first. */
  readonly all: boolean;
}

/** What a tool is about to do to one file. */
export interface Edit {
  /** As the tool was told: absolute, or relative to the folder of the agent. */
  readonly path: string;
  /** The whole new text, where the tool writes one. */
  readonly content?: string;
  readonly replaced: readonly Replacement[];
}
