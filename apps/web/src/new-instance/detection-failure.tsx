'use client';
import type { BuildPlanFailure } from '@zarpa/api-client';
import { Notice } from '@zarpa/ui/components/notice';
import { useTranslations } from 'next-intl';

/** Why no plan could be made, and what would have been recognised. */
export function DetectionFailure({ failure }: { failure: BuildPlanFailure }) {
  const t = useTranslations('newInstance.failure');
  return (
    <Notice tone="warn" title={t(`${failure.code}.title`, { file: failure.file ?? '' })}>
      <p>{t(`${failure.code}.todo`, { file: failure.file ?? '' })}</p>
      {failure.detail ? <p className="mt-1 break-words font-mono text-xs">{failure.detail}</p> : null}
      {failure.lookedFor.length > 0 ? (
        <p className="mt-2 text-xs">
          {t('lookedFor')} <span className="font-mono">{failure.lookedFor.join(', ')}</span>
        </p>
      ) : null}
    </Notice>
  );
}
