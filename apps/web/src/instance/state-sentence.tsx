'use client';
import type { InstanceView } from '@zarpa/api-client';
import { useTranslations } from 'next-intl';
import { useClock } from '@/format/use-clock.ts';
import { useFormat } from '@/format/use-format.ts';
import { type StateSentence as Sentence, sentenceOf } from './sentence.ts';
import { useReason } from './use-reason.ts';

/** An instance's state as a person would say it, counting on while it is read. */
export function StateSentence({ instance, usedBytes }: { instance: InstanceView; usedBytes: number | null }) {
  const now = useClock(1_000).getTime();
  const write = useSentence();
  return <span suppressHydrationWarning>{write(sentenceOf(instance, usedBytes, now), now)}</span>;
}

function useSentence(): (sentence: Sentence, now: number) => string {
  const t = useTranslations('state.sentences');
  const format = useFormat();
  const reason = useReason();
  const uptime = (since: string, now: number) =>
    format.duration(Math.max(1_000, Math.floor((now - Date.parse(since)) / 1_000) * 1_000));
  return (sentence, now) => {
    switch (sentence.key) {
      case 'running':
        return t('running', { uptime: uptime(sentence.since, now) });
      case 'runningWithMemory':
        return t('runningWithMemory', {
          uptime: uptime(sentence.since, now),
          used: format.bytes(sentence.usedBytes),
          limit: format.megabytes(sentence.limitMb),
        });
      case 'backoff':
        return t('backoff', { reason: reason.text(sentence.reason), seconds: sentence.seconds });
      case 'stopped':
      case 'failed':
      case 'held':
        return t(sentence.key, { reason: reason.text(sentence.reason) });
      case 'deleted':
        return t('deleted', { until: format.dayClock(Date.parse(sentence.until)) });
      default:
        return t(sentence.key);
    }
  };
}
