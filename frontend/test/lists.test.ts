import { describe, expect, it } from 'vitest';
import { restores } from '../src/lists';

describe('restores', () => {
  it.each([
    [{ 'HX-History-Restore-Request': 'true' }, true],
    [{ 'HX-Request': 'true' }, false],
  ])('tells going back by its header: %o', (headers: Record<string, string>, expected) => {
    expect(restores({ request: { action: '/pods', headers } })).toBe(expected);
  });
});
