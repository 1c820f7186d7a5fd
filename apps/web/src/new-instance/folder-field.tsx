'use client';
import { Combobox } from '@zarpa/ui/components/combobox';
import { Field } from '@zarpa/ui/components/field';
import { Folder } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { NewInstanceForm } from './use-new-instance.ts';

const isFolder = (text: string): boolean => text !== '' && !/^\/|\\|\/\/|(^|\/)\.{1,2}(\/|$)|\/$/.test(text);

/** The folder that holds the bot, for repositories with more than one thing in them. Any folder can be typed. */
export function FolderField({ form }: { form: Pick<NewInstanceForm, 'folders' | 'folder' | 'change'> }) {
  const t = useTranslations('newInstance.source');
  const [search, setSearch] = useState('');
  const { folders, folder: chosen, change } = form;
  const known = [...new Set(['', ...(folders.data?.items ?? [])])];
  const typed = search.trim();
  const found = known.filter((folder) => folder.toLowerCase().includes(typed.toLowerCase()));
  const offered = isFolder(typed) && !known.includes(typed) ? [...found, typed] : found;
  return (
    <Field label={t('folder')} hint={t('folderHint')}>
      {(control) => (
        <Combobox
          {...control}
          value={chosen}
          display={chosen === '' ? t('root') : chosen}
          onSelect={(rootDirectory) => change({ rootDirectory })}
          search={search}
          onSearchChange={setSearch}
          loading={folders.isFetching}
          placeholder={t('searchingFolders')}
          searchPlaceholder={t('searchFolders')}
          emptyText={t('noFolders')}
          options={offered.map((folder) => ({
            value: folder,
            label: folder === '' ? t('root') : folder,
            icon: <Folder aria-hidden />,
          }))}
        />
      )}
    </Field>
  );
}
