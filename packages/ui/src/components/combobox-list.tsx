'use client';
import { Command } from 'cmdk';
import { Check, Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type RefObject, useState } from 'react';
import type { ComboboxListProps, ComboboxOption } from './combobox.tsx';
import { Spinner } from './spinner.tsx';

/** The opened list under its control; import `Combobox` instead. */
export function ComboboxList({
  id,
  open,
  onOpenChange,
  control,
  ...list
}: ComboboxListProps & {
  id: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  control: RefObject<HTMLButtonElement | null>;
}) {
  const width = control.current?.offsetWidth;
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Anchor virtualRef={control as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          id={id}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          style={{ width }}
          className="z-50 min-w-64 animate-fade overflow-hidden rounded-lg border border-line bg-surface shadow-menu"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            control.current?.focus();
          }}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && control.current?.contains(event.target)) event.preventDefault();
          }}
        >
          <SearchableList {...list} onClose={() => onOpenChange(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** An item's name inside the list; never empty, which the list would replace by the item's text. */
const keyOf = (value: string): string => `=${value}`;

function SearchableList({
  value,
  onSelect,
  options,
  search,
  onSearchChange,
  loading = false,
  searchPlaceholder,
  emptyText,
  onClose,
}: ComboboxListProps & { onClose: () => void }) {
  const [active, setActive] = useState(keyOf(value ?? ''));
  return (
    <Command
      shouldFilter={false}
      loop
      label={searchPlaceholder}
      value={options.some((option) => keyOf(option.value) === active) ? active : keyOf(options[0]?.value ?? '')}
      onValueChange={setActive}
    >
      <div className="flex items-center gap-2 border-line border-b px-3">
        <Search aria-hidden className="size-4 shrink-0 text-ink-faint" strokeWidth={1.5} />
        <Command.Input
          value={search}
          onValueChange={onSearchChange}
          placeholder={searchPlaceholder}
          className="h-10 w-full bg-transparent text-base outline-none"
        />
        {loading ? <Spinner className="text-ink-faint" /> : null}
      </div>
      <Command.List className="scroll-slim max-h-72 overflow-y-auto p-1">
        {loading ? null : (
          <Command.Empty className="px-3 py-6 text-center text-ink-soft text-sm">{emptyText}</Command.Empty>
        )}
        {options.map((option) => (
          <ComboboxItem
            key={option.value}
            option={option}
            chosen={option.value === value}
            onSelect={() => {
              onSelect(option.value);
              onClose();
            }}
          />
        ))}
      </Command.List>
    </Command>
  );
}

function ComboboxItem({ option, chosen, onSelect }: { option: ComboboxOption; chosen: boolean; onSelect: () => void }) {
  return (
    <Command.Item
      value={keyOf(option.value)}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default items-center gap-2 rounded-md px-2 py-1.5 text-sm data-[selected=true]:bg-raised pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.5]"
    >
      {option.icon ? <span className="text-ink-faint">{option.icon}</span> : null}
      <span className="min-w-0 flex-1 truncate">{option.label}</span>
      {option.note ? <span className="max-w-[45%] shrink-0 truncate text-ink-faint text-xs">{option.note}</span> : null}
      {chosen ? <Check aria-hidden className="text-brand" /> : null}
    </Command.Item>
  );
}
