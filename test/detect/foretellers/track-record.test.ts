// What a planner is told of full cells becomes as likely as it has proved to be in this network.

import { expect, test } from 'vitest';
import { TrackRecord } from '../../../server/detect/foretellers/congestion/track-record.ts';

function recordOf(forecasts: number, came: number, said = 0.7): TrackRecord {
  const record = new TrackRecord();
  for (let i = 0; i < forecasts; i++) record.note(said, i < came);
  return record;
}

test('before any forecast is over, what is said is said as shipped', () => {
  expect(recordOf(0, 0).chance(0.7)).toBeCloseTo(0.7);
});

test('where seven in ten came of what was said at 0.7, nothing changes', () => {
  expect(recordOf(100, 70).chance(0.7)).toBeCloseTo(0.7);
  expect(recordOf(100, 70).chance(0.9)).toBeCloseTo(0.9);
});

test('where less came, less is said, and the more forecasts are over the nearer it is to what came', () => {
  const [few, many] = [recordOf(10, 4).chance(0.7), recordOf(1000, 400).chance(0.7)];
  expect(few).toBeLessThan(0.65);
  expect(few).toBeGreaterThan(0.5);
  expect(many).toBeCloseTo(0.4, 1);
});

test('where all came it is said surer, and never as certain', () => {
  const chance = recordOf(50, 50).chance(0.7);
  expect(chance).toBeGreaterThan(0.85);
  expect(chance).toBeLessThan(1);
});

test('what stood behind a chance that was told is found again', () => {
  const record = recordOf(20, 8);
  expect(record.shippedOf(record.chance(0.73))).toBeCloseTo(0.73);
});
