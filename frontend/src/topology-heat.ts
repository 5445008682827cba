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
function shape(context: CanvasRenderingContext2D, letter: string, size: number): void {
  context.beginPath();
  if (letter === 'r') {
    context.fillRect(1, 1, size, size);
  } else if (letter === 'u') {
    context.lineWidth = 1.5;
    context.rect(1.5, 1.5, size - 1, size - 1);
  } else {
    context.lineWidth = 3;
    context.moveTo(1, 1);
    context.lineTo(1 + size, 1 + size);
    context.moveTo(1 + size, 1);
    context.lineTo(1, 1 + size);
  }
  context.stroke();
}

/** The pixels of one cell of each verdict, which is drawn once only. */
function stamps(page: Document, cell: number, pixels: number, by: Colours): ReadonlyMap<string, Uint32Array> {
  const canvas = page.createElement('canvas');
  canvas.width = pixels;
  canvas.height = pixels;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const all = new Map<string, Uint32Array>();
  if (context === null) {
    return all;
  }
  for (const [letter, colour] of Object.entries(by)) {
    context.clearRect(0, 0, pixels, pixels);
    context.save();
    context.scale(pixels / cell, pixels / cell);
    context.fillStyle = colour;
    context.strokeStyle = colour;
    shape(context, letter, cell - 2);
    context.restore();
    all.set(letter, new Uint32Array(context.getImageData(0, 0, pixels, pixels).data.buffer));
  }
  return all;
}

/** Puts the stamp of each cell into the pixels of the whole grid, line by line; one of an unknown letter stays empty. */
export function stamp(
  onto: Uint32Array,
  grid: Grid,
  pixels: number,
  worst: string,
  by: ReadonlyMap<string, Uint32Array>,
): void {
  const nothing = new Uint32Array(pixels * pixels);
  const width = grid.columns * pixels;
  for (let number = 0; number < worst.length; number++) {
    const cell = by.get(worst.charAt(number)) ?? nothing;
    let at = Math.floor(number / grid.columns) * pixels * width + (number % grid.columns) * pixels;
    for (let from = 0; from < cell.length; from += pixels) {
      for (let x = 0; x < pixels; x++) {
        onto[at + x] = cell[from + x] ?? 0;
      }
      at += width;
    }
  }
}

/** The pixels of a canvas: those of last time if it is as large as it was, for new ones cost as much as drawing. */
function imageOf(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  last: ImageData | undefined,
  width: number,
  height: number,
): ImageData {
  if (last?.width === width && last.height === height) {
    return last;
  }
  canvas.width = width;
  canvas.height = height;
  return context.createImageData(width, height);
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
  let whole: ImageData | undefined;
  canvas.hidden = false;
  const redraw = (): void => {
    if (!canvas.isConnected) {
      dark.removeEventListener('change', redraw);
      window.removeEventListener('resize', redraw);
      themed.disconnect();
      return;
    }
    grid = gridOf(names.length, frame.clientWidth);
    const pixels = Math.max(1, Math.round(grid.cell * window.devicePixelRatio));
    whole = imageOf(canvas, context, whole, grid.columns * pixels, grid.rows * pixels);
    canvas.style.width = `${String(grid.columns * grid.cell)}px`;
    canvas.style.height = `${String(grid.rows * grid.cell)}px`;
    stamp(new Uint32Array(whole.data.buffer), grid, pixels, worst, stamps(page, grid.cell, pixels, colours(frame)));
    context.putImageData(whole, 0, 0);
  };
  const under = (event: MouseEvent): string | undefined => {
    const cell = cellAt(grid, event.offsetX, event.offsetY);
    return cell === undefined ? undefined : names[cell];
  };
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const themed = new MutationObserver(redraw);
  redraw();
  window.addEventListener('resize', redraw);
  dark.addEventListener('change', redraw);
  themed.observe(page.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
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
