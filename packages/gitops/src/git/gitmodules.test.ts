import { expect, test } from 'vitest';
import { gitmodules, submoduleUrl } from './gitmodules.ts';

test('addresses are read by path', () => {
  const text = `# c
[submodule "a"]
\tpath = a/
\turl = ../a.git # comment
[submodule "b \\"c\\""]
  URL = "https://x/\\"b"
  path = b c
  branch = main
[core]
\tpath = no
\turl = no
[submodule "half"]
\tpath = half
`;
  expect([...gitmodules(text)]).toEqual([
    ['a', '../a.git'],
    ['b c', 'https://x/"b'],
  ]);
  expect(gitmodules('').size).toBe(0);
});

test.each([
  ['https://h/team/app.git', '../lib.git', 'https://h/team/lib.git'],
  ['https://h/team/app.git/', './lib', 'https://h/team/app.git/lib'],
  ['https://h/team/app.git', '../../x/y', 'https://h/x/y'],
  ['git@h:team/app.git', '../lib.git', 'git@h:team/lib.git'],
  ['git@h:app.git', '../lib.git', 'git@h:lib.git'],
  ['ssh://git@h:22/app.git', '../lib.git', 'ssh://git@h:22/lib.git'],
  ['https://h/app.git', 'https://other/x', 'https://other/x'],
])('of %s %s is %s', (base, url, whole) => {
  expect(submoduleUrl(base, url)).toBe(whole);
});

test.each([
  ['https://h/app.git', '../../x'],
  ['https://h', '../x'],
])('of %s %s is nowhere', (base, url) => {
  expect(() => submoduleUrl(base, url)).toThrow('leads out of');
});
