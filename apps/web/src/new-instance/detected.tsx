'use client';
import type { BuildPlan } from '@zarpa/api-client';
import { CodeBlock } from '@zarpa/ui/components/code-block';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Findings } from './findings.tsx';

/** A plan: what runs it, its commands, why, and the Dockerfile that follows. */
export function Detected({ plan }: { plan: BuildPlan }) {
  const t = useTranslations('newInstance.detection');
  const common = useTranslations('common');
  const commands = [
    { key: 'install', command: plan.installCommand },
    { key: 'build', command: plan.buildCommand },
    { key: 'start', command: plan.startCommand },
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <p className="font-medium text-lg">
        {t(`runtimes.${plan.runtime}`)}
        {plan.runtimeVersion === null ? null : ` ${plan.runtimeVersion}`}
        {plan.packageManager === null ? null : (
          <span className="font-normal text-ink-soft"> · {plan.packageManager}</span>
        )}
      </p>
      <dl className="flex flex-col gap-2 rounded-lg border border-line bg-raised/50 p-3.5 text-sm">
        {commands.map(({ key, command }) => (
          <div key={key} className="grid grid-cols-[5rem_minmax(0,1fr)] items-baseline gap-3">
            <dt className="text-ink-faint text-xs">{t(key)}</dt>
            <dd className={command === null ? 'text-ink-faint' : 'break-words font-mono text-sm'}>
              {command ?? (key === 'start' ? t('fromImage') : t('nothing'))}
            </dd>
          </div>
        ))}
      </dl>
      <Findings findings={plan.findings} />
      <details className="group">
        <summary className="flex list-none items-center gap-1.5 rounded-md text-ink-soft text-sm hover:text-ink [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 text-ink-faint transition-transform group-open:rotate-90" />
          {t('dockerfile')}
        </summary>
        <CodeBlock
          className="mt-2"
          title="Dockerfile"
          code={plan.dockerfile}
          copyLabel={common('copy')}
          copiedLabel={common('copied')}
        />
      </details>
    </div>
  );
}
