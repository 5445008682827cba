import { describe, expect, it } from 'vitest';
import { does } from '../src/live-keys';

const STANDARD = '/ g j k [ ] . ?';

describe('what a key does', () => {
  it.each([
    [STANDARD, '/', 'filter'],
    [STANDARD, 'g', 'go'],
    [STANDARD, 'j', 'nextRow'],
    [STANDARD, 'k', 'previousRow'],
    [STANDARD, '[', 'previousHop'],
    [STANDARD, ']', 'nextHop'],
    [STANDARD, '.', 'pause'],
    [STANDARD, '?', 'sheet'],
    [STANDARD, 'J', undefined],
    [STANDARD, 'Enter', undefined],
    ['/ g n p [ ]  ?', 'n', 'nextRow'],
    ['/ g n p [ ]  ?', 'j', undefined],
    ['/ g n p [ ]  ?', '.', undefined],
    ['/ g n p [ ]  ?', '?', 'sheet'],
    [undefined, 'j', undefined],
  ])('%s: %s does %s', (keymap, key, expected) => {
    expect(does(keymap, key)).toBe(expected);
  });
});
