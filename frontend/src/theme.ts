import { base } from './base';

/** The colour schemes that people can choose; `system` follows the machine's. */
export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

const YEAR_SECONDS = 31_536_000;

/** Any text as a theme; what is none becomes `system`. */
export function toTheme(text: string | null): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}

/** Lets the select element in the header change the theme that the server wrote into the page. */
export function installTheme(page: Document): void {
  const select = page.querySelector<HTMLSelectElement>('#theme');
  if (select === null) {
    return;
  }
  select.closest('[data-scripted]')?.removeAttribute('data-scripted');
  select.addEventListener('change', () => {
    const theme = toTheme(select.value);
    page.cookie = `underpass-theme=${theme}; path=${base(page)}; max-age=${YEAR_SECONDS}; samesite=lax`;
    page.documentElement.dataset['theme'] = theme;
  });
}
