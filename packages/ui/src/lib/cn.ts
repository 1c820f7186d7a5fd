import { type ClassValue, clsx } from 'clsx';
import { createTailwindMerge } from 'tailwind-merge';

const any = () => true;
/** False for the value of one side or axis, such as `x-3` or `t-xl`. */
const isWhole = (value: string) => !/^(?:[xytrbles]{1,2}-)/.test(value);
const isColour = (value: string) => !/^(?:\d|[xytrbles]$|[xytrbles]-|solid$|dashed$|dotted$|none$)/.test(value);
const sizes = ['2xs', 'xs', 'sm', 'base', 'lg', 'xl', '2xl', '4xl', '5xl'];

/** Only what our components let their callers change; the full table of tailwind-merge weighs three times as much. */
const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    display: ['block', 'inline-block', 'inline', 'flex', 'inline-flex', 'grid', 'contents', 'hidden'],
    position: ['static', 'fixed', 'absolute', 'relative', 'sticky'],
    size: [{ size: [any] }],
    height: [{ h: [any] }],
    width: [{ w: [any] }],
    minHeight: [{ 'min-h': [any] }],
    minWidth: [{ 'min-w': [any] }],
    maxWidth: [{ 'max-w': [any] }],
    padding: [{ p: [any] }],
    paddingX: [{ px: [any] }],
    paddingY: [{ py: [any] }],
    paddingLeft: [{ pl: [any] }],
    paddingRight: [{ pr: [any] }],
    paddingTop: [{ pt: [any] }],
    paddingBottom: [{ pb: [any] }],
    margin: [{ m: [any] }],
    gap: [{ gap: [isWhole] }],
    gapX: [{ 'gap-x': [any] }],
    gapY: [{ 'gap-y': [any] }],
    radius: [{ rounded: ['', isWhole] }],
    fontSize: [{ text: sizes }],
    textAlign: [{ text: ['left', 'center', 'right'] }],
    textColour: [{ text: [(value: string) => !['balance', 'pretty', 'wrap', 'nowrap'].includes(value)] }],
    background: [{ bg: [any] }],
    fontWeight: [{ font: ['normal', 'medium', 'semibold', 'bold'] }],
    alignItems: [{ items: [any] }],
    justify: [{ justify: [any] }],
    opacity: [{ opacity: [any] }],
    borderColour: [{ border: [isColour] }],
    borderLeftColour: [{ 'border-l': [isColour] }],
  },
  conflictingClassGroups: {
    size: ['height', 'width'],
    padding: ['paddingX', 'paddingY', 'paddingLeft', 'paddingRight', 'paddingTop', 'paddingBottom'],
    gap: ['gapX', 'gapY'],
    paddingX: ['paddingLeft', 'paddingRight'],
    paddingY: ['paddingTop', 'paddingBottom'],
  },
  conflictingClassGroupModifiers: {},
  postfixLookupClassGroups: [],
  orderSensitiveModifiers: ['*', 'after', 'before', 'file', 'first-line', 'placeholder'],
}));

/** Joins class names; of two that set the same thing the later one wins. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
