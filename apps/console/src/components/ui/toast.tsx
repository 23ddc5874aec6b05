'use client';

import { CircleCheck, OctagonX, X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { useText } from '../../i18n/text.ts';

interface Message {
  readonly id: number;
  readonly kind: 'done' | 'failed';
  readonly text: string;
}

const ToastContext = createContext<(kind: Message['kind'], text: string) => void>(() => undefined);

/** Says what became of an action, below on the right. */
export const useToast = () => useContext(ToastContext);

const SHOWN_MS = 6_000;
const MESSAGES_MAX = 4;

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const t = useText('common');
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const say = useCallback((kind: Message['kind'], text: string) => {
    setMessages((old) => [...old, { id: (old.at(-1)?.id ?? 0) + 1, kind, text }].slice(-MESSAGES_MAX));
  }, []);
  return (
    <ToastContext.Provider value={say}>
      <Toast.Provider duration={SHOWN_MS} label={t('messages')}>
        {children}
        {messages.map(({ id, kind, text }) => (
          <Toast.Root
            key={id}
            type={kind === 'failed' ? 'foreground' : 'background'}
            onOpenChange={(open) => {
              if (!open) setMessages((old) => old.filter((message) => message.id !== id));
            }}
            className="flex items-start gap-2 rounded-lg border border-line bg-raised p-3 shadow-pop"
          >
            {kind === 'done' ? (
              <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
            ) : (
              <OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-broken" />
            )}
            <Toast.Description className="min-w-0 flex-1 break-words text-sm">{text}</Toast.Description>
            <Toast.Close aria-label={t('dismiss')} className="rounded-sm p-0.5 text-muted hover:text-ink">
              <X aria-hidden className="size-4" />
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2" />
      </Toast.Provider>
    </ToastContext.Provider>
  );
}
