/** Kinds whose documents can have a status. */
const WITH_STATUS: ReadonlySet<string | undefined> = new Set(['decision', 'guide']);

const box = document.getElementById('filters');
const funnel = document.getElementById('funnel');
const toggles = [...document.querySelectorAll<HTMLButtonElement>('.toggle')];

const isOn = (toggle: HTMLButtonElement): boolean => toggle.getAttribute('aria-pressed') === 'true';
const setOn = (toggle: HTMLButtonElement, on: boolean): void => toggle.setAttribute('aria-pressed', String(on));

/**
 * Greys out what would leave nothing: statuses while only kinds without a status are wanted, and those kinds while a status is. A toggle that is on
 * stays usable, so that it can be switched off.
 */
const greyOut = (): void => {
  const kinds = active('kind');
  const hasStatus = kinds.length === 0 || kinds.some((kind) => WITH_STATUS.has(kind));
  const wantsStatus = active('status').length > 0;
  for (const toggle of toggles) {
    const { kind, status } = toggle.dataset;
    toggle.disabled = !isOn(toggle) && (status === undefined ? wantsStatus && !WITH_STATUS.has(kind) : !hasStatus);
  }
};

/** Folded, only the filters that are on are shown: nobody is surprised by one that is out of sight. */
const isFolded = (): boolean => box?.classList.contains('folded') === true;
const fold = (folded: boolean): void => {
  box?.classList.toggle('folded', folded);
  funnel?.setAttribute('aria-expanded', String(!folded));
};
funnel?.addEventListener('click', () => fold(!isFolded()));

/** The values of a group that are switched on. */
const active = (group: 'kind' | 'status'): string[] =>
  toggles.flatMap((toggle) => {
    const value = toggle.dataset[group];
    return value !== undefined && isOn(toggle) ? [value] : [];
  });

/** The filters of the Search view. */
export const filters = {
  active,
  /** Shows on the button how many are on. */
  label: (none: string, some: string): void => {
    const count = toggles.filter(isOn).length;
    const label = count === 0 ? none : some.replace('{0}', String(count));
    funnel?.classList.toggle('on', count > 0);
    funnel?.setAttribute('aria-label', label);
    funnel?.setAttribute('title', label);
  },
  isFolded,
  fold,
  any: (): boolean => toggles.some(isOn),
  /** Switches on exactly these. */
  set: (kinds: readonly string[], statuses: readonly string[]): void => {
    for (const toggle of toggles)
      setOn(toggle, kinds.includes(toggle.dataset.kind ?? '') || statuses.includes(toggle.dataset.status ?? ''));
    greyOut();
  },
  onChange: (changed: () => void): void => {
    for (const toggle of toggles)
      toggle.addEventListener('click', () => {
        setOn(toggle, !isOn(toggle));
        greyOut();
        changed();
      });
  },
};
