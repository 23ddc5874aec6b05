import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LinkRewriter } from './html-links.ts';

const through = async (...chunks: Buffer[]): Promise<string> => {
  const links = new LinkRewriter((link) => (link.startsWith('/') ? `/p${link}` : link));
  for (const chunk of chunks) links.write(chunk);
  links.end();
  return (await buffer(links)).toString();
};

test.each([
  ['<a href="/rewriteme">test</a>', '<a href="/p/rewriteme">test</a>'],
  ["<IMG alt='>' SRC='/a.png' longdesc = /b>", "<IMG alt='>' SRC='/p/a.png' longdesc = /p/b>"],
  ['<a href="b">ü</a><p href="/x">', '<a href="b">ü</a><p href="/x">'],
  ['<!-- <a href="/x"> --><a href=/y>', '<!-- <a href="/x"> --><a href=/p/y>'],
  [
    '<script src="/s.js">"<a href=\'/x\'>"</SCRIPT><link href="/c">',
    '<script src="/p/s.js">"<a href=\'/x\'>"</SCRIPT><link href="/p/c">',
  ],
  ['1 < 2 <a href="/open', '1 < 2 <a href="/open'],
])('%s', async (page, expected) => {
  expect(await through(Buffer.from(page))).toBe(expected);
});

test('it does not matter where the page is cut', async () => {
  const page = '<html><script>if (a<b) "</a>"</script><!--<a href="/x">--><a class=x href="/é">é</a>';
  const bytes = Buffer.from(page);
  const whole = await through(bytes);
  expect(whole).toContain('href="/p/é"');
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length), fc.nat(bytes.length), async (a, b) => {
      const [first, second] = a < b ? [a, b] : [b, a];
      const parts = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
      expect(await through(...parts)).toBe(whole);
    }),
  );
});

test('text without addresses comes out as it went in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('<', '>', '"', "'", '=', ' ', 'a', '<!--', '-->', '<p', '</p>')),
      async (parts) => {
        const page = parts.join('');
        expect(await through(Buffer.from(page))).toBe(page);
      },
    ),
  );
});
