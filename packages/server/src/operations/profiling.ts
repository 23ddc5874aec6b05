import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlainHandler } from '../http/chain.ts';
import { type ApiResponse, textResponse } from '../http/response.ts';

const ROOT = '/debug/pprof/';
const DEFAULT_SECONDS = 30;
const MAX_SECONDS = 60;
const SAMPLE_MICROSECONDS = 1000;

const download = (name: string, body: string): ApiResponse => ({
  status: 200,
  headers: {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
    'x-content-type-options': 'nosniff',
  },
  body: Buffer.from(body),
});

async function cpuProfile(seconds: number): Promise<ApiResponse> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
    await session.post('Profiler.start');
    await sleep(seconds * 1000);
    const { profile } = await session.post('Profiler.stop');
    return download('profile.cpuprofile', JSON.stringify(profile));
  } finally {
    session.disconnect();
  }
}

/** What is allocated meanwhile; a whole snapshot of the heap would stop the server for seconds. */
async function heapProfile(seconds: number): Promise<ApiResponse> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.enable');
    await session.post('HeapProfiler.startSampling');
    await sleep(seconds * 1000);
    const { profile } = await session.post('HeapProfiler.stopSampling');
    return download('heap.heapprofile', JSON.stringify(profile));
  } finally {
    session.disconnect();
  }
}

/** `/debug/pprof`: CPU and allocation profiles, in the form that V8's tools read. One at a time. */
export function profilingHandler(): PlainHandler {
  let busy = false;
  return async ({ attributes, query }) => {
    const { path } = attributes;
    if (path === '/debug/pprof' || path === ROOT)
      return textResponse(200, 'profile?seconds=30: CPU\nheap?seconds=30: allocations\n');
    const make = path === `${ROOT}profile` ? cpuProfile : path === `${ROOT}heap` ? heapProfile : undefined;
    if (make === undefined) return undefined;
    const asked = query.get('seconds');
    const seconds = asked === null ? DEFAULT_SECONDS : Number(asked);
    if (!(seconds > 0 && seconds <= MAX_SECONDS))
      return textResponse(400, `give seconds between 1 and ${MAX_SECONDS}\n`);
    if (busy) return textResponse(409, 'another profile is being taken\n');
    busy = true;
    try {
      return await make(seconds);
    } finally {
      busy = false;
    }
  };
}
