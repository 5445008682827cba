import { base, within } from './base';

const TYPING_MILLIS = 120;

/** Shows the palette, empty. */
export function openPalette(page: Document): void {
  const dialog = page.querySelector<HTMLDialogElement>('#palette');
  if (dialog === null || dialog.open) {
    return;
  }
  dialog.showModal();
  const input = dialog.querySelector('input')!;
  input.select();
  input.dispatchEvent(new Event('input'));
}

/** Makes the list of links that the server found options of the combobox. */
class Palette {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private timer: number | undefined;
  private asked = 0;
  /** What the list answers; while somebody types it is behind. */
  private answered: string | undefined;

  constructor(private readonly page: Document, private readonly dialog: HTMLDialogElement) {
    this.input = dialog.querySelector('input')!;
    this.list = dialog.querySelector<HTMLElement>('[role=listbox]')!;
  }

  install(): void {
    this.input.addEventListener('input', () => {
      if (this.input.value === this.answered) {
        this.mark(0);
      }
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.search(), TYPING_MILLIS);
    });
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) {
        this.dialog.close();
      }
    });
    this.page.querySelector('#palette-open')?.addEventListener('click', (event) => {
      event.preventDefault();
      openPalette(this.page);
    });
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('[role=option]')];
  }

  private async search(): Promise<void> {
    const asked = ++this.asked;
    const question = this.input.value;
    const found = await this.found(question);
    if (asked !== this.asked) {
      return;
    }
    // Asked the same again, as when the palette is opened anew: what was chosen while that was under way stays chosen.
    const chosen = question === this.answered ? Math.max(0, this.at()) : 0;
    this.answered = question;
    this.list.replaceChildren(...found.map((link, index) => this.option(link, index)));
    this.input.setAttribute('aria-expanded', String(found.length > 0));
    this.mark(Math.min(chosen, found.length - 1));
    const said = found.length > 0 ? this.dialog.dataset['found'] : this.dialog.dataset['none'];
    this.dialog.querySelector('[role=status]')!.textContent = (said ?? '').replace('{n}', String(found.length));
  }

  private async found(question: string): Promise<HTMLAnchorElement[]> {
    try {
      const response = await fetch(within(this.page, `/palette?q=${encodeURIComponent(question)}`), { headers: { Accept: 'text/html' } });
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
      return [...fresh.querySelectorAll<HTMLAnchorElement>('#palette-results a')];
    } catch {
      return [];
    }
  }

  private option(link: HTMLAnchorElement, index: number): HTMLElement {
    const option = this.page.createElement('li');
    option.id = `palette-option-${index}`;
    option.role = 'option';
    option.dataset['href'] = link.getAttribute('href') ?? base(this.page);
    option.append(...[...link.childNodes].map((node) => this.page.importNode(node, true)));
    option.addEventListener('click', () => this.go(option));
    return option;
  }

  private at(): number {
    return this.options().findIndex((each) => each.ariaSelected === 'true');
  }

  private mark(index: number): void {
    const options = this.options();
    options.forEach((each, i) => {
      each.ariaSelected = String(i === index);
    });
    const chosen = options[index];
    if (chosen === undefined) {
      this.input.removeAttribute('aria-activedescendant');
    } else {
      this.input.setAttribute('aria-activedescendant', chosen.id);
      chosen.scrollIntoView({ block: 'nearest' });
    }
  }

  private key(event: KeyboardEvent): void {
    const count = this.options().length;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && count > 0) {
      event.preventDefault();
      this.mark((this.at() + step + count) % count);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void this.enter(this.input.value);
    }
  }

  /** Goes where the list leads, once it answers what is typed; where it leads nowhere, to the page of results. */
  private async enter(question: string): Promise<void> {
    if (this.answered !== question) {
      window.clearTimeout(this.timer);
      await this.search();
    }
    const chosen = this.options()[this.at()];
    if (this.answered !== question) {
      return;
    }
    if (chosen === undefined) {
      this.input.form?.submit();
    } else {
      this.go(chosen);
    }
  }

  private go(option: HTMLElement): void {
    this.dialog.close();
    location.assign(option.dataset['href'] ?? base(this.page));
  }
}

/** Makes the palette of the layout work. */
export function installPalette(page: Document): void {
  const dialog = page.querySelector<HTMLDialogElement>('#palette');
  if (dialog !== null) {
    new Palette(page, dialog).install();
  }
}
