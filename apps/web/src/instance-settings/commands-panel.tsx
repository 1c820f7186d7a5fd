'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Field } from '@zarpa/ui/components/field';
import { Input } from '@zarpa/ui/components/input';
import { useTranslations } from 'next-intl';
import { SettingsSection } from './settings-section.tsx';
import type { Settings } from './use-settings.ts';

const steps = ['install', 'build', 'start'] as const;

/** The owner's commands in place of the detected ones. */
export function CommandsPanel({ instance, settings }: { instance: InstanceView; settings: Settings }) {
  const t = useTranslations('settings.commands');
  const { draft, change } = settings;
  const made = instance.currentDeployment ?? instance.latestDeployment;
  const usual = (step: (typeof steps)[number]): string => {
    const plan = made?.overrides[step] === null ? made.buildPlan : null;
    return plan?.[`${step}Command`] ?? t('none');
  };
  return (
    <SettingsSection title={t('title')} description={t('description')}>
      {steps.map((step) => (
        <Field key={step} label={t(step)}>
          {(control) => (
            <Input
              {...control}
              className="font-mono text-sm"
              value={draft[step]}
              maxLength={500}
              spellCheck={false}
              autoComplete="off"
              placeholder={usual(step)}
              onChange={(event) => change({ [step]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </SettingsSection>
  );
}
