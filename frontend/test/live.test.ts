import { afterEach, describe, expect, it, vi } from 'vitest';
import { delayMillis, EventParser, LiveStream } from '../src/live-stream';

describe('EventParser', () => {
  it('cuts the stream into events, however it comes', () => {
    const text = 'id:a-1\nretry:3000\n:events\n\nid:a-2\nevent:finding\ndata:{"x":\ndata: 1}\n\n: alive\n\n';
    const parser = new EventParser();
    const events = [...text].flatMap((letter) => parser.push(letter));

    expect(events).toEqual([{ id: 'a-2', type: 'finding', data: '{"x":\n1}' }]);
    expect(parser.lastId).toBe('a-2');
  });

  it('takes carriage returns, fields without a colon and events without a type', () => {
    expect(new EventParser().push('data\r\ndata:b\r\n\r\n')).toEqual([{ id: '', type: 'message', data: '\nb' }]);
  });

  it('keeps what is not whole', () => {
    expect(new EventParser().push('event:finding\ndata:1\n')).toEqual([]);
  });
});

describe('delayMillis', () => {
  it.each([[1, 500, 1_000], [2, 1_000, 2_000], [3, 1_250, 2_500], [30, 1_250, 2_500], [31, 2_500, 5_000], [34, 15_000, 30_000], [600, 15_000, 30_000]])(
    'waits before attempt %i between %i and %i ms',
    (attempt, least, most) => {
      expect([delayMillis(attempt, 0), delayMillis(attempt, 1)]).toEqual([least, most]);
    },
  );
});

describe('LiveStream', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('does not wait for an address that says nothing', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('window', globalThis);
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string, { signal }: { signal: AbortSignal }) => {
      asked.push(url);
      return new Promise((_, refused) => signal.addEventListener('abort', () => refused(new Error('aborted'))));
    });
    const states: string[] = [];
    const stream = new LiveStream('/events', '', () => undefined, (state) => states.push(state));

    stream.start();
    await vi.advanceTimersByTimeAsync(11_000);

    expect(asked).toEqual(['/events', '/events']);
    expect(states).toEqual(['connecting', 'waiting', 'connecting']);
    stream.stop();
  });
});
