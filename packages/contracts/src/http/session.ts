import { z } from 'zod';
import { OwnerId } from '../ids.ts';
import { Timestamp } from '../primitives.ts';

export const SessionView = z
  .object({
    ownerId: OwnerId,
    kind: z.enum(['guest', 'account']),
    createdAt: Timestamp,
    expiresAt: Timestamp,
    github: z.object({ login: z.string(), name: z.string().nullable(), avatarUrl: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'SessionView' });
export type SessionView = z.infer<typeof SessionView>;
