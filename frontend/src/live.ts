import { within } from './base';
import { type Moved, patch, show } from './live-patch';
import { LiveStream, type StreamEvent, type StreamState } from './live-stream';

const MIN_PAUSE_MILLIS = 2_000;
const PAUSE_FACTOR = 10;
const ANNOUNCE_MILLIS = 10_000;
const LOOK_MILLIS = 300;

/** Whether somebody is at something that an update would disturb. */
export function busy(page: Document): boolean {
  const active = page.activeElement;
  const typing = active?.closest('main, dialog') != null && active.matches('input:not([type=checkbox], [type=radio]), textarea, select');
  const selection = page.getSelection();
  return typing || (selection !== null && !selection.isCollapsed) || page.querySelector('dialog[open], details.menu[open]') !== null;
}

/** The attribute of the bar that holds the words of a state. */
function says(word: string): string {
  return `says${word.charAt(0).toUpperCase()}${word.slice(1)}`;
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
  private newest: Document | undefined;
  private came = 0;
  private went = 0;
  private announcedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly page: Document, bar: HTMLElement) {
    this.bar = bar;
    this.state = bar.querySelector<HTMLElement>('.live-state')!;
    this.pause = bar.querySelector<HTMLButtonElement>('button')!;
    this.pill = page.getElementById('live-pill')!;
    this.stream = new LiveStream(within(page, '/api/v1/events'), bar.dataset['after'] ?? '', (event) => this.hear(event), (state, seconds) => this.changed(state, seconds));
  }

  install(): void {
    this.bar.hidden = false;
    this.pause.addEventListener('click', () => this.toggle());
    this.pill.querySelector('button')!.addEventListener('click', () => this.show());
    this.page.addEventListener('visibilitychange', () => this.visible());
    this.page.addEventListener('htmx:after:swap', () => this.forget());
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
    const held = this.now === 'live' && !this.paused && this.dirty && busy(this.page);
    const word = this.now === 'live' && this.paused ? 'paused' : held ? 'held' : this.seconds === 0 && this.now === 'restarting' ? 'restartingNow' : this.now;
    const text = (this.bar.dataset[says(word)] ?? '').replace('{n}', String(this.seconds));
    if (this.state.textContent !== text) {
      this.state.textContent = text;
    }
    this.bar.dataset['state'] = word;
  }

  private look(): void {
    this.draw();
    this.announce();
    const due = this.dirty && !this.paused && !this.fetching && this.now === 'live' && performance.now() >= this.nextAt;
    if (due && !busy(this.page)) {
      void this.refresh();
    }
  }

  /** Reads the page anew; one that shows nothing live reads a light one, for the rail. */
  private async refresh(): Promise<void> {
    this.fetching = true;
    this.dirty = false;
    const began = performance.now();
    const asked = location.href;
    const shown = this.page.querySelector('main [data-live], main [data-live-rows]') !== null;
    try {
      const response = await fetch(shown ? location.href : within(this.page, '/settings'), { headers: { Accept: 'text/html' }, cache: 'no-store' });
      if (response.status === 401 || response.status === 403) {
        this.stream.stop();
        this.changed('signedOut', 0);
      } else if (response.ok && !response.redirected) {
        const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
        if (location.href === asked) {
          this.take(fresh);
        } else {
          this.dirty = true;
        }
      }
    } catch {
      this.dirty = true;
    }
    this.nextAt = performance.now() + Math.max(MIN_PAUSE_MILLIS, PAUSE_FACTOR * (performance.now() - began));
    this.fetching = false;
  }

  /** The page shows another list now: what is known of the one before counts no more. */
  private forget(): void {
    this.newest = undefined;
    this.pill.hidden = true;
  }

  private take(fresh: Document): void {
    if (this.paused || busy(this.page)) {
      this.dirty = true;
      return;
    }
    this.newest = fresh;
    this.offer(patch(this.page, fresh));
  }

  private offer(moved: Moved): void {
    const none = moved.came === 0 && moved.went === 0;
    this.pill.hidden = none;
    if (!none) {
      const text = (this.pill.dataset['text'] ?? '').replace('{came}', String(moved.came)).replace('{went}', String(moved.went));
      this.pill.querySelector('span')!.textContent = text;
    }
  }

  private show(): void {
    if (this.newest === undefined || !show(this.page, this.newest)) {
      location.reload();
      return;
    }
    this.pill.hidden = true;
    this.page.getElementById('content')?.focus({ preventScroll: true });
  }

  /** Says which findings came and went, at most every ten seconds. */
  private announce(): void {
    const status = this.page.getElementById('status');
    if (status === null || (this.came === 0 && this.went === 0) || performance.now() < this.announcedAt + ANNOUNCE_MILLIS) {
      return;
    }
    status.textContent = (this.bar.dataset[says('summary')] ?? '').replace('{came}', String(this.came)).replace('{went}', String(this.went));
    this.announcedAt = performance.now();
    this.came = 0;
    this.went = 0;
  }
}

/** Keeps the page live; the answer pauses and resumes that. */
export function installLive(page: Document): () => void {
  const bar = page.getElementById('live');
  if (bar === null) {
    return () => undefined;
  }
  const live = new Live(page, bar);
  live.install();
  return () => live.toggle();
}
