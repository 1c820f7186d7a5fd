import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LogPage } from '@/logs/log-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('tabs.logs') };
}

export default function LogsPage() {
  return <LogPage />;
}
