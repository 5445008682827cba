import { describe, expect, it } from 'vitest';
import { led } from '../src/matrix-keys';

/** Three rows of four cells; two cells hold nothing. */
const GRID = [
  [true, true, false, true],
  [true, false, true, true],
  [true, true, true, true],
];

describe('walking in the matrix', () => {
  it.each([
    [0, 0, 'ArrowRight', [0, 1]],
    [0, 1, 'ArrowRight', [0, 3]],
    [0, 3, 'ArrowRight', undefined],
    [0, 3, 'ArrowLeft', [0, 1]],
    [0, 0, 'ArrowLeft', undefined],
    [0, 1, 'ArrowDown', [2, 1]],
    [2, 1, 'ArrowUp', [0, 1]],
    [2, 2, 'ArrowUp', [1, 2]],
    [1, 2, 'ArrowUp', undefined],
    [2, 2, 'ArrowDown', undefined],
    [1, 3, 'Home', [1, 0]],
    [1, 0, 'End', [1, 3]],
    [1, 0, 'a', undefined],
  ])('from row %i, column %i by %s to %s', (row, column, key, to) => {
    expect(led(GRID, row, column, key)).toEqual(to);
  });
});
