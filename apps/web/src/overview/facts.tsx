'use client';
import type { InstanceView } from '@zarpa/api-client';
import { MemoryBar } from '@zarpa/ui/components/memory-bar';
import { Panel } from '@zarpa/ui/components/panel';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useMetrics } from '@/api/metrics.ts';
import { Uptime } from '@/format/uptime.tsx';
import { useFormat } from '@/format/use-format.ts';

const bytesPerMegabyte = 1_048_576;

/** Four numbers: how long it runs, memory, CPU, crashes. */
export function Facts({ instance }: { instance: InstanceView }) {
  const t = useTranslations('overview.facts');
  const format = useFormat();
  const runs = instance.state === 'running';
  const sample = useMetrics(instance.instanceId, '1h', runs).data?.points.at(-1);
  const used = runs && sample ? sample.memoryBytes : null;
  const limit = instance.memoryMb * bytesPerMegabyte;
  const memory = used === null ? t('none') : format.bytes(used);
  return (
    <Panel className="grid grid-cols-2 lg:grid-cols-4 [&>*]:border-line max-lg:[&>*:nth-child(-n+2)]:border-b [&>*:nth-child(odd)]:border-r lg:[&>*:nth-child(2)]:border-r">
      <Fact label={t('uptime')}>{runs && instance.startedAt ? <Uptime since={instance.startedAt} /> : t('none')}</Fact>
      <Fact
        label={t('memory')}
        below={
          <MemoryBar
            usedBytes={used}
            limitBytes={limit}
            label={t('memoryOf', { used: memory, limit: format.megabytes(instance.memoryMb) })}
          />
        }
      >
        {memory}
        <span className="font-normal text-ink-faint text-sm"> / {format.megabytes(instance.memoryMb)}</span>
      </Fact>
      <Fact label={t('cpu')}>
        {runs && sample
          ? format.number(sample.cpuMillis / 1000, { style: 'percent', maximumFractionDigits: 1 })
          : t('none')}
      </Fact>
      <Fact label={t('restarts')}>{format.number(instance.restarts)}</Fact>
    </Panel>
  );
}

function Fact({ label, below, children }: { label: string; below?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-24 flex-col gap-1 px-5 py-4">
      <span className="text-ink-soft text-sm">{label}</span>
      <span className="tabular font-semibold text-lg">{children}</span>
      {below ? <div className="mt-1">{below}</div> : null}
    </div>
  );
}
