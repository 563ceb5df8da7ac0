import type { IndexProgress } from '../model/answer.ts';
import type { Terminal } from './terminal.ts';

const WIDTH = 24;
const STEP = 10;

/** Shows indexing on standard error: one redrawn line on a screen, else one line for every ten per cent. */
export interface ProgressLine {
  readonly show: (progress: IndexProgress) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

export const progressLine = ({ redraws, err }: Terminal): ProgressLine => {
  let last = -1;
  let drawn = false;
  return {
    show: ({ percent, phase, done, total }) => {
      const now = Math.floor(percent);
      if (redraws) {
        const filled = Math.round((now / 100) * WIDTH);
        err(`\r\u001b[KIndexing ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(now).padStart(3)} % ${phase} ${done}/${total}`);
        drawn = true;
        return;
      }
      const step = Math.floor(now / STEP);
      if (step <= last) return;
      last = step;
      err(`Indexing ${step * STEP} % (${phase})\n`);
    },
    end: () => {
      if (drawn) err('\r\u001b[K');
      drawn = false;
    },
  };
};
