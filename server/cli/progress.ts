import { type IndexProgress, PHASE_NAMES } from '../model/answer.ts';
import type { Terminal } from './terminal.ts';

const BAR_WIDTH = 24;
const STEP_PERCENT = 10;

/** Shows the progress of indexing on standard error: a line that is redrawn on a terminal, else a line for every ten percent. */
export interface ProgressLine {
  readonly show: (progress: IndexProgress) => void;
  /** Removes the line that was drawn. */
  readonly end: () => void;
}

export const progressLine = ({ redraws, err }: Terminal): ProgressLine => {
  let lastStep = -1;
  let drawn = false;
  return {
    show: ({ percent, phase, done, total }) => {
      const whole = Math.floor(percent);
      if (redraws) {
        const filled = Math.round((whole / 100) * BAR_WIDTH);
        const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
        err(`\r\u001b[KIndexing ${bar} ${String(whole).padStart(3)}% ${PHASE_NAMES[phase]} ${done}/${total}`);
        drawn = true;
        return;
      }
      const step = Math.floor(whole / STEP_PERCENT);
      if (step <= lastStep) return;
      lastStep = step;
      err(`Indexing ${step * STEP_PERCENT}% (${PHASE_NAMES[phase]})\n`);
    },
    end: () => {
      if (drawn) err('\r\u001b[K');
      drawn = false;
    },
  };
};
