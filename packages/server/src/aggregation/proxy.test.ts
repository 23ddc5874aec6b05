import { connect } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testAuthority } from '../outbound/testing/review-server.ts';
import { type AggregationScene, answer, startAggregation } from './testing/aggregation-scene.ts';

let scene: AggregationScene;
beforeAll(async () => {
  scene = await startAggregation();
  await scene.serve();
});
afterAll(() => scene.close());

describe('a remote APIService', () => {
  it('gets requests with their user', async () => {
    scene.remote.received.length = 0;
    const path = '/apis/wardle.example.com/v1alpha1/namespaces/demo/flunders/a?x=1';
    const { status, text } = await scene.call(path, {
      authorization: 'Basic secret',
      'x-remote-user': 'root',
    });
    expect([status, JSON.parse(text)]).toEqual([200, { kind: 'Flunder', path }]);
    const headers = scene.remote.received.find((one) => one.path === path)?.headers;
    expect(headers).toMatchObject({
      'x-remote-user': 'admin',
      'x-remote-group': 'system:masters, system:authenticated',
    });
    expect(headers?.authorization).toBeUndefined();
  });

  it('is reached over HTTP/2 with a body', async () => {
    scene.remote.answer(({ body }) => ({ kind: 'Echo', body }));
    const session = connect(`https://localhost:${scene.port}`, { ca: testAuthority });
    const stream = session.request({
      ':method': 'POST',
      ':path': '/apis/wardle.example.com/v1alpha1/namespaces/demo/flunders',
      'content-type': 'application/json',
    });
    stream.end(JSON.stringify({ kind: 'Flunder' }));
    let text = '';
    for await (const chunk of stream as AsyncIterable<Buffer>) text += chunk.toString();
    session.close();
    expect(JSON.parse(text)).toEqual({ kind: 'Echo', body: { kind: 'Flunder' } });
    scene.remote.answer(answer);
  });

  it('answers requests of the process itself, as the console makes them', async () => {
    const path = '/apis/wardle.example.com/v1alpha1/namespaces/demo/flunders/a';
    expect((await scene.api.call('GET', `${path}?x=1`)).body).toEqual({
      kind: 'Flunder',
      path: `${path}?x=1`,
    });
    scene.remote.answer(({ body, headers }) => ({
      ...{ kind: 'Echo', body, user: headers['x-remote-user'], cookie: headers.cookie },
    }));
    const posted = await scene.api.call('POST', path, {
      body: { kind: 'Flunder' },
      headers: { authorization: 'Basic secret' },
    });
    expect(posted.body).toEqual({ kind: 'Echo', body: { kind: 'Flunder' }, user: 'admin' });
    scene.remote.answer((_received, response) => void response.writeHead(418).end('{"kind":"Status"}'));
    expect((await scene.api.call('GET', path)).status).toBe(418);
    scene.remote.answer((_received, response) => void response.destroy());
    const lost = await scene.api.call('GET', path);
    expect([lost.status, lost.body]).toEqual([503, expect.stringContaining('error trying to reach service')]);
    scene.remote.answer(answer);
  });

  it('streams watches of the process itself', async () => {
    let more = (): void => undefined;
    const { promise: left, resolve: gone } = Promise.withResolvers<void>();
    scene.remote.answer((_received, response) => {
      response.write('first\n');
      response.once('close', gone);
      more = () => void response.write('second\n');
    });
    const path = '/apis/wardle.example.com/v1alpha1/flunders?watch=true';
    const { raw } = await scene.api.call('GET', path);
    const seen: string[] = [];
    const both = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const stop = raw.stream?.({
      begin: () => undefined,
      write(frames) {
        seen.push(frames.toString());
        if (seen.length === 1) more();
        else both.resolve();
      },
      unsent: 0,
      end: ended.resolve,
    });
    await both.promise;
    expect(seen).toEqual(['first\n', 'second\n']);
    stop?.();
    await Promise.all([left, ended.promise]);
    scene.remote.answer(answer);
  });

  it('streams its answers', async () => {
    let more = (): void => undefined;
    scene.remote.answer((_received, response) => {
      response.write('first\n');
      more = () => void response.end('second\n');
    });
    const seen: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const path = '/apis/wardle.example.com/v1alpha1/flunders?watch=true';
      const outgoing = httpsRequest(
        { host: 'localhost', port: scene.port, path, ca: testAuthority },
        (response) => {
          response.on('data', (chunk: Buffer) => {
            seen.push(chunk.toString());
            if (seen.length === 1) more();
          });
          response.on('end', resolve);
        },
      );
      outgoing.on('error', reject);
      outgoing.end();
    });
    expect(seen).toEqual(['first\n', 'second\n']);
    scene.remote.answer(answer);
  });

  it('takes over upgraded connections', async () => {
    const path = '/apis/wardle.example.com/v1alpha1/namespaces/demo/flunders/a/shell';
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { connection: 'Upgrade', upgrade: 'echo' };
      const outgoing = httpsRequest({
        host: 'localhost',
        port: scene.port,
        path,
        ca: testAuthority,
        headers,
      });
      outgoing.on('upgrade', (_response, socket, head: Buffer) => {
        let read = head.toString();
        const look = (): void => {
          if (!read.endsWith('hello\n')) return;
          socket.destroy();
          resolve(read);
        };
        socket.on('data', (chunk: Buffer) => {
          read += chunk.toString();
          look();
        });
        socket.on('error', reject);
        socket.write('hello\n');
      });
      outgoing.on('error', reject);
      outgoing.end();
    });
    expect(text).toBe(`admin ${path}\nhello\n`);
  });

  it('gets the id of the request and where it came from; answers are not to be kept', async () => {
    scene.remote.answer(
      ({ headers }, response) =>
        void response
          .writeHead(200, { 'cache-control': 'max-age=9' })
          .end(JSON.stringify({ id: headers['audit-id'], from: headers['x-forwarded-for'] })),
    );
    const path = '/apis/wardle.example.com/v1alpha1/flunders';
    const headers = { 'audit-id': 'mine', 'x-forwarded-for': '192.0.2.9' };
    const { promise, resolve, reject } = Promise.withResolvers<[string | undefined, string]>();
    const outgoing = httpsRequest(
      { host: 'localhost', port: scene.port, path, ca: testAuthority, headers },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve([response.headers['cache-control'], text]));
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
    const [caching, text] = await promise;
    expect(caching).toBe('no-cache, private, max-age=9');
    expect(JSON.parse(text)).toEqual({
      id: 'mine',
      from: expect.stringMatching(/^192\.0\.2\.9, (127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/),
    });
    scene.remote.answer(answer);
  });

  it('does not lead anywhere else', async () => {
    scene.remote.answer((_received, response) => void response.writeHead(302, { location: '/' }).end());
    expect((await scene.call('/apis/wardle.example.com/v1alpha1/flunders')).status).toBe(502);
    scene.remote.answer(answer);
  });
});
