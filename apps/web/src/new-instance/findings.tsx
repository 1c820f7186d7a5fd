'use client';
import type { BuildPlan } from '@zarpa/api-client';
import { Check, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';

const warnings = new Set([
  'override_ignored',
  'lockfile_missing',
  'node_modules_committed',
  'runtime_version_unsupported',
  'runtime_version_unreadable',
  'start_kept_in_npm',
  'type_stripping',
  'start_file_missing',
  'host_config_main_missing',
  'apt_group_unknown',
]);

/** What led to the plan, thing by thing. */
export function Findings({ findings }: { findings: BuildPlan['findings'] }) {
  const t = useTranslations('newInstance');
  const known = findings.filter(({ code }) => t.has(`findings.${code}`));
  return (
    <section aria-label={t('detection.why')}>
      <ul className="flex flex-col gap-1.5 text-sm">
        {known.map(({ code, file, value }) => (
          <li key={`${code} ${file} ${value}`} className="flex gap-2">
            {warnings.has(code) ? (
              <TriangleAlert
                aria-label={t('detection.warning')}
                className="mt-[3px] size-3.5 shrink-0 text-warn-text"
                strokeWidth={1.5}
              />
            ) : (
              <Check aria-hidden className="mt-[3px] size-3.5 shrink-0 text-running-text" strokeWidth={2} />
            )}
            <span className="min-w-0 break-words text-ink-soft">
              {t.rich(`findings.${code}`, {
                file: file ?? '',
                value: value === null || value === '' ? 'none' : value,
                code: (chunks) => <code className="font-mono text-ink text-xs">{chunks}</code>,
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
