import { describe, expect, it } from 'vitest';
import { delaySeconds, EventParser } from '../src/live-stream';

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

describe('delaySeconds', () => {
  it.each([[1, 1], [2, 2], [3, 4], [5, 16], [6, 30], [60, 30]])('waits before attempt %i %i s', (attempt, seconds) => {
    expect(delaySeconds(attempt)).toBe(seconds);
  });
});
