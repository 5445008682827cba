const STEP = 1.25;
const LEAST = 0.25;
const MOST = 3;
/** Below this the drawing's text is smaller than 11 pixels: then the tiles' colours and borders say what they can. */
const LEGIBLE = 11 / 12;

/** The scale that a button of the toolbar leads to. */
export function scaleAfter(now: number, by: string, width: number, room: number): number {
  const wished = by === 'fit' ? room / width : by === '0' ? 1 : now * (by === '1' ? STEP : 1 / STEP);
  return Math.min(MOST, Math.max(LEAST, wished));
}

/** Whether text can be read at that scale. */
export function legible(scale: number): boolean {
  return scale >= LEGIBLE;
}

/** Makes the buttons beside a drawing scale it, and says what the tile under the pointer is. */
export function installLanes(page: Document): void {
  const bar = page.querySelector<HTMLElement>('[data-zoom]');
  const drawing = page.querySelector<SVGSVGElement>('#lanes');
  const frame = drawing?.parentElement;
  if (bar === null || drawing === null || frame === null || frame === undefined) {
    return;
  }
  const width = Number(drawing.getAttribute('width'));
  const height = Number(drawing.getAttribute('height'));
  let scale = 1;
  bar.removeAttribute('data-scripted');
  bar.querySelectorAll<HTMLButtonElement>('button[data-by]').forEach((button) => {
    button.addEventListener('click', () => {
      scale = scaleAfter(scale, button.dataset['by'] ?? '0', width, frame.clientWidth);
      drawing.setAttribute('width', String(width * scale));
      drawing.setAttribute('height', String(height * scale));
      drawing.classList.toggle('small', !legible(scale));
    });
  });
  const hover = bar.querySelector<HTMLElement>('[data-hover]');
  drawing.addEventListener('pointerover', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (hover !== null) {
      hover.textContent = link?.getAttribute('aria-label') ?? '';
    }
  });
}
