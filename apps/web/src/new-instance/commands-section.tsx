'use client';
import { Field } from '@zarpa/ui/components/field';
import { Input } from '@zarpa/ui/components/input';
import { Panel } from '@zarpa/ui/components/panel';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { NewInstanceForm } from './use-new-instance.ts';

const steps = ['install', 'build', 'start'] as const;

/** The owner's own commands in place of the detected ones; closed until somebody needs them. */
export function CommandsSection({ form }: { form: NewInstanceForm }) {
  const t = useTranslations('newInstance.commands');
  const plan = form.detection.data?.plan;
  const detected = { install: plan?.installCommand, build: plan?.buildCommand, start: plan?.startCommand };
  const { commands, autoDeploy } = form.draft;
  return (
    <Panel>
      <details className="group">
        <summary className="flex list-none items-center gap-2 rounded-xl px-5 py-4 font-semibold text-base [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 text-ink-faint transition-transform group-open:rotate-90" />
          {t('title')}
        </summary>
        <div className="flex flex-col gap-4 px-5 pb-5">
          <p className="text-ink-soft text-sm">{t('description')}</p>
          {steps.map((step) => (
            <Field key={step} label={t(step)}>
              {(control) => (
                <Input
                  {...control}
                  className="font-mono text-sm"
                  value={commands[step]}
                  maxLength={500}
                  spellCheck={false}
                  autoComplete="off"
                  placeholder={detected[step] ?? t('none')}
                  onChange={(event) => form.change({ commands: { ...commands, [step]: event.target.value } })}
                />
              )}
            </Field>
          ))}
          <label className="flex items-start gap-2.5 text-sm">
            <input
              type="checkbox"
              className="mt-0.5 size-4 accent-(--brand)"
              checked={autoDeploy}
              onChange={(event) => form.change({ autoDeploy: event.target.checked })}
            />
            <span>
              {t('autoDeploy')}
              <span className="block text-ink-faint text-xs">{t('autoDeployHint')}</span>
            </span>
          </label>
        </div>
      </details>
    </Panel>
  );
}
