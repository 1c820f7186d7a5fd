import type { ReactNode } from 'react';
import type { StateTone } from '../state-badge.tsx';

/** How an entry of the engine or of Zarpa is shown between the bot's lines. */
export interface LogMarker {
  tone: StateTone;
  text: ReactNode;
}

/** First and last line, both included, by id. */
export interface LogRange {
  from: string;
  to: string;
}

/** Every word of the log viewer. */
export interface LogViewerLabels {
  region: string;
  search: string;
  matches: (current: number, total: number) => string;
  noMatches: string;
  previousMatch: string;
  nextMatch: string;
  onlyMatches: string;
  pause: string;
  resume: string;
  /** Lines that arrived since the pause began. */
  waiting: (count: number) => string;
  follow: string;
  following: string;
  newLines: (count: number) => string;
  loadingOlder: string;
  /** How lines are chosen by keyboard, for whoever comes to the list with it. */
  keys: string;
  qrDrawing: string;
  formatTime: (at: number) => string;
  formatMoment: (at: number) => string;
}
