/** The colour schemes that people can choose; `system` follows the machine's. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'underpass-theme';

/** Any text as a theme; what is none becomes `system`. */
export function toTheme(text: string | null): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}

/** Applies the stored theme and lets the select element change it. */
export function installTheme(page: Document): void {
  const apply = (theme: Theme) => {
    page.documentElement.dataset['theme'] = theme;
  };
  const stored = toTheme(localStorage.getItem(KEY));
  apply(stored);
  const select = page.querySelector<HTMLSelectElement>('#theme');
  if (select === null) {
    return;
  }
  select.value = stored;
  select.closest<HTMLElement>('[hidden]')?.removeAttribute('hidden');
  select.addEventListener('change', () => {
    const theme = toTheme(select.value);
    localStorage.setItem(KEY, theme);
    apply(theme);
  });
}
