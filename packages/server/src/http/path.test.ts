import { describe, expect, it } from 'vitest';
import { parseRequest } from './path.ts';

describe('the name of a list', () => {
  it.each([
    ['metadata.name=a', 'a'],
    ['spec.nodeName=n,metadata.name==a', 'a'],
    ['metadata.name=a\\,b', 'a,b'],
    ['metadata.name!=a', ''],
    // No selector at all: what looks like its second term is part of the first one's value.
    ['metadata.name!=x\\,metadata.name=a', ''],
    ['metadata.name=a,?', ''],
  ])('of %s is %j', (fieldSelector, name) => {
    const query = new URLSearchParams({ fieldSelector });
    const { attributes } = parseRequest('GET', '/api/v1/namespaces/ns/secrets', query);
    expect(attributes).toMatchObject({ verb: 'list', name, fieldSelector });
  });
});
