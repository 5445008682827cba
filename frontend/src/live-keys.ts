import { within } from './base';
import { openPalette } from './live-palette';

/** Where `g` and a letter lead. */
export const places: Record<string, string> = { t: '/trace', p: '/pods', r: '/reachability', n: '/nodes', c: '/changes' };

/** What single keys do, in the order in which the page names the keys. */
const DOES = ['filter', 'go', 'nextRow', 'previousRow', 'previousHop', 'nextHop', 'pause', 'sheet'] as const;

type Does = (typeof DOES)[number];

/** What a key does; nothing where the page names none, or this one does nothing. */
export function does(keymap: string | undefined, key: string): Does | undefined {
  return DOES[(keymap ?? '').split(' ').indexOf(key)];
}

const SECOND_KEY_MILLIS = 1_500;

/** Whether a key belongs to what has the focus. */
function typing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog[open]') !== null;
}

function row(page: Document, step: number): void {
  const links = [...page.querySelectorAll<HTMLElement>('main tbody tr')]
    .map((each) => each.querySelector<HTMLElement>('th a, td a'))
    .filter((each): each is HTMLElement => each !== null);
  const at = links.findIndex((each) => each.closest('tr')?.contains(page.activeElement));
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
  links[next]?.focus();
}

/** Moves from one decision of a trace to the next. */
function hop(page: Document, step: number): void {
  const links = [...page.querySelectorAll<HTMLElement>('ol.hops a.step')].filter((each) => each.checkVisibility());
  const chosen = links.findIndex((each) => each === page.activeElement || each.parentElement?.contains(page.activeElement));
  const from = chosen >= 0 ? chosen : links.findIndex((each) => each.hasAttribute('aria-current'));
  links[from < 0 ? (step > 0 ? 0 : links.length - 1) : from + step]?.focus();
}

/** Where the filter of a page is, or else the search; in a narrow window that stands in the menu, which opens for it. */
function toFilter(page: Document): void {
  const field = page.querySelector<HTMLElement>('main input[name=q]') ?? page.getElementById('search');
  if (field?.checkVisibility() === false) {
    field.closest<HTMLElement>('[popover]')?.showPopover();
  }
  field?.focus();
}

/** The keys of the console: Ctrl+K always, single ones unless they are switched off. */
export function installKeys(page: Document, toggleLive: () => void): void {
  let goingSince = Number.NEGATIVE_INFINITY;
  const actions: Record<Does, () => void> = {
    filter: () => toFilter(page),
    go: () => {
      goingSince = performance.now();
    },
    nextRow: () => row(page, 1),
    previousRow: () => row(page, -1),
    previousHop: () => hop(page, -1),
    nextHop: () => hop(page, 1),
    pause: toggleLive,
    sheet: () => page.querySelector<HTMLDialogElement>('#keys')?.showModal(),
  };
  page.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      openPalette(page);
      return;
    }
    const single = !event.ctrlKey && !event.metaKey && !event.altKey && page.documentElement.dataset['keys'] !== 'off';
    if (!single || typing(event.target)) {
      return;
    }
    const place = performance.now() - goingSince < SECOND_KEY_MILLIS ? places[event.key] : undefined;
    goingSince = Number.NEGATIVE_INFINITY;
    if (place !== undefined) {
      location.assign(within(page, place));
      return;
    }
    const wanted = does(page.documentElement.dataset['keymap'], event.key);
    if (wanted !== undefined) {
      event.preventDefault();
      actions[wanted]();
    }
  });
}
