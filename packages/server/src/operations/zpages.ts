import type { PlainHandler } from '../http/chain.ts';
import { textResponse } from '../http/response.ts';

const WARNING =
  'Warning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.';
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Fri Sep  6 06:19:51 UTC 2024`. */
function unixDate(at: Date): string {
  const day = String(at.getUTCDate()).padStart(2);
  const time = at.toISOString().slice(11, 19);
  return `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${day} ${time} UTC ${at.getUTCFullYear()}`;
}

function upTime(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${Math.floor(seconds / 3600)} hr ${two((seconds % 3600) / 60)} min ${two(seconds % 60)} sec`;
}

/** `/statusz`: since when which version runs. */
export function statuszHandler(version: string, paths: readonly string[]): PlainHandler {
  const started = new Date();
  return ({ attributes }) => {
    if (attributes.path !== '/statusz') return undefined;
    const emulated = version.split('.').slice(0, 2).join('.');
    const up = upTime((Date.now() - started.getTime()) / 1000);
    return textResponse(
      200,
      `\napiserver statusz\n${WARNING}\n\nStarted= ${unixDate(started)}\nUp= ${up}\nGo version= node${process.version.slice(1)}\nBinary version= ${version}\nEmulation version= ${emulated}\nPaths= ${paths.join(' ')}\n`,
    );
  };
}

/** `/flagz`: the command line, with all defaults. */
export function flagzHandler(flags: Readonly<Record<string, string>>): PlainHandler {
  const lines = Object.entries(flags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}: ${value}\n`);
  return ({ attributes }) =>
    attributes.path === '/flagz'
      ? textResponse(200, `\napiserver flagz\n${WARNING}\n${lines.join('')}`)
      : undefined;
}
