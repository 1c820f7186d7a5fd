'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { Panel, PanelBody, PanelHeader } from '@zarpa/ui/components/panel';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { ArrowRight, Minus, Plus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { usePlans } from '@/api/plans.ts';
import { useFormat } from '@/format/use-format.ts';
import { usePlanName } from '@/format/use-plan-name.ts';
import { type Change, changesBetween } from './changes.ts';
import { usePredecessor } from './use-predecessor.ts';

/** What differs from the version that was live before. */
export function ChangesPanel({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('deployments');
  const before = usePredecessor(deployment);
  return (
    <Panel>
      <PanelHeader
        title={t('changes.title')}
        description={
          before ? (
            <>
              {t('changes.since')}{' '}
              <Link
                href={`/instances/${before.instanceId}/deployments/${before.deploymentId}`}
                className="lowercase underline underline-offset-4 hover:text-ink"
              >
                {t('number', { number: before.number })}
              </Link>
            </>
          ) : null
        }
      />
      <PanelBody className="text-sm">
        {before === undefined ? <Skeleton className="h-20 rounded-lg" /> : null}
        {before === null ? <p className="text-ink-soft">{t('changes.first')}</p> : null}
        {before ? <Changes before={before} after={deployment} /> : null}
      </PanelBody>
    </Panel>
  );
}

function Changes({ before, after }: { before: DeploymentView; after: DeploymentView }) {
  const t = useTranslations('deployments.changes');
  const changes = changesBetween(before, after);
  if (changes.length === 0) {
    return <p className="text-ink-soft">{after.trigger === 'variables' ? t('values') : t('none')}</p>;
  }
  return (
    <dl className="flex flex-col gap-3">
      {changes.map((change) => (
        <div key={change.field} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-3">
          <dt className="text-ink-faint text-xs leading-5">{t(`fields.${change.field}`)}</dt>
          <dd className="min-w-0">
            <ChangeText change={change} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ChangeText({ change }: { change: Change }) {
  const t = useTranslations('deployments.changes');
  const write = usePlanText();
  switch (change.field) {
    case 'variables':
      return <Names added={change.added} removed={change.removed} />;
    case 'plan':
      return <FromTo before={write(change.before)} after={write(change.after)} />;
    case 'commit':
      return <FromTo mono before={change.before?.slice(0, 7)} after={change.after?.slice(0, 7)} />;
    case 'folder':
      return <FromTo mono before={change.before || t('root')} after={change.after || t('root')} />;
    default:
      return <FromTo mono before={change.before ?? undefined} after={change.after ?? undefined} />;
  }
}

function usePlanText(): (plan: { planId: string; memoryMb: number }) => string {
  const plans = usePlans();
  const planName = usePlanName();
  const format = useFormat();
  return ({ planId, memoryMb }) => {
    const name = plans.data?.find((plan) => plan.planId === planId)?.name ?? planId;
    return `${planName({ planId, name })} (${format.megabytes(memoryMb)})`;
  };
}

function FromTo({
  before,
  after,
  mono = false,
}: {
  before: string | undefined;
  after: string | undefined;
  mono?: boolean;
}) {
  const t = useTranslations('deployments.changes');
  const face = mono ? 'break-words font-mono text-xs leading-5' : '';
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <span className={`${face} text-ink-faint`}>
        <span className="sr-only">{t('from')}: </span>
        {before ?? t('nothing')}
      </span>
      <ArrowRight aria-hidden className="size-3.5 shrink-0 self-center text-ink-faint" strokeWidth={1.5} />
      <span className={face}>
        <span className="sr-only">{t('to')}: </span>
        {after ?? t('nothing')}
      </span>
    </p>
  );
}

function Names({ added, removed }: { added: readonly string[]; removed: readonly string[] }) {
  const t = useTranslations('deployments.changes');
  const line = (name: string, word: 'added' | 'removed', Icon: typeof Plus, colour: string) => (
    <li key={name} className="flex min-w-0 items-center gap-1.5 font-mono text-xs leading-5">
      <Icon aria-hidden className={`size-3.5 shrink-0 ${colour}`} strokeWidth={2} />
      <span className="min-w-0 break-words">{name}</span>
      <span className="sr-only">, {t(word)}</span>
    </li>
  );
  return (
    <ul>
      {added.map((name) => line(name, 'added', Plus, 'text-running-text'))}
      {removed.map((name) => line(name, 'removed', Minus, 'text-fail-text'))}
    </ul>
  );
}
