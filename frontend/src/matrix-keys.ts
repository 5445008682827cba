/** The first of some places that holds something. */
function filled(grid: readonly (readonly boolean[])[], places: readonly (readonly [number, number])[]): readonly [number, number] | undefined {
  return places.find(([row, column]) => grid[row]?.[column] === true);
}

/** Where a key leads to from a cell of a matrix, past cells that hold nothing; undefined where it leads nowhere. */
export function led(grid: readonly (readonly boolean[])[], row: number, column: number, key: string): readonly [number, number] | undefined {
  const across = (grid[row] ?? []).map((_, i) => [row, i] as const);
  const down = grid.map((_, i) => [i, column] as const);
  switch (key) {
    case 'ArrowLeft':
      return filled(grid, across.slice(0, column).reverse());
    case 'ArrowRight':
      return filled(grid, across.slice(column + 1));
    case 'ArrowUp':
      return filled(grid, down.slice(0, row).reverse());
    case 'ArrowDown':
      return filled(grid, down.slice(row + 1));
    case 'Home':
      return filled(grid, across);
    case 'End':
      return filled(grid, across.reverse());
    default:
      return undefined;
  }
}

/** Makes the cells of the reachability matrix one tab stop, which arrow keys, Home and End move in; Enter opens one, as any link. */
export function installMatrix(page: Document): void {
  const body = page.querySelector<HTMLTableSectionElement>('.matrix tbody');
  if (body === null) {
    return;
  }
  const cells = [...body.rows].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.querySelector('a')));
  const enter = (current: Element | undefined): void =>
    cells.flat().forEach((each) => each !== null && (each.tabIndex = each === current ? 0 : -1));
  enter(cells.flat().find((each) => each !== null) ?? undefined);
  body.addEventListener('focusin', (event) => {
    const link = event.target instanceof Element ? event.target.closest('td a') : null;
    if (link !== null) {
      enter(link);
    }
  });
  body.addEventListener('keydown', (event) => {
    const row = cells.findIndex((line) => line.some((each) => each !== null && each === page.activeElement));
    if (row < 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    const column = cells[row]?.findIndex((each) => each === page.activeElement) ?? 0;
    const to = led(cells.map((line) => line.map((each) => each !== null)), row, column, event.key);
    if (to !== undefined) {
      event.preventDefault();
      cells[to[0]]?.[to[1]]?.focus();
    }
  });
}
