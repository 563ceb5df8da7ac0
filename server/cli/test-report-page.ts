import type { RunFigures, RunPoint, TestRunReport } from '../model/test-runs.ts';
import { duration, percent } from './test-report.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`).replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ');

const STYLE = `:root{color-scheme:light dark;--ink:light-dark(#1f2937,#e5e7eb);--dim:light-dark(#4b5563,#a7b0bd);--line:light-dark(#d1d5db,#374151);--page:light-dark(#fff,#111827);--full:light-dark(#2563eb,#60a5fa);--selected:light-dark(#047857,#34d399);--bad:light-dark(#b91c1c,#f87171)}
*{box-sizing:border-box}body{margin:0 auto;max-width:64rem;padding:1.5rem 1rem;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.125rem;margin:2rem 0 .5rem}p{margin:.25rem 0}.dim{color:var(--dim)}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:1rem 0}dl div{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .75rem}dt{color:var(--dim);font-size:.875rem}dd{margin:0;font-size:1.25rem}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.875rem}th,td{text-align:left;padding:.375rem .5rem;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}th,td.n{white-space:nowrap;overflow-wrap:normal}td:first-child,td.t{min-width:9rem}td.n:first-child{min-width:0}
code{font:.875em ui-monospace,monospace}svg{width:100%;height:auto;display:block}svg text{fill:var(--dim);font:11px system-ui,sans-serif}.full{fill:var(--full)}.selected{fill:var(--selected)}.bad{fill:var(--bad)}.axis{stroke:var(--line)}
.key span::before{content:"";display:inline-block;width:.75em;height:.75em;margin:0 .35em 0 .75em;background:var(--of);forced-color-adjust:none}`;

const WIDTH = 800;
const HEIGHT = 180;
const LEFT = 56;
const BOTTOM = 24;
const MOST_BARS = 200;

/** Bars of the newest runs, one each. A run that failed, or missed a failure, has a mark above its bar. */
const chart = (
  title: string,
  points: readonly RunPoint[],
  shownValue: (run: RunPoint) => number,
  label: (value: number) => string,
  marked: (run: RunPoint) => boolean,
): string => {
  const shown = points.slice(-MOST_BARS);
  const most = shown.reduce((largest, run) => Math.max(largest, shownValue(run)), 0) || 1;
  const step = Math.min(40, (WIDTH - LEFT) / Math.max(1, shown.length));
  const top = 16;
  const floor = HEIGHT - BOTTOM;
  const bars = shown
    .map((run, at) => {
      const height = ((floor - top) * shownValue(run)) / most;
      const x = LEFT + at * step;
      const mark = marked(run)
        ? `<circle class="bad" cx="${(x + step / 2).toFixed(1)}" cy="${Math.max(6, floor - height - 6).toFixed(1)}" r="3.5"/>`
        : '';
      return `<rect class="${run.run === 'selected' ? 'selected' : 'full'}" x="${(x + step * 0.1).toFixed(1)}" y="${(floor - height).toFixed(1)}" width="${(step * 0.8).toFixed(1)}" height="${height.toFixed(1)}"/>${mark}`;
    })
    .join('');
  const [first, last] = [shown[0]?.time.slice(0, 10) ?? '', shown.at(-1)?.time.slice(0, 10) ?? ''];
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(`${title}, ${shown.length} runs from ${first} to ${last}, at most ${label(most)}`)}"><line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${floor}" y2="${floor}"/><text x="0" y="${top + 4}">${escaped(label(most))}</text><text x="0" y="${floor}">0</text>${bars}<text x="${LEFT}" y="${HEIGHT - 6}">${first}</text>${last === first ? '' : `<text x="${WIDTH}" y="${HEIGHT - 6}" text-anchor="end">${last}</text>`}</svg>`;
};

const fact = (name: string, value: string): string => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`;

const figures = (title: string, own: RunFigures): string =>
  own.runs === 0
    ? ''
    : `<h2>${title}</h2><dl>${fact('Runs', String(own.runs))}${fact('Runs with a failure', String(own.failedRuns))}${fact('Latency p50', duration(own.p50 ?? 0))}${fact('Latency p95', duration(own.p95 ?? 0))}${fact('Specs a minute', String(Math.round(own.throughput * 10) / 10))}${fact('Failed results', percent(own.errorRate))}${fact('Flaky results', percent(own.flakeRate))}</dl>`;

const table = (name: string, heads: readonly string[], rows: readonly string[]): string =>
  `<div class="wide" tabindex="0" role="region" aria-label="${name}"><table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;

const missesOf = ({ misses }: TestRunReport): string =>
  misses.length === 0
    ? '<p>No failure was missed.</p>'
    : table(
        'Missed failures',
        ['Spec', 'Day', 'Why it was not selected', 'To run it next time'],
        misses.map(
          ({ path, time, cause, before, command }) =>
            `<tr><td>${escaped(path)}</td><td class="n">${time.slice(0, 10)}</td><td class="t">${escaped(cause)}${before ? ' It failed in the full run before, too.' : ''}</td><td class="t">${command === undefined ? '' : `<code>${escaped(command)}</code>`}</td></tr>`,
        ),
      );

const specsOf = ({ specs }: TestRunReport): string =>
  specs.length === 0
    ? ''
    : `<h2>Failed or flaky specs</h2>${table(
        'Failed or flaky specs',
        ['Spec', 'Runs', 'Failed', 'Flaky', 'Takes'],
        specs.map(
          ({ path, runs, failed, flaky, seconds }) =>
            `<tr><td>${escaped(path)}</td><td class="n">${runs}</td><td class="n">${failed}</td><td class="n">${flaky}</td><td class="n">${duration(seconds)}</td></tr>`,
        ),
      )}`;

const overridesOf = ({ runs }: TestRunReport): string => {
  const rows = runs.flatMap(({ time, override }) =>
    override === undefined ? [] : [`<tr><td class="n">${time.slice(0, 10)}</td><td class="t">${escaped(override)}</td></tr>`],
  );
  return rows.length === 0 ? '' : `<h2>What people decided otherwise</h2>${table('Overrides', ['Day', 'In their words'], rows)}`;
};

/** A report of recorded runs as one page that loads nothing. */
export const reportPage = (report: TestRunReport): string => {
  const { selection, gate, runs, since } = report;
  const withShare = runs.filter(({ share }) => share !== undefined);
  const span = runs.length === 0 ? 'No run is recorded.' : `${runs.length} runs${since === undefined ? '' : ` since ${since}`}`;
  const key =
    '<p class="key dim" aria-hidden="true"><span style="--of:var(--full)">full</span><span style="--of:var(--selected)">selected</span><span style="--of:var(--bad)">dot: failed</span></p>';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>End-to-end tests</title><style>${STYLE}</style></head>
<body><main><h1>End-to-end tests</h1><p class="dim">${escaped(span)}</p><p>${escaped(gate.sentence)}</p>
<h2>Selection</h2><dl>${fact('Failures kept', selection.safety === undefined ? 'none seen' : `${selection.kept} of ${selection.failures} (${percent(selection.safety)})`)}${fact('Share of the suite', selection.share === undefined ? 'none selected' : percent(selection.share))}${fact('Time saved', `${duration(selection.savedSeconds)} (${percent(selection.savedShare)})`)}${fact('Full runs with a selection', String(selection.runs))}</dl>
${
  withShare.length === 0
    ? ''
    : `<h2>Share of the suite that was selected</h2>${chart(
        'Share of the suite that was selected',
        withShare,
        ({ share = 0 }) => share,
        percent,
        ({ missed }) => missed > 0,
      )}<p class="dim">A dot: a failure was missed.</p>`
}
<h2>Missed failures</h2>${missesOf(report)}
${
  runs.length === 0
    ? ''
    : `<h2>How long runs took</h2>${chart(
        'How long runs took',
        runs,
        ({ seconds }) => seconds,
        duration,
        ({ failed }) => failed > 0,
      )}${key}`
}
${figures('Full runs', report.full)}${figures('Selected runs', report.selected)}${specsOf(report)}${overridesOf(report)}
</main></body></html>
`;
};
