/** A call cannot be answered as it is; the message says what is wrong with it and what to do, for an agent and whoever watches it. */
export class ToolRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ToolRefusal';
  }
}
