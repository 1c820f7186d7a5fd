import type { HTMLAttributes, TdHTMLAttributes, ThHTMLAttributes } from 'react';
import { cn } from '../lib/cn.ts';

/** A table that scrolls sideways inside its panel rather than the page. */
export function Table({ className, ...rest }: HTMLAttributes<HTMLTableElement>) {
  return (
    <div className="scroll-slim w-full overflow-x-auto">
      <table className={cn('w-full border-collapse text-left text-sm', className)} {...rest} />
    </div>
  );
}

/** A head cell. */
export function TableHead({ className, ...rest }: ThHTMLAttributes<HTMLTableCellElement>) {
  return (
    <th
      scope="col"
      className={cn('h-9 px-3 font-medium text-ink-faint text-xs first:pl-5 last:pr-5', className)}
      {...rest}
    />
  );
}

/** A row that lights up under the pointer. */
export function TableRow({ className, ...rest }: HTMLAttributes<HTMLTableRowElement>) {
  return <tr className={cn('border-line border-t transition-colors hover:bg-raised/60', className)} {...rest} />;
}

/** A body cell. */
export function TableCell({ className, ...rest }: TdHTMLAttributes<HTMLTableCellElement>) {
  return <td className={cn('h-12 px-3 py-2 first:pl-5 last:pr-5', className)} {...rest} />;
}
