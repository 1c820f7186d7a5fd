import { Layers } from 'lucide-react';

/** The sections of the dashboard that exist, in order. Labels are in `shell.sections`. */
export const sections = [{ key: 'instances', href: '/instances', icon: Layers }] as const;
