import type { INestApplication } from '@nestjs/common';
import { json, raw } from 'express';

const largestJson = '1mb';
/** GitHub sends none that is larger. */
const largestWebhook = '25mb';

/** JSON for all routes but webhooks, whose signature is over the very bytes that came in. */
export function useBodies(app: INestApplication): void {
  app.use('/webhooks', raw({ type: () => true, limit: largestWebhook }));
  app.use('/v1', json({ type: () => true, limit: largestJson, strict: false }));
}
