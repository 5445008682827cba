/** What a copy button copies: the text of the element that it names. */
export function textOf(page: Pick<Document, 'getElementById'>, button: { dataset: DOMStringMap }): string {
  const target = page.getElementById(button.dataset['copy'] ?? '');
  return target?.textContent ?? '';
}

/** Shows the buttons that need scripts to copy. */
export function showCopyButtons(page: Document): void {
  page.querySelectorAll<HTMLButtonElement>('button[data-copy]').forEach((button) => {
    button.hidden = false;
  });
}

/** Makes every `[data-copy=ID]` button copy that element's text, and say that it did. */
export function installCopyButtons(page: Document): void {
  showCopyButtons(page);
  page.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-copy]') : null;
    if (button === null) {
      return;
    }
    void navigator.clipboard.writeText(textOf(page, button)).then(() => {
      const status = page.getElementById('status');
      if (status !== null) {
        status.textContent = button.dataset['copied'] ?? '';
      }
    });
  });
}
