import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Overview } from '@/overview/overview.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('tabs.overview') };
}

export default function OverviewPage() {
  return <Overview />;
}
