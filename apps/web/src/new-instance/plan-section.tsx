'use client';
import type { PlanView } from '@zarpa/api-client';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/format/use-format.ts';
import { usePlanName } from '@/format/use-plan-name.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { hasRoom } from './draft.ts';
import { Section } from './section.tsx';
import type { NewInstanceForm } from './use-new-instance.ts';

/** The plans side by side. */
export function PlanSection({ form }: { form: NewInstanceForm }) {
  const t = useTranslations('newInstance.plan');
  const errorText = useErrorText();
  const { plans } = form;
  return (
    <Section title={t('title')} description={t('description')}>
      {plans.isError ? <p className="text-fail-text text-sm">{errorText(plans.error)}</p> : null}
      <div role="radiogroup" aria-label={t('title')} className="grid gap-2 sm:grid-cols-3">
        {plans.isPending ? ['a', 'b', 'c'].map((key) => <Skeleton key={key} className="h-28 rounded-lg" />) : null}
        {plans.data?.map((plan) => (
          <PlanChoice
            key={plan.planId}
            plan={plan}
            chosen={form.plan?.planId === plan.planId}
            full={!hasRoom(plan, form.instances)}
            onChoose={() => form.change({ planId: plan.planId })}
          />
        ))}
      </div>
    </Section>
  );
}

/** One plan: its name, price and what it gives. */
export function PlanChoice({
  plan,
  chosen,
  full,
  onChoose,
}: {
  plan: PlanView;
  chosen: boolean;
  full: boolean;
  onChoose: () => void;
}) {
  const t = useTranslations('newInstance.plan');
  const common = useTranslations('common');
  const format = useFormat();
  const planName = usePlanName();
  return (
    <label className="flex cursor-pointer flex-col gap-1 rounded-lg border border-line-strong p-3.5 transition-colors hover:border-ink-faint has-[:checked]:border-brand has-[:disabled]:cursor-not-allowed has-[:checked]:bg-brand/6 has-[:disabled]:opacity-60 has-[:checked]:ring-1 has-[:checked]:ring-brand has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-brand has-[:focus-visible]:outline-offset-2">
      <span className="flex items-center gap-2">
        <input
          type="radio"
          name="plan"
          className="accent-(--brand) outline-none"
          checked={chosen}
          disabled={full}
          onChange={onChoose}
        />
        <span className="font-medium text-sm">{planName(plan)}</span>
      </span>
      <span className="tabular mt-1 font-semibold text-lg">
        {plan.priceCents === 0 ? common('free') : format.money(plan.priceCents, plan.currency)}
      </span>
      <span className="tabular text-ink-soft text-xs">
        {t('resources', { memory: format.megabytes(plan.memoryMb), storage: format.megabytes(plan.storageMb) })}
      </span>
      {full ? <span className="text-warn-text text-xs">{t('full', { count: plan.perOwnerLimit ?? 0 })}</span> : null}
    </label>
  );
}
