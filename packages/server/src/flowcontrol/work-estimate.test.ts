import { describe, expect, it } from 'vitest';
import { parseRequest } from '../http/path.ts';
import { estimateWork, type ServerState } from './work-estimate.ts';

const state = (count: number, bytes: number, watches = 0): ServerState => ({
  objects: (_group, resource) => (resource === 'pods' ? { count, bytes } : undefined),
  watches: () => watches,
});

function seats(method: string, url: string, of: ServerState, most = 0): [number, number, number] {
  const [path = '', text = ''] = url.split('?');
  const query = new URLSearchParams(text);
  const { attributes } = parseRequest(method, path, query);
  const { initialSeats, finalSeats, additionalMs } = estimateWork(attributes, query, of, most);
  return [initialSeats, finalSeats, additionalMs];
}

const pods = '/api/v1/namespaces/a/pods';

describe('the seats of a request', () => {
  it.each([
    ['GET', `${pods}/p`, 1],
    ['GET', pods, 3],
    ['GET', `${pods}?limit=100`, 2],
    ['GET', `${pods}?fieldSelector=metadata.name%3Dp`, 1],
    ['GET', '/apis/example.com/v1/things', 1],
    ['GET', `${pods}?watch=true&resourceVersion=5`, 1],
    ['GET', `${pods}?watch=true`, 3],
    ['GET', `${pods}?watch=true&resourceVersion=5&sendInitialEvents=true`, 3],
    ['GET', '/version', 1],
  ])('%s %s: %i', (method, url, wanted) => {
    expect(seats(method, url, state(200, 1_200))).toEqual([wanted, 0, 0]);
  });

  it('are bounded for lists, by what is streamed and by the level', () => {
    expect(seats('GET', pods, state(100_000, 2_000))[0]).toBe(10);
    expect(seats('GET', pods, state(100_000, 2_000), 4)[0]).toBe(4);
  });

  it('stay taken after a write that feeds many watches', () => {
    expect(seats('POST', pods, state(1, 1, 9))).toEqual([1, 0, 0]);
    expect(seats('POST', pods, state(1, 1, 25))).toEqual([1, 3, 5]);
    expect(seats('PATCH', `${pods}/p`, state(1, 1, 1000))).toEqual([1, 10, 50]);
    expect(seats('POST', '/api/v1/namespaces/a/serviceaccounts/x/token', state(1, 1, 1000))).toEqual([
      1, 0, 0,
    ]);
  });
});
