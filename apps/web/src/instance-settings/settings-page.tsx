'use client';
import { useOpenInstance } from '@/instance/instance-context.tsx';
import { SaveBar } from '@/instance/save-bar.tsx';
import { RedeployNotice } from '@/overview/redeploy-notice.tsx';
import { CommandsPanel } from './commands-panel.tsx';
import { DangerZone } from './danger-zone.tsx';
import { GeneralPanel } from './general-panel.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { RestorePanel } from './restore-panel.tsx';
import { useSettings } from './use-settings.ts';

/** Name, source, commands, plan, and how to get rid of it. */
export function SettingsPage() {
  const instance = useOpenInstance();
  const settings = useSettings(instance);
  if (instance.desiredState === 'deleted') {
    return <RestorePanel instance={instance} />;
  }
  return (
    <>
      {instance.redeployNeeded ? <RedeployNotice instance={instance} /> : null}
      <GeneralPanel instance={instance} settings={settings} />
      <CommandsPanel instance={instance} settings={settings} />
      <PlanPanel instance={instance} />
      <DangerZone instance={instance} />
      <SaveBar
        changes={settings.changes}
        pending={settings.saving}
        blocked={settings.blocked}
        problem={settings.problem}
        onSave={settings.save}
        onDiscard={settings.discard}
      />
    </>
  );
}
