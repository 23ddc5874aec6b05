'use client';

import {
  BookOpenText,
  Boxes,
  GitBranch,
  LayoutDashboard,
  type LucideIcon,
  Plus,
  Radio,
  Waypoints,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useText } from '../../i18n/text.ts';
import { listHref } from '../../lib/paths.ts';
import { useNamespace } from '../../lib/url-state.ts';
import { SECTIONS } from './navigation.ts';

function NavLink({
  href,
  label,
  icon: Icon,
  exact = false,
  onFollow,
}: {
  readonly href: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly exact?: boolean;
  readonly onFollow: (() => void) | undefined;
}) {
  const pathname = usePathname();
  const path = href.split('?')[0] ?? href;
  const current = exact ? pathname === path : pathname === path || pathname.startsWith(`${path}/`);
  return (
    <Link
      href={href}
      {...(onFollow === undefined ? {} : { onClick: onFollow })}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className="flex h-7 items-center gap-2 rounded-md px-2 text-sm text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-ink"
    >
      {Icon === undefined ? null : <Icon aria-hidden className="size-4 shrink-0" />}
      <span className="truncate">{label}</span>
    </Link>
  );
}

/** The way to every page. The namespace that was chosen goes along. */
export function Sidebar({ onFollow }: { readonly onFollow?: () => void }) {
  const t = useText('shell');
  const [namespace] = useNamespace();
  const query = namespace === '' ? '' : `?ns=${encodeURIComponent(namespace)}`;
  return (
    <nav aria-label={t('main')} className="flex flex-col gap-4 p-3">
      <div className="flex flex-col gap-0.5">
        <NavLink
          href={`/${query}`}
          label={t('pages.overview')}
          icon={LayoutDashboard}
          exact
          onFollow={onFollow}
        />
        <NavLink
          href={`/applications${query}`}
          label={t('pages.applications')}
          icon={GitBranch}
          onFollow={onFollow}
        />
        <NavLink href={`/ledger${query}`} label={t('pages.ledger')} icon={BookOpenText} onFollow={onFollow} />
        <NavLink
          href={`/topology${query}`}
          label={t('pages.topology')}
          icon={Waypoints}
          onFollow={onFollow}
        />
        <NavLink href={`/events${query}`} label={t('pages.events')} icon={Radio} onFollow={onFollow} />
        <NavLink href={`/kinds${query}`} label={t('pages.kinds')} icon={Boxes} onFollow={onFollow} />
        <NavLink href={`/create${query}`} label={t('pages.create')} icon={Plus} onFollow={onFollow} />
      </div>
      {SECTIONS.map((section) => (
        <div key={section.id} className="flex flex-col gap-0.5">
          <h2 className="flex items-center gap-1 px-2 pb-0.5 text-2xs font-semibold text-muted">
            {t(`sections.${section.id}`)}
          </h2>
          {section.entries.map((resource) => (
            <NavLink
              key={resource.plural}
              href={`${listHref(resource)}${query}`}
              label={t(`entries.${resource.plural}`)}
              onFollow={onFollow}
            />
          ))}
        </div>
      ))}
    </nav>
  );
}
