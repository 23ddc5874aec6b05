import { useText } from '../../i18n/text.ts';
import { KEY_HELP } from '../../lib/keys.ts';
import { Dialog } from '../ui/dialog.tsx';

export function HelpDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const t = useText('shell');
  return (
    <Dialog open={open} onClose={onClose} title={t('keys')}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        {KEY_HELP.map(({ keys, does }) => (
          <div key={keys} className="contents">
            <dt className="flex gap-1">
              {keys.split('  ').map((key) => (
                <kbd
                  key={key}
                  className="rounded-sm border border-line bg-sunken px-1.5 font-mono text-xs whitespace-nowrap"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(`help.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
