import { PageSkeleton } from '@/shell/page-skeleton.tsx';

export default function Loading() {
  return <PageSkeleton />;
}
