'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { useCallback, useEffect, useState } from 'react';

/** A press of a step; pressed again it is another one. */
export interface ChosenStep {
  name: DeploymentView['steps'][number]['name'];
}

const names: readonly string[] = ['fetch', 'plan', 'build', 'publish'] satisfies ChosenStep['name'][];

/** The step whose part of the build log is looked at, kept in the address (`#build`) so that it can be shared. */
export function useChosenStep(): [ChosenStep | null, (step: ChosenStep) => void] {
  const [step, setStep] = useState<ChosenStep | null>(null);
  useEffect(() => {
    const name = window.location.hash.slice(1);
    if (names.includes(name)) setStep({ name: name as ChosenStep['name'] });
  }, []);
  const choose = useCallback((next: ChosenStep) => {
    setStep(next);
    window.history.replaceState(window.history.state, '', `#${next.name}`);
  }, []);
  return [step, choose];
}
