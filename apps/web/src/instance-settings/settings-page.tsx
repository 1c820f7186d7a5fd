'use client';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { lazy, Suspense } from 'react';
import { useOpenInstance } from '@/instance/instance-context.tsx';
import { SaveBar } from '@/instance/save-bar.tsx';
import { useSettings } from './use-settings.ts';

const CommandsPanel = lazy(() => import('./commands-panel.tsx').then((module) => ({ default: module.CommandsPanel })));
const DangerZone = lazy(() => import('./danger-zone.tsx').then((module) => ({ default: module.DangerZone })));
const GeneralPanel = lazy(() => import('./general-panel.tsx').then((module) => ({ default: module.GeneralPanel })));
const PlanPanel = lazy(() => import('./plan-panel.tsx').then((module) => ({ default: module.PlanPanel })));
const RedeployNotice = lazy(() =>
  import('@/overview/redeploy-notice.tsx').then((module) => ({ default: module.RedeployNotice })),
);
const RestorePanel = lazy(() => import('./restore-panel.tsx').then((module) => ({ default: module.RestorePanel })));

/** Name, source, commands, plan, and how to get rid of it. */
export function SettingsPage() {
  const instance = useOpenInstance();
  const settings = useSettings(instance);
  if (instance.desiredState === 'deleted') {
    return (
      <Suspense>
        <RestorePanel instance={instance} />
      </Suspense>
    );
  }
  return (
    <>
      <Suspense>{instance.redeployNeeded ? <RedeployNotice instance={instance} /> : null}</Suspense>
      <Suspense fallback={<Skeleton className="h-96 rounded-xl" />}>
        <GeneralPanel instance={instance} settings={settings} />
        <CommandsPanel instance={instance} settings={settings} />
        <PlanPanel instance={instance} />
        <DangerZone instance={instance} />
      </Suspense>
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
