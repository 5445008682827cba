import { describe, expect, it } from 'vitest';
import { within } from '../src/base';

describe('within', () => {
  it.each([
    [undefined, '/pods', '/pods'],
    ['/', '/pods', '/pods'],
    ['/underpass/', '/api/v1/events', '/underpass/api/v1/events'],
    ['/a/b/', '/', '/a/b/'],
  ])('under %s turns %s into %s', (root, path, whole) => {
    const dataset: DOMStringMap = root === undefined ? {} : { base: root };
    expect(within({ documentElement: { dataset } }, path)).toBe(whole);
  });
});
