'use client';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

/** One command, with what it does when chosen. */
export interface CommandEntry {
  id: string;
  label: string;
  /** Further words that find it. */
  keywords?: readonly string[];
  icon?: ReactNode;
  note?: ReactNode;
  shortcut?: string;
  run: () => void;
}

/** Search and commands over the whole product, opened by Ctrl K. */
export function CommandMenu({
  open,
  onOpenChange,
  label,
  placeholder,
  emptyText,
  groups,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  placeholder: string;
  emptyText: string;
  groups: readonly { heading: string; entries: readonly CommandEntry[] }[];
}) {
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label={label}
      loop
      overlayClassName="fixed inset-0 z-50 animate-fade bg-overlay"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[calc(100%-2rem)] max-w-xl -translate-x-1/2 animate-enter overflow-hidden rounded-xl border border-line bg-surface shadow-dialog"
    >
      <div className="flex items-center gap-3 border-line border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-ink-faint" strokeWidth={1.5} />
        <Command.Input placeholder={placeholder} className="h-12 w-full bg-transparent text-base outline-none" />
        <Kbd>esc</Kbd>
      </div>
      <Command.List className="scroll-slim max-h-[min(24rem,60vh)] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-10 text-center text-ink-soft text-sm">{emptyText}</Command.Empty>
        {groups.map((group) => (
          <Command.Group
            key={group.heading}
            heading={group.heading}
            className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-ink-faint [&_[cmdk-group-heading]]:text-xs"
          >
            {group.entries.map((entry) => (
              <Command.Item
                key={entry.id}
                value={entry.id}
                keywords={[entry.label, ...(entry.keywords ?? [])]}
                onSelect={() => {
                  onOpenChange(false);
                  entry.run();
                }}
                className="flex min-h-10 cursor-default items-center gap-3 rounded-lg px-2.5 text-sm data-[selected=true]:bg-raised [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.5]"
              >
                {entry.icon ? <span className="text-ink-faint">{entry.icon}</span> : null}
                <span className="min-w-0 flex-1 truncate">{entry.label}</span>
                {entry.note ? <span className="shrink-0 text-ink-faint text-xs">{entry.note}</span> : null}
                {entry.shortcut ? <Kbd>{entry.shortcut}</Kbd> : null}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command.Dialog>
  );
}
