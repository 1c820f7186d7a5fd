import { z } from 'zod';

export const HealthView = z
  .object({ status: z.enum(['ok', 'failing']), /** Names of what does not work. */ failing: z.array(z.string()) })
  .meta({ id: 'HealthView' });
export type HealthView = z.infer<typeof HealthView>;
