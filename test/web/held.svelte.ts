// What a page would hold around the alert list, reactive, for tests to change.

import type { Alert } from '../../server/api/contract.ts';

export const held = $state({
  alerts: new Map<string, Alert>() as ReadonlyMap<string, Alert>,
  stale: false,
  now: 0,
  whole: false,
});
