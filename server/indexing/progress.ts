import type { IndexProgress } from '../model/answer.ts';

/** Turns finished units of work into progress that never falls and is reported at most once per percent and phase. */
export class ProgressMeter {
  readonly #report: (progress: IndexProgress) => void;
  #total = 0;
  #done = 0;
  #percent = -1;
  #phase: IndexProgress['phase'] = 'plan';

  constructor(report: (progress: IndexProgress) => void) {
    this.#report = report;
    this.#send();
  }

  /** Adds work; may be called while work is under way. */
  expect(units: number): void {
    this.#total += units;
  }

  advance(phase: IndexProgress['phase'], units: number): void {
    this.#done = Math.min(this.#total, this.#done + units);
    const changed = phase !== this.#phase;
    this.#phase = phase;
    this.#send(changed);
  }

  #send(force = false): void {
    const percent = Math.max(this.#percent, this.#total === 0 ? 0 : Math.floor((100 * this.#done) / this.#total));
    if (percent === this.#percent && !force) return;
    this.#percent = percent;
    this.#report({ phase: this.#phase, done: this.#done, total: this.#total, percent });
  }
}
