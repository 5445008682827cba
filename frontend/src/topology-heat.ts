import { within } from './base';

const SMALLEST = 10;
const LARGEST = 22;
const TALLEST = 600;
/** How many eighths of a node's Pods fail. */
const SHARES = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;

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

/** What is drawn with, by the character of a node. */
type Colours = Readonly<Record<string, string>>;

function colours(frame: Element): Colours {
  const of = (verdict: string): string => {
    const shown = frame.querySelector(`.verdict.${verdict}`);
    return shown === null ? 'currentColor' : getComputedStyle(shown).color;
  };
  const failing = of('unreachable');
  return { r: of('reachable'), u: of('undetermined'), ...Object.fromEntries(SHARES.map((each) => [each, failing])) };
}

/** Below this size a cell has no room for a sign of its own. */
const ROOM_FOR_SIGN = 16;

/** How high a cell is filled for the character of a node: as many eighths of its Pods fail. */
export function filled(share: string, size: number): number {
  const eighths = Number(share);
  return Number.isInteger(eighths) ? Math.max(2, (size * eighths) / SHARES.length) : 0;
}

/** Verdicts differ by shape as well: a square, an empty frame, and a frame filled from below with a cross in it. */
function shape(context: CanvasRenderingContext2D, letter: string, size: number): void {
  const left = 2;
  if (letter === 'r') {
    context.fillRect(left, left, size, size);
    return;
  }
  context.lineWidth = 1;
  if (letter === 'u') {
    context.setLineDash([2, 2]);
  }
  context.strokeRect(left + 0.5, left + 0.5, size - 1, size - 1);
  const height = filled(letter, size);
  context.fillRect(left, left + size - height, size, height);
  if (height > 0 && size + 2 * left >= ROOM_FOR_SIGN) {
    cross(context, left + size / 2, size / 5);
  }
}

/** Seen on what is filled and on what is not. */
function cross(context: CanvasRenderingContext2D, middle: number, arm: number): void {
  context.globalCompositeOperation = 'xor';
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(middle - arm, middle - arm);
  context.lineTo(middle + arm, middle + arm);
  context.moveTo(middle + arm, middle - arm);
  context.lineTo(middle - arm, middle + arm);
  context.stroke();
}

/** The pixels of one cell of each look, which is drawn once only. */
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
    shape(context, letter, cell - 4);
    context.restore();
    all.set(letter, new Uint32Array(context.getImageData(0, 0, pixels, pixels).data.buffer));
  }
  return all;
}

/** Puts the stamp of each cell into the pixels of the whole grid, line by line; one of an unknown character stays empty. */
export function stamp(
  onto: Uint32Array,
  grid: Grid,
  pixels: number,
  shares: string,
  by: ReadonlyMap<string, Uint32Array>,
): void {
  const nothing = new Uint32Array(pixels * pixels);
  const width = grid.columns * pixels;
  for (let number = 0; number < shares.length; number++) {
    const cell = by.get(shares.charAt(number)) ?? nothing;
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
  const frame = canvas?.closest('.heat');
  const context = canvas?.getContext('2d');
  if (canvas === null || frame === null || frame === undefined || context === null || context === undefined) {
    return;
  }
  const names = JSON.parse(canvas.dataset['names'] ?? '[]') as string[];
  const shares = canvas.dataset['shares'] ?? '';
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
    stamp(new Uint32Array(whole.data.buffer), grid, pixels, shares, stamps(page, grid.cell, pixels, colours(frame)));
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
