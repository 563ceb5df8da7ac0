/** Kinds whose documents can have a status. */
const WITH_STATUS: ReadonlySet<string | undefined> = new Set(['decision', 'guide']);

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

/** The values of a group that are switched on. */
const active = (group: 'kind' | 'status'): string[] =>
  toggles.flatMap((toggle) => {
    const value = toggle.dataset[group];
    return value !== undefined && isOn(toggle) ? [value] : [];
  });

/** The filters of the Search view. */
export const filters = {
  active,
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
