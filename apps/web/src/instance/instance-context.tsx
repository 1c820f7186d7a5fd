'use client';
import type { InstanceView } from '@zarpa/api-client';
import { createContext, useContext } from 'react';

/** The instance whose pages are open. */
export const InstanceContext = createContext<InstanceView | null>(null);

/** The instance whose page this is. Works below `InstanceFrame` alone. */
export function useOpenInstance(): InstanceView {
  const instance = useContext(InstanceContext);
  if (!instance) throw new Error('useOpenInstance needs an InstanceFrame above it');
  return instance;
}
