import { ArrowDownToLine, ChevronDown, ChevronUp, ListFilter, Pause, Play, Search } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { cn } from '../../lib/cn.ts';
import { Button } from '../button.tsx';
import { IconButton } from '../icon-button.tsx';
import { Kbd } from '../kbd.tsx';
import type { LogViewerLabels } from './types.ts';
import type { LogSearch } from './use-log-search.ts';

/** Search, pause and follow, and whatever the page adds. */
export function LogToolbar({
  labels,
  search,
  searchInput,
  paused,
  waiting,
  onPausedChange,
  following,
  onFollow,
  actions,
}: {
  labels: LogViewerLabels;
  search: LogSearch;
  searchInput: RefObject<HTMLInputElement | null>;
  paused: boolean;
  waiting: number;
  onPausedChange: (paused: boolean) => void;
  following: boolean;
  onFollow: () => void;
  actions?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-1 border-line border-b bg-surface p-1.5">
      <SearchBox labels={labels} search={search} searchInput={searchInput} />
      <div className="ml-auto flex items-center gap-1">
        {paused && waiting > 0 ? (
          <span className="tabular px-1 text-warn-text text-xs">{labels.waiting(waiting)}</span>
        ) : null}
        <IconButton
          size="small"
          label={paused ? labels.resume : labels.pause}
          shortcut="space"
          aria-pressed={paused}
          className={cn(paused && 'bg-warn/18 text-warn-text')}
          onClick={() => onPausedChange(!paused)}
        >
          {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
        </IconButton>
        <Button
          size="small"
          variant="quiet"
          aria-pressed={following}
          className={cn(following && 'text-brand hover:text-brand')}
          onClick={onFollow}
        >
          <ArrowDownToLine aria-hidden />
          <span className="max-sm:sr-only">{following ? labels.following : labels.follow}</span>
        </Button>
        {actions}
      </div>
    </div>
  );
}

function SearchBox({
  labels,
  search,
  searchInput,
}: {
  labels: LogViewerLabels;
  search: LogSearch;
  searchInput: RefObject<HTMLInputElement | null>;
}) {
  const searching = search.text !== '';
  return (
    <div className="flex min-w-36 flex-1 items-center gap-1 rounded-md px-2 focus-within:bg-raised sm:min-w-48 sm:max-w-md">
      <Search aria-hidden className="size-4 shrink-0 text-ink-faint" strokeWidth={1.5} />
      <input
        ref={searchInput}
        type="search"
        value={search.text}
        aria-label={labels.search}
        placeholder={labels.search}
        className="h-8 w-full min-w-0 bg-transparent text-sm outline-none pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden"
        onChange={(event) => search.setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search.step(event.shiftKey ? 1 : -1);
          if (event.key === 'Escape') {
            search.setText('');
            event.currentTarget.blur();
          }
        }}
      />
      {searching ? (
        <>
          <span role="status" className="tabular shrink-0 text-ink-faint text-xs">
            {labels.matches(search.position, search.total)}
          </span>
          <IconButton
            size="small"
            label={labels.previousMatch}
            disabled={search.total === 0}
            className="w-8"
            onClick={() => search.step(-1)}
          >
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton
            size="small"
            label={labels.nextMatch}
            disabled={search.total === 0}
            className="w-8"
            onClick={() => search.step(1)}
          >
            <ChevronDown aria-hidden />
          </IconButton>
          <IconButton
            size="small"
            label={labels.onlyMatches}
            aria-pressed={search.onlyMatches}
            className={cn('w-8', search.onlyMatches && 'bg-brand/12 text-brand')}
            onClick={() => search.setOnlyMatches(!search.onlyMatches)}
          >
            <ListFilter aria-hidden />
          </IconButton>
        </>
      ) : (
        <Kbd className="max-sm:hidden">/</Kbd>
      )}
    </div>
  );
}
