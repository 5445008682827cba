import { describe, expect, it } from 'vitest';
import { isTold } from '../src/forms';

describe('a form that is checked', () => {
  it.each([
    ['the one that somebody is at', 'f1', 'f1', ['f1'], true, false],
    ['one that was left', 'f1', 'f2', ['f1'], false, true],
    ['one that nobody was at', 'f3', 'f2', ['f1'], false, false],
    ['one that is told of already', 'f3', 'f2', ['f1'], true, true],
  ])('tells of %s: %s', (_, id, at, left, told, said) => {
    expect(isTold(id, at, new Set(left), told)).toBe(said);
  });
});
