'use client';
import { Checkbox } from '@zarpa/ui/components/checkbox';
import { cn } from '@zarpa/ui/lib/cn';
import { useTranslations } from 'next-intl';
import { columns } from './columns.ts';

/** The names of the columns, and the tick for all rows. */
export function ListHead({
  checked,
  onCheckedChange,
}: {
  checked: boolean | 'indeterminate';
  onCheckedChange: (on: boolean) => void;
}) {
  const t = useTranslations('instances');
  return (
    <div className={cn(columns, 'h-9 border-line border-b bg-raised/50 text-ink-faint text-xs max-sm:hidden')}>
      <Checkbox label={t('selectAll')} checked={checked} onCheckedChange={onCheckedChange} />
      <span>{t('columns.state')}</span>
      <span>{t('columns.name')}</span>
      <span className="max-lg:hidden">{t('columns.memory')}</span>
      <span className="max-lg:hidden">{t('columns.activity')}</span>
      <span className="max-lg:hidden">{t('columns.deploy')}</span>
    </div>
  );
}
