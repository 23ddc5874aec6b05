import type { BusyboxBase } from './busybox.ts';
import type { ImageDefinition } from './oci.ts';
import type { TarEntry } from './tar.ts';

/** Process 1 must forward SIGTERM itself: the kernel ignores it there unless it is caught. */
const ENTRYPOINT = `#!/bin/sh
trap 'kill "$server" 2>/dev/null; exit 0' TERM INT
httpd -f -p "\${PORT:-8080}" -h /www &
server=$!
echo "gantry demo $VERSION listens on \${PORT:-8080}"
wait "$server"
`;

const CGI = `#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\\r\\n\\r\\n'
sed -e "s|@VERSION@|$VERSION|g" -e "s|@HOSTNAME@|$(hostname)|g" -e "s|@MESSAGE@|\${MESSAGE:-Hello from Gantry}|g" \\
  -e "s|@COLOR@|\${COLOR:-$DEFAULT_COLOR}|g" /www/page.html
`;

const VERSION_CGI = `#!/bin/sh
printf 'Content-Type: application/json\\r\\n\\r\\n{"version":"%s","hostname":"%s"}\\n' "$VERSION" "$(hostname)"
`;

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Gantry demo @VERSION@</title>
<style>body{font:18px/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;
background:@COLOR@;color:#fff}main{text-align:center}h1{font-size:2.5rem;margin:0}code{opacity:.85}</style></head>
<body><main><h1>@MESSAGE@</h1><p>version <strong>@VERSION@</strong></p><p><code>@HOSTNAME@</code></p></main></body>
</html>
`;

/** `gantry/demo`: a page that shows its version and its pod's name; `/healthz` for probes, `/cgi-bin/version` as JSON. */
export function demoImage(base: BusyboxBase, version: string, color: string): ImageDefinition {
  const file = (path: string, text: string, mode = 0o644): TarEntry => ({
    type: 'file',
    path,
    mode,
    data: Buffer.from(text),
  });
  return {
    name: 'docker.io/gantry/demo',
    tags: version === '2.0' ? [version, 'latest'] : [version],
    entries: [
      ...base.entries,
      { type: 'directory', path: 'www', mode: 0o755 },
      { type: 'directory', path: 'www/cgi-bin', mode: 0o755 },
      file('demo', ENTRYPOINT, 0o755),
      file('www/page.html', PAGE),
      file('www/healthz', 'ok\n'),
      file('www/cgi-bin/index.cgi', CGI, 0o755),
      file('www/cgi-bin/version', VERSION_CGI, 0o755),
    ],
    config: {
      Entrypoint: ['/demo'],
      Env: ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', `VERSION=${version}`, `DEFAULT_COLOR=${color}`],
      ExposedPorts: { '8080/tcp': {} },
    },
  };
}
