import type { CSSProperties, ReactNode } from 'react';
import type { AnsiSpan } from '../../lib/ansi.ts';
import type { ReadLine } from '../../lib/log-items.ts';

/** A line's text with its colours, or with the searched words marked. Text only: nothing of it is ever read as HTML. */
export function LogText({ line, query }: { line: ReadLine; query: string }) {
  const found = query !== '' && line.plain.toLowerCase().includes(query);
  return (
    <p className="min-h-5 whitespace-pre-wrap break-words [overflow-wrap:anywhere]">
      {found ? marked(line.plain, query) : line.spans.map(styled)}
    </p>
  );
}

function styled(span: AnsiSpan, index: number): ReactNode {
  const plain = !span.colour && !span.background && !span.bold && !span.dim && !span.italic && !span.underline;
  if (plain) return span.text;
  return (
    <span key={index} style={styleOf(span)}>
      {span.text}
    </span>
  );
}

function styleOf(span: AnsiSpan): CSSProperties {
  return {
    color: span.colour,
    backgroundColor: span.background,
    fontWeight: span.bold ? 600 : undefined,
    opacity: span.dim ? 0.7 : undefined,
    fontStyle: span.italic ? 'italic' : undefined,
    textDecoration: span.underline ? 'underline' : undefined,
  };
}

function marked(plain: string, query: string): ReactNode[] {
  const parts: ReactNode[] = [];
  const lower = plain.toLowerCase();
  let end = 0;
  for (let at = lower.indexOf(query); at >= 0; at = lower.indexOf(query, end)) {
    parts.push(plain.slice(end, at));
    end = at + query.length;
    parts.push(
      <mark key={at} className="rounded-sm bg-warn/40 text-ink">
        {plain.slice(at, end)}
      </mark>,
    );
  }
  parts.push(plain.slice(end));
  return parts;
}
