'use client';

import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { usePageActions } from '../../lib/page-actions.ts';
import { type Choice, useEverywhereActions, useObjectChoices, usePlaces } from './palette-choices.ts';

interface Shown extends Choice {
  readonly blocked?: string;
}

/** By what an item is matched and chosen. */
const itemValue = ({ label, detail, key }: Choice): string => `${label} ${detail} ${key}`;

function Group({
  heading,
  choices,
  onChoose,
}: {
  readonly heading: string;
  readonly choices: readonly Shown[];
  readonly onChoose: (choice: Shown) => void;
}) {
  if (choices.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-muted"
    >
      {choices.map((choice) => (
        <Command.Item
          key={choice.key}
          value={itemValue(choice)}
          disabled={choice.blocked !== undefined && choice.blocked !== ''}
          onSelect={() => onChoose(choice)}
          className="flex min-h-8 cursor-pointer items-center justify-between gap-3 rounded-sm px-2 data-[disabled=true]:cursor-default data-[disabled=true]:text-muted data-[selected=true]:bg-accent-soft"
        >
          <span className="shrink-0 truncate max-sm:shrink">{choice.label}</span>
          <span className="min-w-0 truncate text-xs text-muted">{choice.blocked || choice.detail}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** ⌘K: objects by name, pages, kinds and namespaces; actions of the page, of what was found, and of everywhere. */
export function Palette({
  open,
  onClose,
  onHelp,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onHelp: () => void;
}) {
  const t = useText('shell.palette');
  const [text, setText] = useState('');
  const here = usePageActions(open);
  const found = useObjectChoices(text.trim(), open);
  const { pages, kinds, namespaces } = usePlaces();
  const everywhere = useEverywhereActions(onHelp);
  const [chosen, setChosen] = useState('');
  // Objects come a moment after the rest: one that is called so is what was meant.
  const named = found.objects.find(({ label }) => text.trim() !== '' && label.startsWith(text.trim()));
  const namedValue = named === undefined ? '' : itemValue(named);
  useEffect(() => {
    if (namedValue !== '') setChosen(namedValue);
  }, [namedValue]);
  const choose = (choice: Shown): void => {
    onClose();
    setText('');
    // What it opens takes the focus, once this window has given it back.
    setTimeout(() => choice.run(), 0);
  };
  const onPage = here.map((action) => ({ ...action, detail: t('here') }));
  const groups = [
    [t('onPage'), onPage],
    [t('objects'), found.objects],
    [t('pages'), pages],
    [t('actions'), [...found.actions, ...everywhere]],
    [t('kinds'), kinds],
    [t('namespaces'), namespaces],
  ] as const;
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          aria-modal="true"
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-pop"
        >
          <Dialog.Title className="sr-only">{t('title')}</Dialog.Title>
          <Command label={t('title')} loop value={chosen} onValueChange={setChosen}>
            <div className="flex items-center gap-2 border-b border-line px-3">
              <Search aria-hidden className="size-4 text-muted" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder={t('placeholder')}
                className="h-11 w-full bg-transparent text-md outline-none placeholder:text-muted"
              />
            </div>
            <Command.List label={t('places')} className="max-h-[55vh] overflow-auto p-1">
              <Command.Empty className="p-4 text-center text-muted">{t('empty')}</Command.Empty>
              {groups.map(([heading, choices]) => (
                <Group key={heading} heading={heading} choices={choices} onChoose={choose} />
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
