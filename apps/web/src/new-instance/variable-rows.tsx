'use client';
import { Button } from '@zarpa/ui/components/button';
import { IconButton } from '@zarpa/ui/components/icon-button';
import { Input } from '@zarpa/ui/components/input';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ClipboardEvent } from 'react';
import { looksLikeEnvFile, parseEnvFile } from '@/environment/env-file.ts';
import { mergeVariables, type VariableRow, variableProblem } from './variables.ts';

/** Names and values, a row each. A `.env` pasted into a name fills as many rows as it has lines. */
export function VariableRows({
  rows,
  onChange,
}: {
  rows: readonly VariableRow[];
  onChange: (rows: readonly VariableRow[]) => void;
}) {
  const t = useTranslations('newInstance.environment');
  const set = (key: string, next: Partial<VariableRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...next } : row)));
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text');
    if (!looksLikeEnvFile(text)) return;
    event.preventDefault();
    onChange(mergeVariables(rows, parseEnvFile(text).variables));
  };
  return (
    <div className="flex flex-col gap-2">
      {rows.map((row) => {
        const problem = variableProblem(row, rows);
        return (
          <div key={row.key} className="flex flex-col gap-1">
            <div className="flex items-center gap-2 max-sm:flex-wrap">
              <Input
                value={row.name}
                aria-label={t('name')}
                aria-invalid={problem ? true : undefined}
                placeholder="TOKEN"
                spellCheck={false}
                autoComplete="off"
                className="font-mono text-sm sm:max-w-56"
                onPaste={paste}
                onChange={(event) => set(row.key, { name: event.target.value })}
              />
              <Input
                value={row.value}
                aria-label={t('valueOf', { name: row.name })}
                placeholder={t('value')}
                spellCheck={false}
                autoComplete="off"
                className="min-w-0 flex-1 font-mono text-sm"
                onChange={(event) => set(row.key, { value: event.target.value })}
              />
              <IconButton
                label={t('remove', { name: row.name })}
                onClick={() => onChange(rows.filter((other) => other.key !== row.key))}
              >
                <X aria-hidden />
              </IconButton>
            </div>
            {problem ? <p className="text-fail-text text-xs">{t(`problems.${problem}`)}</p> : null}
          </div>
        );
      })}
      <div>
        <Button size="small" onClick={() => onChange([...rows, { key: crypto.randomUUID(), name: '', value: '' }])}>
          <Plus aria-hidden />
          {t('add')}
        </Button>
      </div>
    </div>
  );
}
