import { describe, expect, it } from 'vitest';
import { textOf } from '../src/copy';
import { toTheme } from '../src/theme';

describe('toTheme', () => {
  it.each([
    ['dark', 'dark'],
    ['light', 'light'],
    ['contrast', 'contrast'],
    ['system', 'system'],
    ['<script>', 'system'],
    [null, 'system'],
  ])('reads %s as %s', (text, theme) => {
    expect(toTheme(text)).toBe(theme);
  });
});

describe('textOf', () => {
  const page = { getElementById: (id: string) => (id === 'trace' ? ({ textContent: 'hops' } as HTMLElement) : null) };

  it('is the text of the element that the button names', () => {
    expect(textOf(page, { dataset: { copy: 'trace' } })).toBe('hops');
  });

  it('is empty where there is none', () => {
    expect(textOf(page, { dataset: { copy: 'gone' } })).toBe('');
  });
});
