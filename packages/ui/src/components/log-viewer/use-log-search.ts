import { useDeferredValue, useMemo, useState } from 'react';
import { type LogItem, readLine } from '../../lib/log-items.ts';

/** The search over the lines that are shown. */
export interface LogSearch {
  text: string;
  setText: (text: string) => void;
  /** Lower case; empty when nothing is searched. */
  query: string;
  onlyMatches: boolean;
  setOnlyMatches: (only: boolean) => void;
  items: readonly LogItem[];
  total: number;
  /** Counted from 1; 0 without a match. */
  position: number;
  currentId: string | null;
  step: (by: 1 | -1) => void;
}

/** Finds a text, moves from match to match, and can hide all else. */
export function useLogSearch(all: readonly LogItem[]): LogSearch {
  const [text, write] = useState('');
  const [onlyMatches, setOnlyMatches] = useState(false);
  const [chosenId, choose] = useState<string | null>(null);
  const query = useDeferredValue(text.trim().toLowerCase());
  const matches = useMemo(() => (query === '' ? [] : all.filter((item) => matchesQuery(item, query))), [all, query]);
  const chosen = matches.findIndex((item) => item.id === chosenId);
  const at = chosen >= 0 ? chosen : matches.length - 1;
  return {
    text,
    setText: (next) => {
      write(next);
      choose(null);
    },
    query,
    onlyMatches,
    setOnlyMatches,
    items: onlyMatches && query !== '' ? matches : all,
    total: matches.length,
    position: at + 1,
    currentId: query === '' ? null : (matches[at]?.id ?? null),
    step: (by) => choose(matches[(at + by + matches.length) % matches.length]?.id ?? null),
  };
}

function matchesQuery(item: LogItem, query: string): boolean {
  return item.kind === 'line' && readLine(item.line).plain.toLowerCase().includes(query);
}
