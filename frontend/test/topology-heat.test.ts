import { describe, expect, it } from 'vitest';
import { cellAt, filled, gridOf, stamp } from '../src/topology-heat';

describe('gridOf', () => {
  it.each([
    [3, 1000, 22, 45, 1],
    [5_000, 1000, 10, 100, 50],
    [2_000, 1000, 17, 58, 35],
    [100_000, 1200, 10, 120, 834],
    [4, 5, 22, 1, 4],
    [0, 1000, 22, 45, 0],
  ])('lays %i cells in %i pixels', (count, width, cell, columns, rows) => {
    expect(gridOf(count, width)).toEqual({ count, columns, rows, cell });
  });
});

describe('cellAt', () => {
  const grid = { count: 23, columns: 10, rows: 3, cell: 10 };

  it.each([
    [0, 0, 0],
    [9.9, 9.9, 0],
    [10, 0, 1],
    [99.9, 0, 9],
    [0, 10, 10],
    [29, 29, 22],
    [30, 29, undefined],
    [100, 0, undefined],
    [0, 30, undefined],
    [-1, 5, undefined],
    [5, -1, undefined],
  ])('finds at %d, %d the cell %s', (x, y, cell) => {
    expect(cellAt(grid, x, y)).toBe(cell);
  });
});

describe('stamp', () => {
  const by = new Map([
    ['r', new Uint32Array([1, 2, 3, 4])],
    ['x', new Uint32Array([5, 6, 7, 8])],
  ]);

  it('puts cells row by row, and nothing for a verdict it does not know', () => {
    const pixels = new Uint32Array(24);
    stamp(pixels, { count: 5, columns: 3, rows: 2, cell: 2 }, 2, 'rx?xr', by);
    expect([...pixels]).toEqual([1, 2, 5, 6, 0, 0, 3, 4, 7, 8, 0, 0, 5, 6, 1, 2, 0, 0, 7, 8, 3, 4, 0, 0]);
  });
});

describe('filled', () => {
  it.each([
    ['1', 16, 2],
    ['1', 6, 2],
    ['4', 18, 9],
    ['8', 18, 18],
    ['r', 18, 0],
    ['u', 18, 0],
  ])('fills a cell of %s that is %i high by %d', (share, size, height) => {
    expect(filled(share, size)).toBe(height);
  });
});
