import { describe, expect, it } from 'vitest';
import { moved } from '../src/pools';

describe('the address map', () => {
  it.each([
    ['ArrowRight', 0, 1],
    ['ArrowLeft', 17, 16],
    ['ArrowDown', 3, 19],
    ['ArrowUp', 19, 3],
    ['Home', 37, 32],
    ['End', 37, 47],
    ['PageDown', 5, 261],
    ['PageUp', 261, 5],
  ])('moves with %s from %i to %i', (key, from, to) => {
    expect(moved(key, from, 512)).toBe(to);
  });

  it('stays at the edges', () => {
    expect(moved('ArrowLeft', 0, 256)).toBe(0);
    expect(moved('ArrowDown', 250, 256)).toBe(250);
    expect(moved('PageDown', 5, 256)).toBe(5);
  });

  it('leaves other keys alone', () => {
    expect(moved('Enter', 5, 256)).toBeUndefined();
  });
});
