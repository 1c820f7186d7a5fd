'use client';
import type { InstanceView } from '@zarpa/api-client';
import { InstanceMenu } from './instance-menu.tsx';
import { PrimaryButton } from './primary-button.tsx';

/** What can be done with an instance: the one thing that fits its state, and a menu of all. */
export function InstanceActions({ instance }: { instance: InstanceView }) {
  return (
    <div className="flex items-center gap-2">
      <PrimaryButton instance={instance} />
      <InstanceMenu instance={instance} />
    </div>
  );
}
