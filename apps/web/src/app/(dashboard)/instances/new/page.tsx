import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NewInstance } from '@/new-instance/new-instance.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('newInstance') };
}

export default async function NewInstancePage({
  searchParams,
}: {
  searchParams: Promise<{ repository?: string | string[] }>;
}) {
  const { repository } = await searchParams;
  return <NewInstance repository={typeof repository === 'string' ? repository : undefined} />;
}
