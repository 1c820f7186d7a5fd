'use client';
import { Button } from '@zarpa/ui/components/button';
import { Dialog } from '@zarpa/ui/components/dialog';
import { Field } from '@zarpa/ui/components/field';
import { Input } from '@zarpa/ui/components/input';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { LiveLog } from '@/api/logs.ts';
import { useFormat } from '@/format/use-format.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { localMoment } from './local-moment.ts';

interface JumpDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  log: LiveLog;
  onJump: (lineId: string) => void;
}

/** Asks for a moment and leads to the first line from then on. */
export function JumpDialog({ open, onOpenChange, log, onJump }: JumpDialogProps) {
  const t = useTranslations('logs.page');
  const common = useTranslations('common');
  const formId = useId();
  const [pending, setPending] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('jumpTitle')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" pending={pending} pendingLabel={t('jumping')}>
            {t('jumpGo')}
          </Button>
        </>
      }
    >
      <JumpForm
        id={formId}
        log={log}
        pending={pending}
        onPendingChange={setPending}
        onJump={(id) => {
          onOpenChange(false);
          onJump(id);
        }}
      />
    </Dialog>
  );
}

function JumpForm({
  id,
  log,
  pending,
  onPendingChange,
  onJump,
}: {
  id: string;
  log: LiveLog;
  pending: boolean;
  onPendingChange: (pending: boolean) => void;
  onJump: (lineId: string) => void;
}) {
  const t = useTranslations('logs.page');
  const format = useFormat();
  const errorText = useErrorText();
  const last = log.lines.at(-1)?.at ?? Date.now();
  const [moment, setMoment] = useState(() => localMoment(last));
  const [problem, setProblem] = useState<string | null>(null);

  const jump = async () => {
    onPendingChange(true);
    setProblem(null);
    try {
      const lineId = await log.jumpTo(new Date(moment));
      if (lineId !== null) return onJump(lineId);
      setProblem(t('jumpNothing', { at: format.dayClock(last) }));
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      onPendingChange(false);
    }
  };
  return (
    <form
      id={id}
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending && moment !== '') void jump();
      }}
    >
      <Field label={t('jumpLabel')} hint={t('jumpHint')} error={problem ?? undefined}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            step={1}
            required
            value={moment}
            max={localMoment(last)}
            onChange={(event) => setMoment(event.target.value)}
          />
        )}
      </Field>
    </form>
  );
}
