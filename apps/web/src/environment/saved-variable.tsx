'use client';
import type { VariableList } from '@zarpa/api-client';
import { Badge } from '@zarpa/ui/components/badge';
import { CopyButton } from '@zarpa/ui/components/copy-button';
import { IconButton } from '@zarpa/ui/components/icon-button';
import { Textarea } from '@zarpa/ui/components/textarea';
import { cn } from '@zarpa/ui/lib/cn';
import { Eye, EyeOff, Pencil, Trash2, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { TimeAgo } from '@/format/time-ago.tsx';
import { removeVariable, undoEdit } from './edits.ts';
import type { VariablePage } from './use-variable-page.ts';

type Variable = VariableList['items'][number];

/** One saved variable: its value is shown or edited when asked for, and never kept. */
export function SavedVariable({ variable, page, frozen }: { variable: Variable; page: VariablePage; frozen: boolean }) {
  const t = useTranslations('environment');
  const { name } = variable;
  const { edits, setEdits, shown } = page;
  const edit = edits.values[name];
  const removed = edits.removed.includes(name);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-line border-t px-5 py-2.5 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_auto]">
      <div className="min-w-0 py-1.5">
        <p className={cn('break-all font-mono text-sm', removed && 'text-ink-faint line-through')}>{name}</p>
        <p className="text-ink-faint text-xs">
          {t('updated')} <TimeAgo at={variable.updatedAt} />
        </p>
        {variable.changed ? (
          <Badge tone="warn" className="mt-1">
            {t('notLive')}
          </Badge>
        ) : null}
      </div>
      <div className="min-w-0 self-center max-sm:col-span-2 max-sm:row-start-2">
        {removed ? <p className="text-fail-text text-sm">{t('removing')}</p> : null}
        {edit && !removed ? (
          <Textarea
            code
            rows={1}
            aria-label={t('newValue', { name })}
            value={edit.value}
            className="field-sizing-content max-h-60 min-h-control py-1.5"
            onChange={(event) =>
              setEdits({ ...edits, values: { ...edits.values, [name]: { ...edit, value: event.target.value } } })
            }
          />
        ) : null}
        {!edit && !removed ? <Value value={shown?.name === name ? shown.value : null} /> : null}
      </div>
      <Actions
        name={name}
        page={page}
        frozen={frozen}
        edited={edit !== undefined || removed}
        undo={() => setEdits(undoEdit(edits, name))}
      />
    </li>
  );
}

function Value({ value }: { value: string | null }) {
  const t = useTranslations('environment');
  if (value === null) {
    return (
      <p className="font-mono text-base text-ink-faint tracking-widest">
        <span aria-hidden>••••••••••••</span>
        <span className="sr-only">{t('hidden')}</span>
      </p>
    );
  }
  if (value === '') return <p className="text-ink-faint text-sm">{t('emptyValue')}</p>;
  return (
    <p role="status" className="scroll-slim max-h-60 overflow-y-auto whitespace-pre-wrap break-all font-mono text-sm">
      {value}
    </p>
  );
}

function Actions({
  name,
  page,
  frozen,
  edited,
  undo,
}: {
  name: string;
  page: VariablePage;
  frozen: boolean;
  edited: boolean;
  undo: () => void;
}) {
  const t = useTranslations('environment');
  const { setEdits, shown, show, read, reading } = page;
  if (edited) {
    return (
      <IconButton label={t('undo', { name })} onClick={undo}>
        <Undo2 aria-hidden />
      </IconButton>
    );
  }
  const visible = shown?.name === name ? shown.value : null;
  const beginEdit = (value: string) => {
    show(null);
    setEdits((now) => ({ ...now, values: { ...now.values, [name]: { before: value, value } } }));
  };
  return (
    <div className="flex items-center">
      {visible === null ? null : (
        <CopyButton text={visible} label={t('copy', { name })} copiedLabel={t('copy', { name })} />
      )}
      <IconButton
        label={visible === null ? t('reveal', { name }) : t('hide', { name })}
        pending={reading === name}
        onClick={() => (visible === null ? read(name, (value) => show({ name, value })) : show(null))}
      >
        {visible === null ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
      </IconButton>
      {frozen ? null : (
        <>
          <IconButton
            label={t('edit', { name })}
            onClick={() => (visible === null ? read(name, beginEdit) : beginEdit(visible))}
          >
            <Pencil aria-hidden />
          </IconButton>
          <IconButton label={t('remove', { name })} onClick={() => setEdits((now) => removeVariable(now, name))}>
            <Trash2 aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
}
