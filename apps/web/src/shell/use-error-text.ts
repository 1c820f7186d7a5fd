'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { ApiProblem, isUnreachable } from '@/api/problem.ts';

/** Turns what a call threw into a sentence for the reader. The API's own sentences are already in their language. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('problem');
  return useCallback(
    (error) => {
      if (error instanceof ApiProblem && !isUnreachable(error)) return error.message;
      return t('unreachable');
    },
    [t],
  );
}
