export const overview = {
  title: 'Overview',
  what: 'The overview',
  fine: 'Nothing is broken, and nothing has drifted.',
  concerns: '{count, plural, one {# thing wants} other {# things want}} a look',
  severity: { broken: 'Broken', drift: 'Drift', waiting: 'Waiting' },
  kindIn: '{kind} in {namespace}',
  outOfSync: '{count, number} out of sync with Git',
  lastSynced: 'Last synced',
  tiles: { applications: 'Applications', nodes: 'Nodes', pods: 'Pods', namespaces: 'Namespaces' },
  columns: {
    application: 'Application',
    sync: 'Sync',
    health: 'Health',
    commit: 'Commit',
    when: 'When',
  },
} as const;
