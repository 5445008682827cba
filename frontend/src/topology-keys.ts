/** Where a tile of the drawing is. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

function nearest(spots: readonly Spot[], candidates: readonly number[], cost: (spot: Spot) => number): number | undefined {
  let best: number | undefined;
  for (const each of candidates) {
    const spot = spots[each];
    const known = best === undefined ? undefined : spots[best];
    if (spot !== undefined && (known === undefined || cost(spot) < cost(known))) {
      best = each;
    }
  }
  return best;
}

/** The index of the tile that a key leads to: up and down in a column, left and right to the nearest of the next one. */
export function walk(spots: readonly Spot[], at: number, key: string): number | undefined {
  const here = spots[at];
  if (here === undefined) {
    return undefined;
  }
  const all = spots.map((_, index) => index);
  const beside = (is: (spot: Spot) => boolean): number[] =>
    all.filter((index) => {
      const spot = spots[index];
      return index !== at && spot !== undefined && is(spot);
    });
  const sideways = (spot: Spot): number => Math.abs(spot.x - here.x) * 1e6 + Math.abs(spot.y - here.y);
  switch (key) {
    case 'ArrowUp':
      return nearest(spots, beside((spot) => spot.x === here.x && spot.y < here.y), (spot) => -spot.y);
    case 'ArrowDown':
      return nearest(spots, beside((spot) => spot.x === here.x && spot.y > here.y), (spot) => spot.y);
    case 'ArrowLeft':
      return nearest(spots, beside((spot) => spot.x < here.x), sideways);
    case 'ArrowRight':
      return nearest(spots, beside((spot) => spot.x > here.x), sideways);
    case 'Home':
      return nearest(spots, all, (spot) => spot.x * 1e6 + spot.y);
    case 'End':
      return nearest(spots, all, (spot) => -(spot.x * 1e6 + spot.y));
    default:
      return undefined;
  }
}

function tiles(drawing: Element): SVGElement[] {
  return [...drawing.querySelectorAll<SVGElement>(':scope > svg[id] > a')];
}

function spot(tile: Element): Spot {
  const box = tile.parentElement;
  return { x: Number(box?.getAttribute('x')), y: Number(box?.getAttribute('y')) };
}

/** One tile of the drawing is in the order of the Tab key, and arrow keys move from it to others; Enter opens it, as any link. */
export function installWalk(page: Document): void {
  const drawing = page.querySelector('#lanes');
  // Chromium puts an SVG that listens to the focus itself into the order of the Tab key, so what is around it listens.
  const frame = drawing?.parentElement;
  if (drawing === null || frame === null || frame === undefined) {
    return;
  }
  const enter = (current: Element | undefined): void => {
    tiles(drawing).forEach((each) => each.setAttribute('tabindex', each === current ? '0' : '-1'));
  };
  const all = tiles(drawing);
  enter(all.find((each) => each.getAttribute('aria-current') === 'true') ?? all[0]);
  frame.addEventListener('focusin', (event) => {
    const tile = event.target instanceof Element ? event.target.closest('#lanes a') : null;
    if (tile !== null) {
      enter(tile);
    }
  });
  frame.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    const now = tiles(drawing);
    const at = now.findIndex((each) => each === page.activeElement);
    const to = walk(now.map(spot), at, event.key);
    if (to !== undefined) {
      event.preventDefault();
      now[to]?.focus();
    }
  });
}
