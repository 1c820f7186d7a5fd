'use client';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../lib/cn.ts';

const item =
  'flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-raised pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.5] [&_svg]:text-ink-faint';

/** A menu that opens from `trigger` (one button). */
export function DropdownMenu({
  trigger,
  align = 'end',
  className,
  children,
}: {
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  className?: string;
  children: ReactNode;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            'z-50 min-w-44 animate-fade rounded-lg border border-line bg-surface p-1 shadow-menu',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** One action of a menu. With `asChild` its only child is a link. */
export function DropdownItem({
  danger = false,
  className,
  ...rest
}: Radix.DropdownMenuItemProps & { danger?: boolean }) {
  return <Radix.Item className={cn(item, danger && 'text-fail-text [&_svg]:text-fail-text', className)} {...rest} />;
}

/** One choice among several; the chosen one has a tick. */
export function DropdownChoice({
  checked,
  onSelect,
  children,
}: {
  checked: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Radix.CheckboxItem checked={checked} onCheckedChange={onSelect} className={cn(item, 'justify-between gap-4')}>
      <span className="flex items-center gap-2">{children}</span>
      <Radix.ItemIndicator>
        <Check aria-hidden />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

/** A thin line between groups of actions. */
export function DropdownSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

/** A heading inside a menu. */
export function DropdownLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1.5 text-ink-faint text-xs">{children}</Radix.Label>;
}
