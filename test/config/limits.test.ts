// The section `limits` of the deployment's file: sizes with units, and what is said of those that cannot be.

import { expect, test } from 'vitest';
import { readConfigFile } from '../../server/config/file.ts';
import { readLimits } from '../../server/config/limits.ts';

const limits = (text: string) => readLimits(readConfigFile(text, 'cellstar.yaml').map().get('limits'));

test('Without the section all limits are the usual ones', () => {
  expect(readLimits(undefined)).toEqual({
    maxBodyBytes: 32 * 2 ** 20,
    maxJournalBytes: 8 * 2 ** 30,
    duckDbMemoryMb: 1024,
    detectThreads: 1,
  });
});

test('Each may be set by itself', () => {
  expect(limits('limits: {journal: 1.5GB, body: 4 MB}')).toMatchObject({
    maxJournalBytes: 1.5 * 2 ** 30,
    maxBodyBytes: 4 * 2 ** 20,
    detectThreads: 1,
  });
  expect(limits('limits:\n  duckdb: 2GB\n  detectThreads: 2')).toMatchObject({
    duckDbMemoryMb: 2048,
    detectThreads: 2,
  });
});

test.each([
  ['limits: {journal: big}', 'line 1: limits.journal must be a size such as 512MB or 8GB'],
  ['limits:\n  journal: 1KB', 'line 2: limits.journal must be at least 1MB'],
  ['limits:\n  body: 1TB', 'line 2: limits.body must be at most 256MB'],
  ['limits:\n  detectThreads: 1.5', 'line 2: limits.detectThreads must be a whole number'],
  ['limits:\n  disk: 1GB', 'line 2: limits.disk is not known here; known are body, journal, duckdb, detectThreads'],
])('%j is refused at its line', (text, message) => {
  expect(() => limits(text)).toThrow(message);
});
