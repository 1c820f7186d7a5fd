'use client';
import { Field } from '@zarpa/ui/components/field';
import { Input } from '@zarpa/ui/components/input';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { readRepositoryAddress } from './repository-address.ts';
import type { NewInstanceForm } from './use-new-instance.ts';

/** A public repository by its address; nothing needs to be connected. */
export function PublicAddress({ form }: { form: NewInstanceForm }) {
  const t = useTranslations('newInstance.source');
  const [text, setText] = useState(form.draft.repository ?? '');
  const repository = readRepositoryAddress(text);
  const wrong = text.trim() !== '' && text.includes('/') && repository === undefined;
  return (
    <Field label={t('repositoryAddress')} hint={t('addressHint')} error={wrong ? t('addressWrong') : undefined}>
      {(control) => (
        <Input
          {...control}
          value={text}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://github.com/…"
          onChange={(event) => {
            setText(event.target.value);
            const read = readRepositoryAddress(event.target.value);
            if (read !== form.draft.repository)
              form.change({ repository: read, branch: undefined, rootDirectory: undefined });
          }}
        />
      )}
    </Field>
  );
}
