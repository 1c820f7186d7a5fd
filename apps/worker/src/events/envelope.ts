import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { ClusterId } from '@zarpa/contracts';

/** Which worker speaks, and for which cluster. */
export interface Envelope {
  readonly version: 1;
  readonly workerId: string;
  readonly clusterId: ClusterId;
}

/** A new id for this process: a worker that comes back is another one. */
export const newEnvelope = (clusterId: ClusterId): Envelope => ({
  version: 1,
  workerId: `${hostname().slice(0, 60)}-${process.pid}-${randomBytes(3).toString('hex')}`,
  clusterId,
});
