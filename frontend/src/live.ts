import { within } from './base';
import { Following, type Held } from './live-follow';
import { patch } from './live-patch';
import { LiveStream, type StreamEvent, type StreamState } from './live-stream';

const MIN_PAUSE_MILLIS = 2_000;
const PAUSE_FACTOR = 10;
const ANNOUNCE_MILLIS = 10_000;
const LOOK_MILLIS = 300;
/** Ages change although nothing happens. */
const AGES_MILLIS = 30_000;

/** Whether somebody is at something that an update would disturb. */
export function busy(page: Document): boolean {
  const active = page.activeElement;
  const typing = active?.closest('main, dialog') != null && active.matches('input:not([type=checkbox], [type=radio]), textarea, select');
  const selection = page.getSelection();
  return typing || (selection !== null && !selection.isCollapsed) || page.querySelector('dialog[open], :popover-open') !== null;
}

/** The attribute of the bar that holds the words of a state. */
function says(word: string): string {
  return `says${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** What htmx tells of a swap; of htmx 4.0's fields those that are used here. */
interface Swap {
  tasks?: { type: string; fragment: DocumentFragment }[];
}

function incoming({ tasks }: Swap): Element | null {
  const sent = tasks?.find((task) => task.type === 'main')?.fragment.firstElementChild;
  return (sent?.cloneNode(true) as Element | undefined) ?? null;
}

/** The live bar, and the page that it keeps up to date. */
class Live {
  private readonly bar: HTMLElement;
  private readonly state: HTMLElement;
  private readonly pause: HTMLButtonElement;
  private readonly pill: HTMLElement;
  private readonly stream: LiveStream;
  private now: StreamState = 'connecting';
  private seconds = 0;
  private paused = false;
  private dirty = false;
  private fetching = false;
  private nextAt = 0;
  private readAt = performance.now();
  private following: Following | undefined;
  /** The list that is about to be shown, as the server sent it. */
  private coming: Element | null = null;
  /** The time of what the page shows, where not all of it is of now. */
  private behind: string | undefined;
  private came = 0;
  private went = 0;
  /** Whether only the order of rows waits, and whether that is still to be said. */
  private reordered = false;
  private saysOrder = false;
  private announcedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly page: Document, bar: HTMLElement, delivered: Element | null) {
    this.bar = bar;
    this.state = bar.querySelector<HTMLElement>('.live-state')!;
    this.pause = bar.querySelector<HTMLButtonElement>('button')!;
    this.pill = page.getElementById('live-pill')!;
    this.settle(delivered);
    this.stream = new LiveStream(within(page, '/api/v1/events'), bar.dataset['after'] ?? '', (event) => this.hear(event), (state, seconds) => this.changed(state, seconds));
  }

  install(): void {
    this.bar.removeAttribute('data-scripted');
    this.pause.addEventListener('click', () => this.toggle());
    this.pill.querySelector('button')!.addEventListener('click', () => location.reload());
    this.page.addEventListener('visibilitychange', () => this.visible());
    this.page.addEventListener('htmx:before:swap', (event) => (this.coming = incoming((event as CustomEvent<Swap>).detail)));
    this.page.addEventListener('htmx:after:swap', () => this.settle(this.coming));
    window.setInterval(() => this.look(), LOOK_MILLIS);
    this.visible();
  }

  private visible(): void {
    if (this.page.hidden) {
      this.stream.stop();
      this.changed('off', 0);
    } else if (this.now !== 'signedOut') {
      this.stream.start();
    }
  }

  toggle(): void {
    this.paused = !this.paused;
    this.pause.setAttribute('aria-pressed', String(this.paused));
    this.draw();
  }

  private hear(event: StreamEvent): void {
    if (event.type === 'analysis' || event.type === 'reset' || (event.type === 'probe' && this.page.querySelector('[data-live-probe]') !== null)) {
      this.dirty = true;
    } else if (event.type === 'finding') {
      const { change } = JSON.parse(event.data) as { change: string };
      this.came += change === 'new' ? 1 : 0;
      this.went += change === 'resolved' ? 1 : 0;
    }
  }

  private changed(state: StreamState, seconds: number): void {
    this.now = state;
    this.seconds = seconds;
    this.draw();
  }

  private draw(): void {
    const held = this.now === 'live' && !this.paused && this.dirty && this.disturbs();
    const word = this.now === 'live' && this.paused ? 'paused' : held ? 'held' : this.seconds === 0 && this.now === 'restarting' ? 'restartingNow' : this.following === undefined && this.now === 'live' ? 'still' : this.behind !== undefined && this.now === 'live' ? 'behind' : this.now;
    const text = (this.bar.dataset[says(word)] ?? '').replace('{n}', String(this.seconds)).replace('{t}', this.behind ?? this.bar.dataset['asOf'] ?? '');
    if (this.state.textContent !== text) {
      this.state.textContent = text;
    }
    this.bar.dataset['state'] = word;
  }

  private look(): void {
    this.dirty ||= performance.now() > this.readAt + AGES_MILLIS;
    this.draw();
    this.announce();
    const due = this.dirty && !this.paused && !this.fetching && this.now === 'live' && performance.now() >= this.nextAt;
    if (due && !this.disturbs()) {
      void this.refresh();
    }
  }

  /** What keeps still is answers that were kept, forms, and what a form led to: no address leads there again. */
  private settle(delivered: Element | null): void {
    const main = this.page.getElementById('content');
    const still = this.bar.hasAttribute('data-still') || delivered?.querySelector('[data-still]') != null;
    this.following = main === null || delivered === null || still ? undefined : Following.of(main, delivered);
    this.behind = undefined;
    this.reordered = false;
    this.saysOrder = false;
    this.pill.hidden = true;
  }

  /** Whether an update would disturb somebody: of a page that keeps still, nothing changes that people are at. */
  private disturbs(): boolean {
    return this.following !== undefined && busy(this.page);
  }

  /** What is read anew: the page; of one that keeps still, what it says of others' changes, or a light one for the rail. */
  private source(): string {
    const watch = this.page.querySelector<HTMLElement>('main [data-live-from]')?.dataset['liveFrom'];
    return this.following !== undefined ? location.href : (watch ?? within(this.page, '/settings'));
  }

  private async refresh(): Promise<void> {
    this.fetching = true;
    this.dirty = false;
    const began = performance.now();
    const asked = location.href;
    this.readAt = began;
    try {
      const response = await fetch(this.source(), { headers: { Accept: 'text/html' }, cache: 'no-store' });
      if (response.status === 401 || response.status === 403 || response.redirected) {
        this.stream.stop();
        this.changed('signedOut', 0);
      } else if (response.ok || (this.following === undefined && response.status === 404)) {
        const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
        if (location.href === asked) {
          this.take(fresh);
        } else {
          this.dirty = true;
        }
      } else if (this.following !== undefined) {
        this.offer({ came: 0, went: 0, moved: 0, other: 1 });
      }
    } catch {
      this.dirty = true;
    }
    this.nextAt = performance.now() + Math.max(MIN_PAUSE_MILLIS, PAUSE_FACTOR * (performance.now() - began));
    this.fetching = false;
  }

  private take(fresh: Document): void {
    if (this.paused || this.disturbs()) {
      this.dirty = true;
      return;
    }
    patch(this.page, fresh);
    const now = fresh.getElementById('content');
    if (this.following !== undefined && now !== null) {
      this.offer(this.following.follow(now));
      if (this.behind === undefined) {
        this.bar.dataset['asOf'] = fresh.getElementById('live')?.dataset['asOf'] ?? '';
      }
    }
  }

  private offer(held: Held): void {
    const rows = held.came > 0 || held.went > 0;
    const order = held.moved > 0 && held.other === 0 && !rows;
    this.saysOrder = order && (this.saysOrder || !this.reordered);
    this.reordered = order;
    this.behind = held.other > 0 || held.moved > 0 ? (this.bar.dataset['asOf'] ?? '') : undefined;
    this.pill.hidden = !rows && this.behind === undefined;
    const text = this.pill.dataset[order ? 'order' : this.behind === undefined ? 'text' : 'changed'] ?? '';
    const said = text.replace('{came}', String(held.came)).replace('{went}', String(held.went)).replace('{t}', this.behind ?? '');
    const place = this.pill.querySelector('span')!;
    if (place.textContent !== said) {
      place.textContent = said;
    }
    this.draw();
  }

  /** Says which findings came and went, and that only the order of rows changed, at most every ten seconds. */
  private announce(): void {
    const status = this.page.getElementById('status');
    const findings = this.came > 0 || this.went > 0;
    if (status === null || !(findings || this.saysOrder) || performance.now() < this.announcedAt + ANNOUNCE_MILLIS) {
      return;
    }
    const summary = (this.bar.dataset[says('summary')] ?? '').replace('{came}', String(this.came)).replace('{went}', String(this.went));
    status.textContent = [findings ? summary : '', this.saysOrder ? (this.pill.dataset['order'] ?? '') : ''].filter((each) => each !== '').join(' · ');
    this.saysOrder = false;
    this.announcedAt = performance.now();
    this.came = 0;
    this.went = 0;
  }
}

/** Keeps the page live; the answer pauses and resumes that. */
export function installLive(page: Document, delivered: Element | null): () => void {
  const bar = page.getElementById('live');
  if (bar === null) {
    return () => undefined;
  }
  const live = new Live(page, bar, delivered);
  live.install();
  return () => live.toggle();
}
