import { cloneElement, isValidElement, type ReactNode } from 'react';
import { cn } from '../lib/cn.ts';

type Props = Record<string, unknown>;

/** Gives its properties to its only child: classes are joined, handlers of both run, else the child's own win. */
export function Slot({ children, ...given }: Props & { children?: ReactNode }) {
  if (!isValidElement<Props>(children)) return null;
  return cloneElement(children, merge(given, children.props));
}

function merge(given: Props, own: Props): Props {
  const merged: Props = { ...given, ...own, className: cn(textOf(given.className), textOf(own.className)) };
  for (const [name, outer] of Object.entries(given)) {
    const inner = own[name];
    if (typeof outer !== 'function' || typeof inner !== 'function') continue;
    merged[name] = (...values: unknown[]) => {
      inner(...values);
      outer(...values);
    };
  }
  return merged;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
