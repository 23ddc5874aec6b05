import { readFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { it } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';
const pem = (name: string): Buffer => readFileSync(new URL(`../outbound/testdata/${name}`, import.meta.url));
it('x', async () => {
  const test = await startTestServer({}, undefined, {});
  const { port, close } = await test.server.listen({ tls: { cert: pem('server.crt'), key: pem('server.key') }, host: '127.0.0.1', port: 0 });
  const session = connectHttp2(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
  session.on('error', (e) => console.log('session error', e.message));
  session.on('goaway', (...a) => console.log('goaway', a[0], a[1]));
  session.on('close', () => console.log('closed', opened, performance.now() - began));
  let opened = 0; let errors: Record<string, number> = {}; let closed = 0;
  const began = performance.now();
  for (let turn = 0; turn < 30 && !session.destroyed && !session.closed; turn++) {
    const all = Promise.all(Array.from({ length: 200 }, () => new Promise<void>((resolve) => {
      opened++;
      const stream = session.request({ ':path': '/version' });
      stream.on('error', (e: Error) => { errors[e.message] = (errors[e.message] ?? 0) + 1; });
      if (stream.pending) stream.on('ready', () => stream.close(8)); else stream.close(8);
      stream.on('close', () => { closed++; resolve(); });
    })));
    await Promise.race([all, new Promise((r) => setTimeout(r, 3000))]);
    console.log(turn, opened, closed, Math.round(performance.now() - began), JSON.stringify(errors), session.destroyed, session.closed);
  }
  session.destroy(); await close(0); await test.close();
}, 60000);
