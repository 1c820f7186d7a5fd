import { z } from 'zod';
import { PlanId } from '../ids.ts';

export const PlanView = z
  .object({
    planId: PlanId,
    name: z.string(),
    memoryMb: z.int().positive(),
    cpuMillis: z.int().positive(),
    storageMb: z.int().positive(),
    /** Integer centavos a month. */
    priceCents: z.int().nonnegative(),
    currency: z.literal('BRL'),
    /** How many instances one owner may have on it; null without limit. */
    perOwnerLimit: z.int().positive().nullable(),
  })
  .meta({ id: 'PlanView' });
export type PlanView = z.infer<typeof PlanView>;

export const PlanList = z.object({ items: z.array(PlanView) }).meta({ id: 'PlanList' });
export type PlanList = z.infer<typeof PlanList>;
