import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromProtobuf, PROTOBUF, watchEvents } from '../testing/protobuf.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const pem = (name: string): Buffer => readFileSync(new URL(`../outbound/testdata/${name}`, import.meta.url));
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

let test: TestServer;
let session: ClientHttp2Session;
let close: () => Promise<void>;

beforeAll(async () => {
  test = await startTestServer();
  const tls = { cert: pem('server.crt'), key: pem('server.key') };
  const listening = await test.server.listen({ tls, host: '127.0.0.1', port: 0 });
  session = connect(`https://127.0.0.1:${listening.port}`, { rejectUnauthorized: false });
  close = async () => {
    session.destroy();
    await listening.close(0);
  };
  const data = { text: 'some words that repeat, '.repeat(2000) };
  for (const name of ['a', 'b', 'c', 'd'])
    await test.call('POST', CONFIG_MAPS, { body: { metadata: { name }, data } });
});
afterAll(async () => {
  await close();
  await test.close();
});

describe('protobuf over HTTP/2', () => {
  it('comes packed when it is large', async () => {
    const stream = session.request({ ':path': CONFIG_MAPS, accept: PROTOBUF, 'accept-encoding': 'gzip' });
    const headers = new Promise<Record<string, unknown>>((resolve) => stream.on('response', resolve));
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(await headers).toMatchObject({ 'content-type': PROTOBUF, 'content-encoding': 'gzip' });
    expect(fromProtobuf(gunzipSync(Buffer.concat(chunks)))).toMatchObject({
      kind: 'ConfigMapList',
      items: [{ metadata: { name: 'a' } }, {}, {}, { metadata: { name: 'd' } }],
    });
  });

  it('is watched in whole frames, whatever pieces they come in', async () => {
    const query = 'watch=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
    const stream = session.request({
      ':path': `${CONFIG_MAPS}?${query}`,
      accept: `${PROTOBUF};stream=watch`,
      'accept-encoding': 'gzip',
    });
    const headers = new Promise<Record<string, unknown>>((resolve) => stream.on('response', resolve));
    let bytes = Buffer.alloc(0);
    const names: string[] = [];
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      bytes = Buffer.concat([bytes, chunk as Buffer]);
      while (bytes.length >= 4 && bytes.length >= 4 + bytes.readUInt32BE()) {
        const end = 4 + bytes.readUInt32BE();
        for (const { type, object } of watchEvents(bytes.subarray(0, end)))
          names.push(`${type} ${String(object.metadata?.name ?? '')}`.trim());
        bytes = bytes.subarray(end);
      }
      if (names.length >= 5) break;
    }
    stream.close();
    expect(names).toEqual(['ADDED a', 'ADDED b', 'ADDED c', 'ADDED d', 'BOOKMARK']);
    const answered = await headers;
    expect(answered['content-type']).toBe(`${PROTOBUF};stream=watch`);
    expect(answered['content-encoding']).toBeUndefined();
  });
});
