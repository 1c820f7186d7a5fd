'use client';
import { useTranslations } from 'next-intl';
import { usePlans } from '@/api/plans.ts';
import { useFormat } from '@/format/use-format.ts';
import { usePlanName } from '@/format/use-plan-name.ts';

/** What each plan gives and costs, as the API has it. Nothing stands here until it has said so. */
export function PlanPrices() {
  const t = useTranslations('landing');
  const common = useTranslations('common');
  const format = useFormat();
  const planName = usePlanName();
  const plans = usePlans();
  if (!plans.data) return null;
  return (
    <section aria-labelledby="plans" className="flex flex-col gap-6">
      <h2 id="plans" className="font-semibold text-2xl">
        {t('plans.title')}
      </h2>
      <ul className="grid overflow-hidden rounded-xl border border-line bg-surface sm:auto-cols-fr sm:grid-flow-col">
        {plans.data.map((plan) => (
          <li
            key={plan.planId}
            className="flex flex-col gap-3 border-line p-6 not-first:border-t sm:not-first:border-t-0 sm:not-first:border-l"
          >
            <h3 className="text-ink-soft text-base">{planName(plan)}</h3>
            <p className="tabular flex items-baseline gap-1.5">
              <span className="font-semibold text-2xl">
                {plan.priceCents === 0 ? common('free') : format.money(plan.priceCents, plan.currency)}
              </span>
              {plan.priceCents === 0 ? null : <span className="text-ink-faint text-sm">{common('perMonth')}</span>}
            </p>
            <p className="text-ink-soft text-sm">
              {t('plans.memory', { memory: format.megabytes(plan.memoryMb) })}
              <br />
              {t('plans.storage', { storage: format.megabytes(plan.storageMb) })}
              {plan.perOwnerLimit === null ? null : (
                <>
                  <br />
                  {t('plans.limit', { count: plan.perOwnerLimit })}
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
