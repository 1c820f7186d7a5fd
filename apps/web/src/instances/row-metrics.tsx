'use client';
import type { MetricSample } from '@zarpa/api-client';
import { MemoryBar } from '@zarpa/ui/components/memory-bar';
import { cn } from '@zarpa/ui/lib/cn';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/format/use-format.ts';

const megabyte = 1_048_576;

/** Memory in use, of the plan's. */
export function RowMemory({
  limitMb,
  sample,
  className,
}: {
  limitMb: number;
  sample: MetricSample | undefined;
  className?: string;
}) {
  const label = useMemoryLabel(limitMb, sample);
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <MemoryBar usedBytes={sample?.memoryBytes ?? null} limitBytes={limitMb * megabyte} label={label} />
      <span className="tabular text-ink-faint text-xs">{label}</span>
    </div>
  );
}

/** Memory in use, of the plan's, in words alone. */
export function MemoryText({ limitMb, sample }: { limitMb: number; sample: MetricSample | undefined }) {
  return <span className="tabular truncate text-ink-faint text-xs">{useMemoryLabel(limitMb, sample)}</span>;
}

function useMemoryLabel(limitMb: number, sample: MetricSample | undefined): string {
  const t = useTranslations('instances');
  const format = useFormat();
  const limit = format.megabytes(limitMb);
  return sample ? t('memoryOf', { used: format.bytes(sample.memoryBytes), limit }) : limit;
}
