'use client';
import { Button } from '@zarpa/ui/components/button';
import { useTranslations } from 'next-intl';
import { LeaveGuard } from './leave-guard.tsx';

interface SaveBarProps {
  changes: number;
  pending: boolean;
  /** True while something typed can't be saved as it is. */
  blocked?: boolean;
  problem: string | null;
  onSave: () => void;
  onDiscard: () => void;
}

/** Stays in sight while a page has unsaved changes, and asks before it is left with them. */
export function SaveBar(props: SaveBarProps) {
  const unsaved = props.changes > 0;
  return (
    <>
      <LeaveGuard unsaved={unsaved} />
      {unsaved ? <Bar {...props} /> : null}
    </>
  );
}

function Bar({ changes, pending, blocked = false, problem, onSave, onDiscard }: SaveBarProps) {
  const t = useTranslations('settings.bar');
  const common = useTranslations('common');
  return (
    <section
      aria-label={t('label')}
      className="sticky bottom-4 z-20 mt-auto flex animate-enter flex-wrap items-center justify-end gap-2 rounded-xl border border-line-strong bg-surface py-2.5 pr-2.5 pl-4 shadow-dialog max-sm:bottom-20"
    >
      <div className="mr-auto min-w-0 text-sm">
        <p role="status" className="tabular">
          {t('changes', { count: changes })}
        </p>
        {problem === null ? null : (
          <p role="alert" className="text-fail-text text-xs">
            {problem}
          </p>
        )}
      </div>
      <Button variant="quiet" disabled={pending} onClick={onDiscard}>
        {t('discard')}
      </Button>
      <Button variant="primary" disabled={blocked} pending={pending} pendingLabel={common('saving')} onClick={onSave}>
        {common('save')}
      </Button>
    </section>
  );
}
