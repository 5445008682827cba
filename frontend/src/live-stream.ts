/** One event of a stream of Server-Sent Events. */
export interface StreamEvent {
  id: string;
  type: string;
  data: string;
}

/** Cuts what comes over the wire into events; what is not yet whole waits for the next piece. */
export class EventParser {
  private rest = '';
  private id = '';
  private type = '';
  private data: string[] = [];

  /** The id to resume after, also of blocks that carry nothing else. */
  get lastId(): string {
    return this.id;
  }

  push(piece: string): StreamEvent[] {
    const events: StreamEvent[] = [];
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      this.take(line.endsWith('\r') ? line.slice(0, -1) : line, events);
    }
    return events;
  }

  private take(line: string, events: StreamEvent[]): void {
    if (line === '') {
      if (this.data.length > 0) {
        events.push({ id: this.id, type: this.type || 'message', data: this.data.join('\n') });
      }
      this.type = '';
      this.data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') {
      this.id = value;
    } else if (field === 'event') {
      this.type = value;
    } else if (field === 'data') {
      this.data.push(value);
    }
  }
}

/** What the stream is doing; the live bar says it. */
export type StreamState = 'connecting' | 'live' | 'waiting' | 'restarting' | 'signedOut' | 'off';

const FIRST_MILLIS = 1_000;
const SOON_MILLIS = 2_500;
const LATER_MILLIS = 30_000;
/** So many attempts are a minute. */
const SOON = 30;

/**
 * How long to wait before the nth attempt in a row: a minute long at most so that a console that is back is found at once, then more
 * seldom. Between a half and the whole of that, by chance (0 to 1), so that the pages of a console that is killed do not all come at once.
 */
export function delayMillis(attempt: number, chance: number): number {
  const most = attempt <= SOON ? Math.min(SOON_MILLIS, FIRST_MILLIS * 2 ** (attempt - 1)) : Math.min(LATER_MILLIS, SOON_MILLIS * 2 ** (attempt - SOON));
  return Math.round((most / 2) * (1 + chance));
}

const SILENCE_MILLIS = 25_000;
/** A stream's head comes at once; an address that nobody has any more says nothing. */
const OPEN_MILLIS = 10_000;

/** One stream that stays open, resumes where it broke, and stops where nobody is signed in. */
export class LiveStream {
  private attempts = 0;
  private closing = false;
  private abort: AbortController | undefined;
  private timer: number | undefined;

  constructor(
    private readonly url: string,
    private lastId: string,
    private readonly heard: (event: StreamEvent) => void,
    private readonly changed: (state: StreamState, seconds: number) => void,
  ) {}

  start(): void {
    this.stop();
    const abort = new AbortController();
    this.abort = abort;
    this.changed(this.closing ? 'restarting' : 'connecting', 0);
    this.read(abort).catch(() => this.retry(abort));
  }

  /** Closes it, as when the tab is hidden; `start` resumes it. */
  stop(): void {
    window.clearTimeout(this.timer);
    this.abort?.abort();
    this.abort = undefined;
  }

  private async read(abort: AbortController): Promise<void> {
    const late = window.setTimeout(() => abort.abort(), OPEN_MILLIS);
    const response = await fetch(this.url, {
      headers: { Accept: 'text/event-stream', 'Last-Event-ID': this.lastId },
      cache: 'no-store',
      signal: abort.signal,
    }).finally(() => window.clearTimeout(late));
    const signedOut = response.status === 401 || response.status === 403 || response.redirected;
    if (signedOut || !response.ok || response.body === null) {
      abort.abort();
      if (signedOut) {
        this.changed('signedOut', 0);
        return;
      }
      throw new Error(`status ${response.status}`);
    }
    await this.listen(response.body.pipeThrough(new TextDecoderStream()).getReader(), abort);
    throw new Error('the stream ended');
  }

  private async listen(reader: ReadableStreamDefaultReader<string>, abort: AbortController): Promise<void> {
    const parser = new EventParser();
    for (;;) {
      const silence = window.setTimeout(() => abort.abort(), SILENCE_MILLIS);
      const { done, value } = await reader.read().finally(() => window.clearTimeout(silence));
      if (done) {
        return;
      }
      if (this.attempts > 0 || !this.closing) {
        this.changed('live', 0);
      }
      this.attempts = 0;
      for (const event of parser.push(value)) {
        if (event.type === 'shutdown') {
          this.closing = true;
        } else {
          this.closing = false;
          this.heard(event);
        }
      }
      this.lastId = parser.lastId || this.lastId;
    }
  }

  private retry(abort: AbortController): void {
    if (this.abort !== abort) {
      return;
    }
    this.attempts += 1;
    this.countDown(delayMillis(this.attempts, Math.random()));
  }

  private countDown(millis: number): void {
    if (millis <= 0) {
      this.start();
      return;
    }
    this.changed(this.closing ? 'restarting' : 'waiting', Math.ceil(millis / 1000));
    this.timer = window.setTimeout(() => this.countDown(millis - 1000), Math.min(millis, 1000));
  }
}
