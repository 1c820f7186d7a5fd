import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { ClusterId } from '@zarpa/contracts';

/** Which worker speaks, and for which cluster. */
export interface Envelope {
  readonly version: 1;
  readonly workerId: string;
  readonly clusterId: ClusterId;
}

/** Without a name of its own a worker that comes back is another one. */
export const newEnvelope = (clusterId: ClusterId, workerId: string): Envelope => ({
  version: 1,
  workerId: workerId === '' ? newWorkerId() : workerId,
  clusterId,
});

/** Usable in a Kubernetes object's name. */
function newWorkerId(): string {
  const host = hostname()
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 40);
  return `${host}-${process.pid}-${randomBytes(3).toString('hex')}`;
}
