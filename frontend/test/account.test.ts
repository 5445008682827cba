import { describe, expect, it } from 'vitest';
import { addToken } from '../src/account';

const page = (content: string | null): Pick<Document, 'querySelector'> => ({
  querySelector: (() => (content === null ? null : { content })) as Document['querySelector'],
});

describe('addToken', () => {
  it.each([
    ['abc', { 'X-CSRF-TOKEN': 'abc' }],
    ['', {}],
    [null, {}],
  ])('of %s sends %o', (content, sent) => {
    const headers: Record<string, string> = {};
    addToken(page(content), { detail: { ctx: { request: { headers } } } });
    expect(headers).toEqual(sent);
  });
});
