'use client';
import type { InstanceView, PlanView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { Notice } from '@zarpa/ui/components/notice';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { toast } from '@zarpa/ui/components/toast';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChangePlan } from '@/api/instance-orders.ts';
import { useInstances } from '@/api/instances.ts';
import { useMetrics } from '@/api/metrics.ts';
import { usePlans } from '@/api/plans.ts';
import { useFormat } from '@/format/use-format.ts';
import { usePlanName } from '@/format/use-plan-name.ts';
import { hasRoom } from '@/new-instance/draft.ts';
import { PlanChoice } from '@/new-instance/plan-section.tsx';
import { useErrorText } from '@/shell/use-error-text.ts';
import { effectOf } from './plan-effect.ts';
import { SettingsSection } from './settings-section.tsx';

/** The plans side by side, and what a change would mean for the bot as it is now. */
export function PlanPanel({ instance }: { instance: InstanceView }) {
  const t = useTranslations('settings.plan');
  const errorText = useErrorText();
  const plans = usePlans();
  const instances = useInstances().data?.items ?? [];
  const [chosenId, choose] = useState(instance.planId);
  const chosen = plans.data?.find((plan) => plan.planId === chosenId);
  return (
    <SettingsSection id="plan" title={t('title')} description={t('description')}>
      {plans.isError ? <p className="text-fail-text text-sm">{errorText(plans.error)}</p> : null}
      <div role="radiogroup" aria-label={t('title')} className="grid gap-2 sm:grid-cols-3">
        {plans.isPending ? ['a', 'b', 'c'].map((key) => <Skeleton key={key} className="h-28 rounded-lg" />) : null}
        {plans.data?.map((plan) => (
          <PlanChoice
            key={plan.planId}
            plan={plan}
            chosen={plan.planId === chosenId}
            full={plan.planId !== instance.planId && !hasRoom(plan, instances)}
            onChoose={() => choose(plan.planId)}
          />
        ))}
      </div>
      {chosen && chosen.planId !== instance.planId ? <PlanChange instance={instance} plan={chosen} /> : null}
    </SettingsSection>
  );
}

function PlanChange({ instance, plan }: { instance: InstanceView; plan: PlanView }) {
  const t = useTranslations('settings.plan');
  const format = useFormat();
  const planName = usePlanName();
  const errorText = useErrorText();
  const change = useChangePlan(instance.instanceId);
  const runs = instance.state === 'running';
  const used = useMetrics(instance.instanceId, '1h', runs).data?.points.at(-1)?.memoryBytes ?? 0;
  const effect = effectOf({ runs, usedBytes: used, fromMb: instance.memoryMb, toMb: plan.memoryMb });
  const name = planName(plan);
  const apply = async () => {
    try {
      await change.mutateAsync(plan.planId);
      toast.success(t('changed', { plan: name }));
    } catch (error) {
      toast.error(t('failed'), { description: errorText(error) });
    }
  };
  return (
    <Notice
      tone={effect === 'downTight' ? 'warn' : 'info'}
      title={t('price', { price: format.money(plan.priceCents, plan.currency) })}
      actions={
        <Button variant="primary" pending={change.isPending} pendingLabel={t('changing')} onClick={() => void apply()}>
          {t('change', { plan: name })}
        </Button>
      }
    >
      {t(effect, { used: format.bytes(used), limit: format.megabytes(plan.memoryMb) })}
    </Notice>
  );
}
