'use client';

import { useEffect, useSyncExternalStore } from 'react';

const never = (): (() => void) => () => undefined;

/** False in the server's page and until the browser has taken it over: a press before would do nothing. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

type TextField = HTMLInputElement | HTMLTextAreaElement;

const TEXT_FIELDS = 'input:not([type=checkbox], [type=radio], [type=file]), textarea';

/** Gives the text to the field's listeners as if it were typed now. */
function retype(field: TextField, typed: string, cursor: number | null): void {
  // React takes what it finds at first for known; only a text other than that is a change.
  field.value = field.defaultValue;
  const kind = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, typed);
  if (cursor !== null) field.setSelectionRange(cursor, cursor);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function rechoose(field: HTMLSelectElement, chosen: string): void {
  field.value = chosen;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** What differs from the server's page. All of it is noted before any is given on: that draws the others anew. */
function changesBefore(): (() => void)[] {
  const texts = [...document.querySelectorAll<TextField>(TEXT_FIELDS)]
    .filter(({ value, defaultValue }) => value !== defaultValue)
    .map((field) => {
      const { value, selectionEnd } = field;
      return () => retype(field, value, selectionEnd);
    });
  const choices = [...document.querySelectorAll('select')]
    .filter(({ options, value }) => {
      const first = [...options].find(({ defaultSelected }) => defaultSelected);
      return first !== undefined && first.value !== value;
    })
    .map((field) => {
      const { value } = field;
      return () => rechoose(field, value);
    });
  const ticks = [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')]
    .filter(({ checked, defaultChecked }) => checked !== defaultChecked)
    .map((field) => () => {
      field.checked = field.defaultChecked;
      field.click();
    });
  return [...texts, ...choices, ...ticks];
}

async function giveOn(changes: readonly (() => void)[]): Promise<void> {
  for (const change of changes) {
    change();
    // The page is drawn with it before the next one comes.
    await Promise.resolve();
  }
}

/**
 * Keeps what was typed, chosen or filled in by the browser while the page was the server's only: called once by what
 * stands around all fields, after they were taken over.
 */
export function useTypedBefore(): void {
  useEffect(() => void giveOn(changesBefore()), []);
}
