import { morph } from './live-patch';

const PAUSE_MILLIS = 250;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Whose fields are told of: those that somebody left, and those that are told of already; never the one they are at. */
export function isTold(id: string, at: string, left: ReadonlySet<string>, told: boolean): boolean {
  return id !== at && (left.has(id) || told);
}

/** A form that is checked whenever somebody leaves a field; what they are at stays as it is, and where it is. */
class CheckedForm {
  private readonly left = new Set<string>();
  private timer = 0;
  private asking = false;
  private again = false;
  private sent: string;
  private at: Field | undefined;
  private before = '';

  constructor(private readonly page: Document, private readonly form: HTMLFormElement) {
    this.sent = this.body();
  }

  enter(field: Field): void {
    this.at = field;
    this.before = field.value;
  }

  leave(field: Field): void {
    this.at = undefined;
    this.left.add(field.id);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.check(), PAUSE_MILLIS);
  }

  /** The field that somebody is at counts as it was: what they have typed so far is not what they mean. */
  private body(): string {
    const fields = new URLSearchParams();
    new FormData(this.form).forEach((value, name) => fields.append(name, String(value)));
    if (this.at !== undefined && this.at.name !== '') {
      fields.set(this.at.name, this.before);
    }
    return fields.toString();
  }

  private async check(): Promise<void> {
    if (this.asking) {
      this.again = true;
      return;
    }
    const body = this.body();
    if (body === this.sent || !this.form.isConnected) {
      return;
    }
    this.asking = true;
    this.sent = body;
    try {
      const answer = await fetch(this.form.dataset['check'] ?? '', { method: 'POST', body: new URLSearchParams(body), headers: { Accept: 'text/html' } });
      const text = await answer.text();
      this.answered(answer.ok && !answer.redirected ? text : '');
    } catch {
      this.answered('');
    }
  }

  /** An answer to what is not in the form any more is dropped; none is asked for once more at the next field. */
  private answered(html: string): void {
    const stale = this.again;
    this.asking = false;
    this.again = false;
    if (html === '') {
      this.sent = '';
    } else if (!stale) {
      this.show(new DOMParser().parseFromString(html, 'text/html'));
    }
    if (stale) {
      void this.check();
    }
  }

  private show(fresh: Document): void {
    const anchor = this.page.activeElement;
    const top = anchor?.getBoundingClientRect().top ?? 0;
    for (const shown of this.page.querySelectorAll('[data-checked][id]')) {
      const now = fresh.getElementById(shown.id);
      const field = shown.id.replace(/-wrong$/, '');
      if (now === null || (field !== shown.id && !isTold(field, this.at?.id ?? '', this.left, shown.childElementCount > 0))) {
        continue;
      }
      keepOpen(shown, now);
      morph(shown, now);
      if (field !== shown.id) {
        mark(this.page.getElementById(field), now.childElementCount > 0);
      }
    }
    mended(this.page, fresh);
    window.scrollBy(0, (anchor?.getBoundingClientRect().top ?? 0) - top);
  }
}

function mark(input: Element | null, wrong: boolean): void {
  if (wrong) {
    input?.setAttribute('aria-invalid', 'true');
  } else {
    input?.removeAttribute('aria-invalid');
  }
}

/** What somebody opened stays open. */
function keepOpen(shown: Element, now: Element): void {
  const open = [...shown.querySelectorAll('details')].map((each) => each.open);
  now.querySelectorAll('details').forEach((each, i) => (each.open = open[i] ?? false));
}

/** Strikes out what the page said at its top and what is mended since: nothing moves by it. */
function mended(page: Document, fresh: Document): void {
  const wrong = new Set([...fresh.querySelectorAll('#edit-error a[href]')].map((link) => link.getAttribute('href')));
  page.querySelectorAll('#edit-error li').forEach((line) => {
    const link = line.querySelector('a[href]')?.getAttribute('href') ?? '';
    line.classList.toggle('gone', link !== '' && !wrong.has(link));
  });
}

/** Shows what is asked for the chosen type of network, and no other section, unless something is in it. */
function choose(select: HTMLSelectElement): void {
  const chosen = select.selectedOptions[0]?.dataset['section'] ?? '';
  select.form?.querySelectorAll<HTMLElement>('fieldset[data-section]').forEach((section) => {
    const filled = [...section.querySelectorAll<Field>('input, select, textarea')].some((each) => each.value !== '');
    section.hidden = section.dataset['section'] !== chosen && !filled;
  });
}

function field(event: Event): Field | null {
  const at = event.target;
  return at instanceof HTMLInputElement || at instanceof HTMLSelectElement || at instanceof HTMLTextAreaElement ? at : null;
}

/** Checks the forms of edits while people fill them in. */
export function installChecks(page: Document): void {
  const forms = new WeakMap<HTMLFormElement, CheckedForm>();
  const checked = (at: Field | null): CheckedForm | undefined => {
    const form = at?.form;
    if (form == null || form.dataset['check'] === undefined) {
      return undefined;
    }
    const known = forms.get(form) ?? new CheckedForm(page, form);
    forms.set(form, known);
    return known;
  };
  page.addEventListener('change', (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.name === 'field.spec.cniType') {
      choose(event.target);
    }
  });
  page.addEventListener('focusin', (event) => checked(field(event))?.enter(field(event)!));
  page.addEventListener('focusout', (event) => checked(field(event))?.leave(field(event)!));
}
