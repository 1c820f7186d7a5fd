'use client';
import { SegmentedTabs } from '@zarpa/ui/components/tabs';
import { Textarea } from '@zarpa/ui/components/textarea';
import { FileText, List } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { parseEnvFile } from '@/environment/env-file.ts';
import { Section } from './section.tsx';
import type { NewInstanceForm } from './use-new-instance.ts';
import { VariableRows } from './variable-rows.tsx';
import { mergeVariables } from './variables.ts';

/** Environment variables, one by one or as a pasted `.env`. */
export function EnvironmentSection({ form }: { form: NewInstanceForm }) {
  const t = useTranslations('newInstance.environment');
  const [tab, setTab] = useState('form');
  return (
    <Section title={t('title')} description={t('description')}>
      <SegmentedTabs
        label={t('title')}
        value={tab}
        onValueChange={setTab}
        tabs={[
          {
            value: 'form',
            label: (
              <>
                <List aria-hidden /> {t('form')}
              </>
            ),
            content: <VariableRows rows={form.draft.variables} onChange={(variables) => form.change({ variables })} />,
          },
          {
            value: 'file',
            label: (
              <>
                <FileText aria-hidden /> {t('file')}
              </>
            ),
            content: <PasteFile form={form} />,
          },
        ]}
      />
    </Section>
  );
}

function PasteFile({ form }: { form: NewInstanceForm }) {
  const t = useTranslations('newInstance.environment');
  const [text, setText] = useState(() => form.draft.variables.map(({ name, value }) => line(name, value)).join('\n'));
  const { unreadable } = parseEnvFile(text);
  return (
    <div className="flex flex-col gap-1.5">
      <Textarea
        code
        rows={7}
        value={text}
        aria-label={t('file')}
        placeholder={'TOKEN=abc123\nPREFIX="!"'}
        onChange={(event) => {
          setText(event.target.value);
          form.change({ variables: mergeVariables([], parseEnvFile(event.target.value).variables) });
        }}
      />
      <p role="status" className="text-ink-faint text-xs">
        {unreadable[0] ? (
          <span className="text-warn-text">
            {t('unreadable', { line: unreadable[0].line, count: unreadable.length })}
          </span>
        ) : (
          t('count', { count: form.draft.variables.length })
        )}
      </p>
    </div>
  );
}

function line(name: string, value: string): string {
  const plain = /^[\w@%+,./:-]*$/.test(value);
  const quoted = value
    .replace(/[\\"$]/g, '\\$&')
    .replace(/\r/g, '\\r')
    .replace(/\n/g, '\\n');
  return `${name}=${plain ? value : `"${quoted}"`}`;
}
