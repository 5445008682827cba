const SIDE = 16;

/** Where a key leads to from a cell, of so many; undefined for a key that moves nothing. */
export function moved(key: string, at: number, count: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - SIDE,
    ArrowDown: at + SIDE,
    Home: at - (at % SIDE),
    End: at - (at % SIDE) + SIDE - 1,
    PageUp: at - SIDE * SIDE,
    PageDown: at + SIDE * SIDE,
  };
  const to = steps[key];
  return to === undefined ? undefined : to >= 0 && to < count ? to : at;
}

/** Makes the maps of a pool's addresses one tab stop, which the arrow keys move in. */
export function installAddressMaps(page: Document): void {
  const cells = [...page.querySelectorAll<HTMLAnchorElement>('[data-grid] a.cell')];
  let at = Math.max(0, cells.findIndex((cell) => cell.hasAttribute('aria-current')));
  let anchor = at;
  cells.forEach((cell, i) => (cell.tabIndex = i === at ? 0 : -1));
  const exclude = (first: number, last: number) => {
    const [from, to] = [Math.min(first, last), Math.max(first, last)].map((i) => cells[i]?.dataset['address'] ?? '');
    const panel = page.getElementById('exclude');
    const link = panel?.querySelector<HTMLAnchorElement>('[data-exclude]');
    const range = from === to ? from : `${from}-${to}`;
    cells.forEach((cell, i) => {
      cell.classList.toggle('chosen', i >= Math.min(first, last) && i <= Math.max(first, last) && first !== last);
    });
    if (panel && link && range) {
      panel.hidden = first === last;
      link.search = `?exclude=${encodeURIComponent(range)}`;
      panel.querySelector('[data-range]')?.replaceChildren(range);
    }
  };
  cells.forEach((cell, i) => {
    cell.addEventListener('focus', () => {
      const before = cells[at];
      if (before !== undefined) {
        before.tabIndex = -1;
      }
      at = i;
      cell.tabIndex = 0;
    });
    cell.addEventListener('keydown', (event) => {
      const to = moved(event.key, i, cells.length);
      if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) {
        return;
      }
      event.preventDefault();
      anchor = event.shiftKey ? anchor : to;
      exclude(anchor, to);
      cells[to]?.focus();
    });
  });
}
