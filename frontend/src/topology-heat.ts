import { within } from './base';

const SMALLEST = 10;
const LARGEST = 22;
const TALLEST = 600;

/** How the cells of a grid lie: row by row, square, one pixel apart. */
export interface Grid {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
}

/** The grid of so many cells in that width: as large as fits, no smaller than can be hit. */
export function gridOf(count: number, width: number): Grid {
  let cell = LARGEST;
  while (cell > SMALLEST && Math.ceil(count / Math.max(1, Math.floor(width / cell))) * cell > TALLEST) {
    cell--;
  }
  const columns = Math.max(1, Math.floor(width / cell));
  return { count, columns, rows: Math.ceil(count / columns), cell };
}

/** The number of the cell at a place of the grid; none beside the cells. */
export function cellAt(grid: Grid, x: number, y: number): number | undefined {
  const column = Math.floor(x / grid.cell);
  const row = Math.floor(y / grid.cell);
  const cell = row * grid.columns + column;
  return x >= 0 && y >= 0 && column < grid.columns && cell < grid.count ? cell : undefined;
}

/** What is drawn with, by the letter of a verdict. */
type Colours = Readonly<Record<string, string>>;

function colours(frame: Element): Colours {
  const of = (verdict: string): string => {
    const shown = frame.querySelector(`.verdict.${verdict}`);
    return shown === null ? 'currentColor' : getComputedStyle(shown).color;
  };
  return { r: of('reachable'), x: of('unreachable'), u: of('undetermined') };
}

/** Verdicts differ by shape as well: a square, a cross, an empty frame. */
function draw(context: CanvasRenderingContext2D, grid: Grid, worst: string, by: Colours): void {
  const size = grid.cell - 2;
  for (const letter of ['r', 'u', 'x']) {
    const colour = by[letter] ?? '';
    context.fillStyle = colour;
    context.strokeStyle = colour;
    context.beginPath();
    for (let at = worst.indexOf(letter); at >= 0; at = worst.indexOf(letter, at + 1)) {
      const x = (at % grid.columns) * grid.cell + 1;
      const y = Math.floor(at / grid.columns) * grid.cell + 1;
      if (letter === 'r') {
        context.fillRect(x, y, size, size);
      } else if (letter === 'u') {
        context.rect(x + 0.5, y + 0.5, size - 1, size - 1);
      } else {
        context.moveTo(x, y);
        context.lineTo(x + size, y + size);
        context.moveTo(x + size, y);
        context.lineTo(x, y + size);
      }
    }
    context.lineWidth = letter === 'x' ? 3 : 1.5;
    context.stroke();
  }
}

/** Draws the nodes of a page as a grid, in which each cell leads to its node. The table beside it shows the same. */
export function installHeat(page: Document): void {
  const canvas = page.querySelector<HTMLCanvasElement>('canvas.heat-cells');
  const frame = canvas?.parentElement;
  const context = canvas?.getContext('2d');
  if (canvas === null || frame === null || frame === undefined || context === null || context === undefined) {
    return;
  }
  const names = JSON.parse(canvas.dataset['names'] ?? '[]') as string[];
  const worst = canvas.dataset['worst'] ?? '';
  const says = frame.querySelector('[data-heat-at]');
  let grid = gridOf(names.length, 1);
  canvas.hidden = false;
  const redraw = (): void => {
    grid = gridOf(names.length, frame.clientWidth);
    const ratio = window.devicePixelRatio;
    const width = grid.columns * grid.cell;
    const height = grid.rows * grid.cell;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = `${String(width)}px`;
    canvas.style.height = `${String(height)}px`;
    context.scale(ratio, ratio);
    draw(context, grid, worst, colours(frame));
  };
  const under = (event: MouseEvent): string | undefined => {
    const cell = cellAt(grid, event.offsetX, event.offsetY);
    return cell === undefined ? undefined : names[cell];
  };
  redraw();
  window.addEventListener('resize', redraw);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  new MutationObserver(redraw).observe(page.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  canvas.addEventListener('pointermove', (event) => {
    const name = under(event);
    canvas.classList.toggle('on', name !== undefined);
    if (says !== null) {
      says.textContent = name ?? '';
    }
  });
  canvas.addEventListener('click', (event) => {
    const name = under(event);
    if (name !== undefined) {
      page.location.assign(within(page, `/nodes/${encodeURIComponent(name)}`));
    }
  });
}
