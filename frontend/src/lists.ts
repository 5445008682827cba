/** What htmx knows of one request; of htmx 4.0's fields those that are used here. */
interface Asked {
  sourceElement: Element;
  request: { action: string; headers: Record<string, string>; redirect?: RequestRedirect };
  response?: { raw: Response };
  swap?: string | null;
  selectOOB?: string | null;
}

/** What htmx tells of a request. */
interface Told {
  ctx?: Asked;
  tasks?: { type: string; fragment: DocumentFragment }[];
}

const SLOW_MILLIS = 300;

/** Whether a request goes back or forward in the history. */
export function restores(asked: Pick<Asked, 'request'>): boolean {
  return 'HX-History-Restore-Request' in asked.request.headers;
}

/** Lists that change in place: what htmx does by itself is in the attributes of `main`; here is the rest. */
class Lists {
  private newest: Asked | undefined;
  private slow: number | undefined;

  constructor(private readonly page: Document, private readonly revive: () => void) {}

  install(): void {
    this.on('htmx:config:request', ({ ctx }) => this.configure(ctx));
    this.on('htmx:before:request', ({ ctx }) => this.begin(ctx));
    this.on('htmx:before:response', (told, event) => this.answer(told, event));
    this.on('htmx:before:swap', (told, event) => this.check(told, event));
    this.on('htmx:after:swap', ({ ctx }) => this.settle(ctx));
    this.on('htmx:finally:request', ({ ctx }) => this.end(ctx));
    this.on('htmx:error', ({ ctx }) => this.unanswered(ctx));
    this.page.addEventListener('click', (event) => this.elsewhere(event), true);
  }

  private on(name: string, heard: (told: Told, event: Event) => void): void {
    this.page.addEventListener(name, (event) => heard((event as CustomEvent<Told>).detail, event));
  }

  private content(): HTMLElement | null {
    return this.page.getElementById('content');
  }

  private say(text: string): void {
    const status = this.page.getElementById('status');
    if (status !== null) {
      status.textContent = text;
    }
  }

  /** A redirect leads away, to the login for one: it is not followed here. The history changes the page as links do. */
  private configure(asked: Asked | undefined): void {
    if (asked === undefined) {
      return;
    }
    asked.request.redirect = 'manual';
    asked.request.headers['Accept'] = 'text/html';
    if (restores(asked)) {
      const main = this.content();
      asked.request.headers['HX-Request'] = 'true';
      asked.swap = main?.getAttribute('hx-swap:inherited') ?? null;
      asked.selectOOB = main?.getAttribute('hx-select-oob:inherited') ?? null;
    }
  }

  private begin(asked: Asked | undefined): void {
    this.newest = asked;
    window.clearTimeout(this.slow);
    this.slow = window.setTimeout(() => {
      this.content()?.setAttribute('aria-busy', 'true');
      this.say(this.page.getElementById('loading')?.textContent ?? '');
    }, SLOW_MILLIS);
  }

  private end(asked: Asked | undefined): void {
    if (asked === this.newest) {
      window.clearTimeout(this.slow);
      this.content()?.removeAttribute('aria-busy');
    }
  }

  /** What is not the page that was asked for is shown by the browser: it asks again, and shows what it gets. */
  private leave(asked: Asked): void {
    this.page.location.assign(asked.request.action);
  }

  private answer({ ctx }: Told, event: Event): void {
    if (ctx === undefined || ctx !== this.newest) {
      event.preventDefault();
    } else if (ctx.response?.raw.ok !== true) {
      event.preventDefault();
      this.leave(ctx);
    }
  }

  private check({ ctx, tasks }: Told, event: Event): void {
    if (ctx === undefined || ctx !== this.newest) {
      event.preventDefault();
    } else if (tasks?.find((task) => task.type === 'main')?.fragment.childElementCount !== 1) {
      event.preventDefault();
      this.leave(ctx);
    } else {
      // What scripts have drawn or listen to comes anew instead of being changed.
      this.content()?.querySelectorAll('[data-fresh]').forEach((each) => each.remove());
    }
  }

  private settle(asked: Asked | undefined): void {
    const main = this.content();
    if (asked === undefined || main === null) {
      return;
    }
    for (const form of main.querySelectorAll('form')) {
      const typing = asked.sourceElement instanceof HTMLFormElement || form.contains(this.page.activeElement);
      if (restores(asked) || !typing) {
        form.reset();
      }
    }
    if (this.page.activeElement === null || this.page.activeElement === this.page.body) {
      main.focus({ preventScroll: true });
    }
    this.revive();
    this.say(main.querySelector('[data-count]')?.textContent ?? '');
  }

  /** Nobody answered: what is shown stays, and a link leads to what was asked for. */
  private unanswered(asked: Asked | undefined): void {
    if (asked !== undefined && asked !== this.newest) {
      return;
    }
    const notice = this.page.getElementById('unanswered');
    notice?.querySelector('a')?.setAttribute('href', asked?.request.action ?? this.page.location.href);
    notice?.removeAttribute('hidden');
    notice?.scrollIntoView({ block: 'nearest' });
  }

  /** htmx cancels clicks that open a link in another tab or window; it must not see them. */
  private elsewhere(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a[data-htmx-powered]') : null;
    if (link !== null && (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.stopPropagation();
    }
  }
}

/** Makes lists change in place; `revive` makes what came anew work. */
export function installLists(page: Document, revive: () => void): void {
  new Lists(page, revive).install();
}
