'use client';
import type { Reason } from '@zarpa/api-client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { reasonValues } from './reason-values.ts';

/** A reason as sentences: what happened (begins in lower case, to follow a colon) and what to do. */
export function useReason() {
  const t = useTranslations('reason');
  return useMemo(
    () => ({
      text: (reason: Reason) => t(`${reason.code}.text`, reasonValues(reason)),
      todo: (reason: Reason) => t(`${reason.code}.todo`, reasonValues(reason)),
    }),
    [t],
  );
}
