'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Field } from '@zarpa/ui/components/field';
import { Input } from '@zarpa/ui/components/input';
import { useTranslations } from 'next-intl';
import { useBranches, useFolders } from '@/api/repositories.ts';
import { BranchField } from '@/new-instance/branch-field.tsx';
import { FolderField } from '@/new-instance/folder-field.tsx';
import { SettingsSection } from './settings-section.tsx';
import type { Settings } from './use-settings.ts';

/** What it is called and where its code comes from. */
export function GeneralPanel({ instance, settings }: { instance: InstanceView; settings: Settings }) {
  const t = useTranslations('settings.general');
  const { draft, change, blocked } = settings;
  const { repository } = instance.source;
  const branches = useBranches(repository);
  const folders = useFolders(repository, draft.branch);
  const source = { branches, folders, branch: draft.branch, folder: draft.rootDirectory, change };
  return (
    <SettingsSection title={t('title')} description={t('description')}>
      <Field label={t('name')} hint={t('nameHint')} error={blocked ? t('nameMissing') : undefined}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('repository')} hint={t('repositoryHint')}>
        {(control) => <Input {...control} value={repository} readOnly className="bg-raised text-ink-soft" />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <BranchField form={source} />
        <FolderField form={source} />
      </div>
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          className="mt-0.5 size-4 accent-(--brand)"
          checked={draft.autoDeploy}
          onChange={(event) => change({ autoDeploy: event.target.checked })}
        />
        <span>
          {t('autoDeploy')}
          <span className="block text-ink-faint text-xs">{t('autoDeployHint')}</span>
        </span>
      </label>
    </SettingsSection>
  );
}
