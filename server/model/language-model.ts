/** A message to a language model. */
export interface ModelMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** What a language model is asked: to answer with one JSON value. */
export interface ModelPrompt {
  readonly messages: readonly ModelMessage[];
  /** JSON Schema of the answer, for a model that can be held to one. */
  readonly schema: object;
}

/** A language model that a face brings along, such as the one that a person chose in the editor. The face has its consent. */
export interface OwnModel {
  readonly name: string;
  /** Gives what it wrote, unchecked. Rejects with an error whose message is the end of a sentence for people, such as "it refused". */
  readonly write: (prompt: ModelPrompt, signal: AbortSignal) => Promise<string>;
}

/** What somebody agrees to before a language model is asked. */
export interface ModelQuestion {
  readonly model: string;
  /** Name and, unless it is that of the protocol, port. */
  readonly host: string;
  readonly withKey: boolean;
  /** What is sent: a question and the lines that answer it, or what a draft is made of, the changed code included. */
  readonly sends: 'lines' | 'draft';
}

/** The endpoint of the settings: the environment goes before what a face says, and that before `lintel.yaml`. */
export interface EndpointWish {
  /** Called before text goes to another computer, or to a host that the repository itself names; `withKey` says whether a key goes there too. */
  readonly consent: (question: ModelQuestion) => Promise<boolean>;
  /** A sentence of the face that says how somebody who did not agree to a host agrees to it after all. */
  readonly howToAgree: (host: string) => string;
  /** The key that a person keeps for this host. Asked only where the environment has none. */
  readonly key?: (host: string) => Promise<string | undefined>;
  /** What the person set in the face itself: the repository has no say in it. */
  readonly endpoint?: string;
  readonly model?: string;
}

/** Which language model is to be asked. */
export type ModelWish = EndpointWish | { readonly own: OwnModel };
