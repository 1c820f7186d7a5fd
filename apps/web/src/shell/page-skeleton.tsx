import { Skeleton } from '@zarpa/ui/components/skeleton';
import { Page } from './page.tsx';

/** The shape of a page whose content is on its way. */
export function PageSkeleton() {
  return (
    <Page>
      <Skeleton className="h-8 w-56" />
      <Skeleton className="h-96 rounded-xl" />
    </Page>
  );
}
