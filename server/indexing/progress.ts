import type { IndexProgress } from '../model/answer.ts';

/** Turns finished units into progress that never falls and is told at most once for every percent. */
export class ProgressMeter {
  readonly #report: (progress: IndexProgress) => void;
  #total = 0;
  #done = 0;
  #percent = -1;
  #phase: IndexProgress['phase'] = 'plan';

  constructor(report: (progress: IndexProgress) => void) {
    this.#report = report;
    this.#tell();
  }

  /** The work that is known now; may grow before it is finished. */
  expect(units: number): void {
    this.#total += units;
  }

  advance(phase: IndexProgress['phase'], units: number): void {
    this.#done = Math.min(this.#total, this.#done + units);
    const changed = phase !== this.#phase;
    this.#phase = phase;
    this.#tell(changed);
  }

  #tell(force = false): void {
    const percent = Math.max(this.#percent, this.#total === 0 ? 0 : Math.floor((100 * this.#done) / this.#total));
    if (percent === this.#percent && !force) return;
    this.#percent = percent;
    this.#report({ phase: this.#phase, done: this.#done, total: this.#total, percent });
  }
}
