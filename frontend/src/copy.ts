/** What a copy button copies: the text of the element that it names, or the page's own address where it names none. */
export function textOf(
  page: Pick<Document, 'getElementById'> & { location: Pick<Location, 'href'> },
  button: { dataset: DOMStringMap },
): string {
  const id = button.dataset['copy'] ?? '';
  return id === '' ? page.location.href : (page.getElementById(id)?.textContent ?? '');
}

/** Copies, and tells whether the browser let it, and what is said then. */
export async function copied(
  clipboard: Pick<Clipboard, 'writeText'>,
  text: string,
  says: { copied: string; refused: string },
): Promise<{ done: boolean; said: string }> {
  try {
    await clipboard.writeText(text);
    return { done: true, said: says.copied };
  } catch {
    return { done: false, said: says.refused };
  }
}

/** The browser's clipboard; it lends none to pages that came without TLS from another machine. */
function clipboardOf(): Clipboard | undefined {
  return navigator.clipboard;
}

/** Shows the buttons that need scripts, and a clipboard, to copy. */
export function showCopyButtons(page: Document): void {
  if (clipboardOf() !== undefined) {
    page.querySelectorAll<HTMLButtonElement>('button[data-copy]').forEach((button) => {
      button.hidden = false;
    });
  }
}

/** Makes every `[data-copy=ID]` button copy that element's text, and `[data-copy=""]` the page's address. */
export function installCopyButtons(page: Document): void {
  showCopyButtons(page);
  page.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-copy]') : null;
    const clipboard = clipboardOf();
    if (button === null || clipboard === undefined) {
      return;
    }
    const status = page.getElementById('status');
    const says = { copied: button.dataset['copied'] ?? '', refused: status?.dataset['refused'] ?? '' };
    void copied(clipboard, textOf(page, button), says).then(({ done, said }) => {
      button.dataset['done'] = done ? 'yes' : 'no';
      if (status !== null) {
        status.textContent = said;
      }
    });
  });
}
