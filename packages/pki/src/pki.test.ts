import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeFileAtomic } from './files.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { ensurePki, issueClientCertificate, issueServerCertificate, loadAuthority } from './pki.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gantry-pki-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const options = {
  hosts: ['node1', '192.0.2.7'],
  serviceIp: '10.96.0.1',
  publicUrl: 'https://[2001:db8::1]:8443',
};

describe('ensurePki', () => {
  test('makes private keys that only the owner reads, and a certificate for every name of the apiserver', async () => {
    const paths = await ensurePki(dir, options);
    for (const path of [paths.caKey, paths.apiserverKey, paths.serviceAccountKey, paths.kubeletClientKey]) {
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    }
    const cert = new X509Certificate(await readFile(paths.apiserverCert));
    for (const name of ['kubernetes', 'kubernetes.default.svc.cluster.local', 'localhost', 'node1']) {
      expect(cert.checkHost(name)).toBe(name);
    }
    for (const address of ['127.0.0.1', '10.96.0.1', '192.0.2.7', '2001:db8::1']) {
      expect(cert.checkIP(address)).toBe(address);
    }
    expect(createPrivateKey(await readFile(paths.serviceAccountKey)).asymmetricKeyType).toBe('rsa');
  });

  test('changes nothing when all is in order', async () => {
    const paths = await ensurePki(dir, options);
    const before = await Promise.all(Object.values(paths).map((path) => readFile(path, 'utf8')));
    await ensurePki(dir, options);
    const after = await Promise.all(Object.values(paths).map((path) => readFile(path, 'utf8')));
    expect(after).toEqual(before);
  });

  test.each([
    ['a host was added', { ...options, hosts: [...options.hosts, 'another'] }],
    ['a host was removed', { ...options, hosts: ['node1'] }],
    ['it expires within 30 days', { ...options, now: new Date(Date.now() + 340 * 86_400_000) }],
  ])('reissues the serving certificate when %s, and keeps the authority', async (_reason, next) => {
    const paths = await ensurePki(dir, options);
    const [ca, cert] = await Promise.all([
      readFile(paths.caCert, 'utf8'),
      readFile(paths.apiserverCert, 'utf8'),
    ]);
    await ensurePki(dir, next);
    expect(await readFile(paths.caCert, 'utf8')).toBe(ca);
    expect(await readFile(paths.apiserverCert, 'utf8')).not.toBe(cert);
  });

  test('replaces a pair of which a crash left the key only', async () => {
    const paths = await ensurePki(dir, options);
    const other = await issueServerCertificate(dir, { commonName: 'x', hosts: ['x'] });
    await writeFileAtomic(paths.apiserverKey, other.key, 0o600);
    await ensurePki(dir, options);
    const cert = new X509Certificate(await readFile(paths.apiserverCert));
    expect(cert.checkPrivateKey(createPrivateKey(await readFile(paths.apiserverKey)))).toBe(true);
  });

  test('refuses to replace an authority whose key is gone', async () => {
    const paths = await ensurePki(dir, options);
    await rm(paths.caKey);
    await expect(ensurePki(dir, options)).rejects.toThrow(/ca\.key is missing/);
  });
});

test('certificates make a mutual TLS connection, and the server reads user and groups from it', async () => {
  await ensurePki(dir, options);
  const authority = await loadAuthority(dir);
  const server = await issueServerCertificate(dir, {
    commonName: 'system:node:a',
    hosts: ['node-a', '127.0.0.1'],
  });
  const client = await issueClientCertificate(dir, { commonName: 'jane', organizations: ['dev', 'ops'] });
  const subject = await new Promise<tls.PeerCertificate>((resolve, reject) => {
    const listener = tls.createServer(
      { ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
      (socket) => {
        resolve(socket.getPeerCertificate());
        socket.end();
        listener.close();
      },
    );
    listener.on('tlsClientError', reject);
    listener.listen(0, '127.0.0.1', () => {
      const { port } = listener.address() as AddressInfo;
      tls.connect({ host: '127.0.0.1', port, ca: authority.cert, ...client }).on('error', reject);
    });
  });
  expect(subject.subject).toMatchObject({ CN: 'jane', O: ['dev', 'ops'] });
});

describe('kubeconfig', () => {
  test('is readable by its owner only and holds everything that kubectl needs', async () => {
    const path = join(dir, 'kubeconfig');
    await writeKubeconfig(path, {
      server: 'https://h:1',
      ca: 'CA\n',
      cert: 'CERT\n',
      key: 'KEY\n',
      user: 'admin',
      namespace: 'team-a',
    });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    expect(parse(await readFile(path, 'utf8'))).toMatchObject({
      clusters: [{ cluster: { server: 'https://h:1', 'certificate-authority-data': base64('CA\n') } }],
      users: [
        {
          name: 'admin',
          user: { 'client-certificate-data': base64('CERT\n'), 'client-key-data': base64('KEY\n') },
        },
      ],
      contexts: [{ name: 'gantry', context: { user: 'admin', namespace: 'team-a' } }],
      'current-context': 'gantry',
    });
  });
});
