import { expect, it } from 'vitest';
import { hostId, isProcessAlive } from '../../../src/lib/host-id.js';

it('hostId stays the same and tells no name', () => {
  expect(hostId()).toBe(hostId());
  expect(hostId()).toMatch(/^[0-9a-f]{32}$/);
});

it('isProcessAlive knows this process, and none beyond the highest pid', () => {
  expect(isProcessAlive(process.pid)).toBe(true);
  expect(isProcessAlive(2 ** 30)).toBe(false);
});
