import { Skeleton } from '@zarpa/ui/components/skeleton';
import { cn } from '@zarpa/ui/lib/cn';
import { columns } from './columns.ts';

/** Rows to come. */
export function ListSkeleton() {
  return ['a', 'b', 'c', 'd'].map((key) => (
    <div key={key} className={cn(columns, 'h-[4.25rem] border-line not-last:border-b')}>
      <Skeleton className="size-4 max-sm:hidden" />
      <Skeleton className="w-20 max-sm:hidden" />
      <Skeleton className="w-44" />
      <Skeleton className="w-24 max-lg:hidden" />
      <Skeleton className="w-20 max-lg:hidden" />
      <Skeleton className="w-40 max-lg:hidden" />
    </div>
  ));
}
