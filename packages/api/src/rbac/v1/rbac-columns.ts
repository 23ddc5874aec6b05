import type { ClusterRoleBinding, RoleBinding, Subject } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, nameColumn, text, wide } from '../../tables/columns.ts';

type Binding = RoleBinding | ClusterRoleBinding;

const named = (binding: Binding, kind: string, render: (subject: Subject) => string): string =>
  (binding.subjects ?? [])
    .filter((subject) => subject.kind === kind)
    .map(render)
    .join(', ');

export const roleBindingColumns: readonly Column<Binding>[] = [
  nameColumn,
  text('Role', 'The role that is granted.', ({ roleRef }) => `${roleRef?.kind ?? ''}/${roleRef?.name ?? ''}`),
  ageColumn,
  wide('Users', 'Users who get the rights.', (binding) => named(binding, 'User', ({ name }) => name)),
  wide('Groups', 'Groups that get the rights.', (binding) => named(binding, 'Group', ({ name }) => name)),
  wide('ServiceAccounts', 'Service accounts that get the rights.', (binding) =>
    named(binding, 'ServiceAccount', ({ name, namespace }) => `${namespace ?? ''}/${name}`),
  ),
];
