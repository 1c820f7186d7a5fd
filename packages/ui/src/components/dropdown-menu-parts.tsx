'use client';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../lib/cn.ts';
import type { DropdownMenuProps } from './dropdown-menu.tsx';

const item =
  'flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-raised pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.5] [&_svg]:text-ink-faint';

/** The menu from its first opening on; import `DropdownMenu` instead. */
export function OpenedMenu({ trigger, align = 'end', className, children }: DropdownMenuProps) {
  return (
    <Radix.Root modal={false} defaultOpen>
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

/** See `DropdownItem`. */
export function MenuItem({ danger = false, className, ...rest }: Radix.DropdownMenuItemProps & { danger?: boolean }) {
  return <Radix.Item className={cn(item, danger && 'text-fail-text [&_svg]:text-fail-text', className)} {...rest} />;
}

/** See `DropdownChoice`. */
export function MenuChoice({
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

/** See `DropdownSeparator`. */
export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

/** See `DropdownLabel`. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1.5 text-ink-faint text-xs">{children}</Radix.Label>;
}
