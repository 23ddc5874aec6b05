// Layers: imports run downward only. See docs/architecture.md.
const pkg = (...names) => `^packages/(${names.join('|')})/`;
const rule = (name, from, to) => ({ name, severity: 'error', from, to });
module.exports = {
  forbidden: [
    rule('no-circular', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    rule('nobody-imports-apps', { path: '^packages/' }, { path: '^apps/' }),
    rule('apps-stand-alone', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
    rule(
      'machinery-is-the-bottom',
      { path: pkg('machinery') },
      { path: '^packages/', pathNot: pkg('machinery') },
    ),
    rule(
      'cel-knows-machinery-only',
      { path: pkg('cel') },
      { path: '^packages/', pathNot: pkg('cel', 'machinery') },
    ),
    rule(
      'api-above-machinery-and-cel',
      { path: pkg('api') },
      { path: '^packages/', pathNot: pkg('api', 'cel', 'machinery', 'api-typegen') },
    ),
    rule(
      'pki-and-postgres-are-low',
      { path: pkg('pki', 'postgres', 'db', 'store') },
      { path: '^packages/', pathNot: pkg('pki', 'postgres', 'db', 'store', 'api', 'machinery') },
    ),
    rule(
      'client-below-runtime',
      { path: pkg('client') },
      { path: '^packages/', pathNot: pkg('client', 'pki', 'api', 'machinery') },
    ),
    rule(
      'runtime-below-parts',
      { path: pkg('runtime') },
      { path: '^packages/', pathNot: pkg('runtime', 'client', 'pki', 'api', 'machinery') },
    ),
    rule(
      'parts-speak-the-public-api',
      { path: pkg('controllers', 'scheduling', 'node', 'network', 'gitops', 'addons') },
      { path: pkg('server', 'store', 'db', 'trpc', 'postgres') },
    ),
    rule(
      'parts-are-separate',
      { path: '^packages/(controllers|scheduling|node|network|gitops|addons)/' },
      {
        path: pkg('controllers', 'scheduling', 'node', 'network', 'gitops', 'addons'),
        pathNot: '^packages/$1/',
      },
    ),
    rule(
      'store-for-the-server-only',
      { path: '^(apps|packages)/', pathNot: '^(packages/(store|db|server|trpc|postgres)|apps/apiserver)/' },
      { path: pkg('store', 'db') },
    ),
    rule(
      'server-for-the-apiserver-only',
      { path: '^(apps|packages)/', pathNot: '^(packages/(server|trpc)|apps/apiserver)/' },
      { path: pkg('server') },
    ),
    rule(
      'console-imports-types-and-what-trpc-shares',
      { path: '^apps/console/' },
      { path: '^packages/', pathNot: '^packages/trpc/src/shared/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'what-trpc-shares-runs-in-browsers',
      { path: '^packages/trpc/src/shared/' },
      { path: '^packages/', pathNot: '^packages/(trpc/src/shared|api/src/gitops/v1alpha1/ledger-types)' },
    ),
    rule('e2e-is-outside', { path: '^e2e/' }, { path: '^(apps|packages)/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(node_modules|generated|\\.next)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
