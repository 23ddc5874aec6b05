import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Auditor } from '../audit/auditor.ts';
import { compilePolicy } from '../audit/policy.ts';
import type { ConnectHandler } from '../handler.ts';
import { type Loose, startTestServer, type TestServer } from '../testing/test-server.ts';

const pem = (name: string): Buffer => readFileSync(new URL(`../outbound/testdata/${name}`, import.meta.url));
const unused = (): never => {
  throw new Error('not expected in this test');
};
const log: ConnectHandler = {
  ...{ group: '', resource: 'pods', subresource: 'log' },
  request: unused,
  upgrade: unused,
};
const events: Loose[] = [];

let port: number;
let api: TestServer;
let close: () => Promise<void>;
beforeAll(async () => {
  const sink = {
    accept(event: { readonly json: string }): undefined {
      events.push(JSON.parse(event.json) as Loose);
    },
    close: async () => undefined,
  };
  const policy = compilePolicy({ rules: [{ level: 'Metadata' }], omitStages: ['RequestReceived'] });
  const down = ({ subresource = '' }) =>
    subresource === 'log'
      ? ({ allowed: false, reason: '', error: 'the webhook is <down>' } as const)
      : ({ allowed: true, reason: '' } as const);
  api = await startTestServer({
    authorizer: { authorize: (_user, attributes) => down(attributes) },
    connectHandlers: [log],
    auditor: new Auditor(policy, [sink]),
  });
  const tls = { cert: pem('server.crt'), key: pem('server.key') };
  const listening = await api.server.listen({ tls, host: '127.0.0.1', port: 0 });
  port = listening.port;
  close = () => listening.close(0);
});
afterAll(async () => {
  await close();
  await api.close();
});
beforeEach(() => events.splice(0));

const path = '/api/v1/namespaces/default/pods/a/log?follow=true';
const ask = (headers: Record<string, string>): Promise<readonly [number, string]> =>
  new Promise((resolve, reject) => {
    httpsRequest({ port, path, headers, rejectUnauthorized: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
    })
      .on('error', reject)
      .end();
  });

it.each([
  ['a connection', {}],
  ['an upgrade', { connection: 'upgrade', upgrade: 'SPDY/3.1' }],
])('%s that nobody could authorize is answered as any request is, and is no crash', async (_, headers) => {
  expect(await ask(headers)).toEqual([
    500,
    `Internal Server Error: "${path}": the webhook is &lt;down&gt;\n`,
  ]);
  expect(events.map(({ stage }) => stage)).toEqual(['ResponseStarted', 'ResponseComplete']);
  expect(events[1]).toMatchObject({
    responseStatus: { code: 500 },
    annotations: { 'authorization.k8s.io/reason': 'internal error' },
  });
});
