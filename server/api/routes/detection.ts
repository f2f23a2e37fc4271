// The door that tells how the detector judges.

import { Router } from 'express';
import type { Auth } from '../auth.ts';
import type { Doors } from '../doors.ts';

export function detectionRoutes(doors: Doors, auth: Auth): Router {
  const router = Router();
  router.get('/api/detection', auth.allow('viewer', 'engineer', 'planner', 'care'), async (_request, response) => {
    response.json(await doors.detection());
  });
  return router;
}
