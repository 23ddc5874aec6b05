'use client';

import { type Text, useText } from '../i18n/text.ts';
import type { en } from '../messages/en.ts';
import { type ConditionLine, readable } from './fields.ts';

type Known = Exclude<keyof typeof en.conditions, 'other'>;

/** How a person would say a condition. */
export function conditionText(t: Text<'conditions'>, { type, status }: ConditionLine): string {
  const known = type as Known;
  if (/^\w+$/.test(type) && t.has(`${known}.True`) && status !== 'Unknown')
    return t(`${known}.${status === 'True' ? 'True' : 'False'}`);
  const state = status === 'True' || status === 'False' ? status : 'Unknown';
  return t(`other.${state}`, { type: readable(type) });
}

export function useConditionText(): (condition: ConditionLine) => string {
  const t = useText('conditions');
  return (condition) => conditionText(t, condition);
}
