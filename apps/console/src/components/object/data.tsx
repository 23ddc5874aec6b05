'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { text, texts } from '../../lib/fields.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { useObject } from '../../lib/queries.ts';
import { Button } from '../ui/button.tsx';
import { Part } from '../ui/part.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';

const SHOWN_CHARACTERS = 4_000;

/** Base64 as text, when it is one. */
function decoded(value: string): string {
  try {
    const bytes = Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return value;
  }
}

function Entries({ pairs }: { readonly pairs: readonly (readonly [string, string])[] }) {
  const t = useText('objects.data');
  return (
    <dl className="flex flex-col gap-3">
      {pairs.map(([key, value]) => (
        <div key={key}>
          <dt className="font-mono text-xs font-medium">{key}</dt>
          <dd>
            <ScrollRegion
              label={t('valueOf', { key })}
              className="mt-1 max-h-72 overflow-auto rounded-md bg-sunken p-2"
            >
              <pre className="font-mono text-xs break-all whitespace-pre-wrap">
                {value.slice(0, SHOWN_CHARACTERS)}
                {value.length > SHOWN_CHARACTERS ? '\n…' : ''}
              </pre>
            </ScrollRegion>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function SecretData({ objectRef, hidden }: { readonly objectRef: ObjectRef; readonly hidden: unknown }) {
  const t = useText('objects.data');
  const [revealed, setRevealed] = useState(false);
  return (
    <Part title={t('title')}>
      <Button icon={revealed ? EyeOff : Eye} className="mb-3" onClick={() => setRevealed(!revealed)}>
        {revealed ? t('hide') : t('show')}
      </Button>
      {revealed ? <RevealedData objectRef={objectRef} /> : <Entries pairs={texts(hidden, 'data')} />}
    </Part>
  );
}

function RevealedData({ objectRef }: { readonly objectRef: ObjectRef }) {
  const { data } = useObject(objectRef, true);
  return <Entries pairs={texts(data?.object, 'data').map(([key, value]) => [key, decoded(value)])} />;
}

/** Keys and values of a ConfigMap or Secret; a Secret's values only when asked for. */
export function Data({ objectRef, object }: { readonly objectRef: ObjectRef; readonly object: unknown }) {
  const t = useText('objects.data');
  const kind = text(object, 'kind');
  const pairs = texts(object, 'data');
  if (pairs.length === 0) return null;
  if (kind === 'Secret') return <SecretData objectRef={objectRef} hidden={object} />;
  if (kind !== 'ConfigMap') return null;
  return (
    <Part title={t('title')}>
      <Entries pairs={pairs} />
    </Part>
  );
}
