'use client';
import type { PlanView } from '@zarpa/api-client';
import { useTranslations } from 'next-intl';

/** A plan's name in the reader's language; a plan that came after this release keeps the name it was given. */
export function usePlanName(): (plan: Pick<PlanView, 'planId' | 'name'>) => string {
  const t = useTranslations('common.plans');
  return (plan) => (t.has(plan.planId) ? t(plan.planId) : plan.name);
}
