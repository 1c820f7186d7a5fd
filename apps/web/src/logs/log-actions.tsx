'use client';
import { Button } from '@zarpa/ui/components/button';
import { IconButton } from '@zarpa/ui/components/icon-button';
import { Tooltip } from '@zarpa/ui/components/tooltip';
import { Clock, Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '@/api/api-context.tsx';
import { type LiveLog, logDownloadUrl } from '@/api/logs.ts';
import { JumpDialog } from './jump-dialog.tsx';

/** Jump to a time, download. */
export function LogActions({
  instanceId,
  log,
  onJump,
}: {
  instanceId: string;
  log: LiveLog;
  onJump: (lineId: string) => void;
}) {
  const t = useTranslations('logs.page');
  const api = useApi();
  const [asking, ask] = useState(false);
  return (
    <>
      <IconButton size="small" label={t('jump')} disabled={log.lines.length === 0} onClick={() => ask(true)}>
        <Clock aria-hidden />
      </IconButton>
      <Tooltip label={t('download')}>
        <Button asChild size="small" variant="quiet" className="w-control px-0">
          <a href={logDownloadUrl(api, instanceId)} download aria-label={t('download')}>
            <Download aria-hidden />
          </a>
        </Button>
      </Tooltip>
      <JumpDialog open={asking} onOpenChange={ask} log={log} onJump={onJump} />
    </>
  );
}
