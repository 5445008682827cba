import { describe, expect, it } from 'vitest';
import { walk } from '../src/topology-keys';

/** Two lanes of three tiles, and a third of one. */
const SPOTS = [
  { x: 0, y: 0 },
  { x: 0, y: 50 },
  { x: 0, y: 100 },
  { x: 300, y: 10 },
  { x: 300, y: 60 },
  { x: 600, y: 90 },
];

describe('walking between tiles', () => {
  it.each([
    [0, 'ArrowDown', 1],
    [1, 'ArrowDown', 2],
    [2, 'ArrowDown', undefined],
    [2, 'ArrowUp', 1],
    [0, 'ArrowUp', undefined],
    [1, 'ArrowRight', 4],
    [0, 'ArrowRight', 3],
    [4, 'ArrowRight', 5],
    [5, 'ArrowRight', undefined],
    [5, 'ArrowLeft', 4],
    [3, 'ArrowLeft', 0],
    [0, 'ArrowLeft', undefined],
    [4, 'Home', 0],
    [0, 'End', 5],
    [0, 'a', undefined],
    [-1, 'ArrowDown', undefined],
  ])('from %i by %s to %s', (at, key, to) => {
    expect(walk(SPOTS, at, key)).toBe(to);
  });

  it('passes every tile of a lane exactly once', () => {
    const seen = [0];
    for (let at = walk(SPOTS, 0, 'ArrowDown'); at !== undefined; at = walk(SPOTS, at, 'ArrowDown')) {
      seen.push(at);
    }
    expect(seen).toEqual([0, 1, 2]);
  });
});
