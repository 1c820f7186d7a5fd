'use client';
import { Button } from '@zarpa/ui/components/button';
import { Dialog } from '@zarpa/ui/components/dialog';
import { Textarea } from '@zarpa/ui/components/textarea';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type EnvVariable, parseEnvFile } from './env-file.ts';

/** Reads a pasted `.env` and says what it would change before it does. */
export function FileDialog({
  open,
  onOpenChange,
  saved,
  onUse,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  saved: readonly string[];
  onUse: (variables: readonly EnvVariable[]) => void;
}) {
  const t = useTranslations('environment.file');
  const common = useTranslations('common');
  const [text, setText] = useState('');
  const { variables, unreadable } = parseEnvFile(text);
  const known = variables.filter(({ name }) => saved.includes(name)).length;
  const close = (next: boolean) => {
    if (!next) setText('');
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={t('title')}
      description={t('description')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={() => close(false)}>{common('cancel')}</Button>
          <Button
            variant="primary"
            disabled={variables.length === 0}
            onClick={() => {
              onUse(variables);
              close(false);
            }}
          >
            {t('use', { count: variables.length })}
          </Button>
        </>
      }
    >
      <Textarea
        code
        rows={9}
        value={text}
        aria-label={t('label')}
        placeholder={'TOKEN=abc123\nPREFIX="!"'}
        onChange={(event) => setText(event.target.value)}
      />
      <div role="status" className="mt-2 min-h-5 text-ink-soft text-xs">
        {text.trim() === '' ? null : <p>{t('read', { fresh: variables.length - known, known })}</p>}
        {unreadable[0] ? (
          <p className="text-warn-text">{t('unreadable', { line: unreadable[0].line, count: unreadable.length })}</p>
        ) : null}
      </div>
    </Dialog>
  );
}
