import { describe, expect, it } from 'vitest';
import { copied, textOf } from '../src/copy';

const page = {
  location: { href: 'https://console.example/pods?q=ns:prod#rows-pods' },
  getElementById: (id: string) => (id === 'yaml' ? ({ textContent: 'kind: Pod' } as HTMLElement) : null),
};

const says = { copied: 'Copied', refused: 'Not copied' };

describe('copy buttons', () => {
  it.each([
    ['yaml', 'kind: Pod'],
    ['gone', ''],
    ['', 'https://console.example/pods?q=ns:prod#rows-pods'],
  ])('of %j copy %j', (id, text) => {
    expect(textOf(page, { dataset: { copy: id } })).toBe(text);
  });

  it('say what became of it', async () => {
    const kept: string[] = [];
    const willing = {
      writeText: (text: string) => {
        kept.push(text);
        return Promise.resolve();
      },
    };
    const unwilling = { writeText: () => Promise.reject(new Error('not allowed')) };

    expect(await copied(willing, 'kind: Pod', says)).toEqual({ done: true, said: 'Copied' });
    expect(await copied(unwilling, 'kind: Pod', says)).toEqual({ done: false, said: 'Not copied' });
    expect(kept).toEqual(['kind: Pod']);
  });
});
