import { describe, expect, it } from 'vitest';
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
