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

/** Shows the buttons that copy, where the browser lends a clipboard: not to pages that came without TLS from another machine. */
export function showCopyButtons(page: Document): void {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard !== undefined) {
    page.querySelectorAll('button[data-copy]').forEach((button) => button.removeAttribute('data-scripted'));
  }
}

/** Makes every `[data-copy=ID]` button copy that element's text, and `[data-copy=""]` the page's address; also of those that come later. */
export function installCopyButtons(page: Document): void {
  showCopyButtons(page);
  page.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-copy]') : null;
    if (button === null) {
      return;
    }
    const status = page.getElementById('status');
    const says = { copied: button.dataset['copied'] ?? '', refused: status?.dataset['refused'] ?? '' };
    void copied(navigator.clipboard, textOf(page, button), says).then(({ done, said }) => {
      button.dataset['done'] = done ? 'yes' : 'no';
      if (status !== null) {
        status.textContent = said;
      }
    });
  });
}
