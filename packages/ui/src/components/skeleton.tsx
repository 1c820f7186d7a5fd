import { cn } from '../lib/cn.ts';

/** A grey shape where content will be. It stays invisible for 300 ms, so a quick answer shows no flicker. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('skeleton block h-4 rounded-md', className)} />;
}
