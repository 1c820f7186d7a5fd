'use client';
export function InstanceList() {
  return null;
}
