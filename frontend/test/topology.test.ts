import { describe, expect, it } from 'vitest';
import { legible, scaleAfter } from '../src/topology';

describe('scaleAfter', () => {
  it.each([
    [1, '1', 1.25],
    [1.25, '-1', 1],
    [2, '0', 1],
    [1, 'fit', 0.5],
    [3, '1', 3],
    [0.25, '-1', 0.25],
  ])('leads from %s by %s to %s', (now, by, after) => {
    expect(scaleAfter(now, by, 1000, 500)).toBeCloseTo(after);
  });
});

describe('legible', () => {
  it('is false where 12 pixels would be drawn as fewer than 11', () => {
    expect(legible(1)).toBe(true);
    expect(legible(0.92)).toBe(true);
    expect(legible(0.9)).toBe(false);
  });
});
