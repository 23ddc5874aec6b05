import { describe, expect, it } from 'vitest';
import { negotiated } from './negotiate.ts';

const BUILT_IN = { transforms: true, protobuf: true };
const CUSTOM = { transforms: true, protobuf: false };

const ask = (accept: string | undefined, endpoint = BUILT_IN, query = '', agent?: string) =>
  negotiated({ headers: { accept, 'user-agent': agent }, query: new URLSearchParams(query) }, endpoint);
const forms = (accept: string, endpoint = BUILT_IN): string => {
  const accepted = ask(accept, endpoint);
  return accepted === undefined ? 'none' : `${accepted.format} ${accepted.form}`;
};

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

describe('negotiation', () => {
  it.each([
    ['application/vnd.kubernetes.protobuf,application/json', 'protobuf full'],
    ['application/json;as=Table;v=v1;g=meta.k8s.io,application/json', 'json table'],
    ['application/json;as=Table;v=v1beta1;g=meta.k8s.io', 'json table'],
    ['application/json;as=Table;v=v2;g=meta.k8s.io,application/json', 'json full'],
    ['application/json;as=Table,application/yaml', 'yaml full'],
    ['application/yaml;q=0.9,application/json;q=0.1', 'yaml full'],
    ['application/json;q=0.1,application/yaml;q=0.9', 'yaml full'],
    ['*/*', 'json full'],
    ['*', 'json full'],
    ['*/*,application/yaml', 'yaml full'],
    ['application/*', 'json full'],
    ['application/json;stream=watch', 'json full'],
    ['application/yaml;stream=watch', 'none'],
    ['application/json;stream=other,application/yaml', 'yaml full'],
    ['application/json;sv=v2', 'none'],
    ['image/png', 'none'],
    ['nonsense', 'none'],
    [`${PROTOBUF};as=PartialObjectMetadata;g=meta.k8s.io;v=v1`, 'protobuf metadata'],
  ])('%s', (accept, expected) => {
    expect(forms(accept)).toBe(expected);
  });

  it('has no tables in protobuf, and goes on with the list', () => {
    const table = 'as=Table;g=meta.k8s.io;v=v1';
    expect(forms(`${PROTOBUF};${table},application/json;${table},application/json`)).toBe('json table');
    expect(forms(`${PROTOBUF};${table}`)).toBe('none');
    expect(forms(`application/yaml;${table}`)).toBe('yaml table');
  });

  it('has custom resources in protobuf only as metadata', () => {
    expect(forms(PROTOBUF, CUSTOM)).toBe('none');
    expect(forms(`${PROTOBUF},application/json`, CUSTOM)).toBe('json full');
    expect(forms(`${PROTOBUF};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`, CUSTOM)).toBe(
      'protobuf metadata',
    );
  });

  it('indents JSON for people, unless they say otherwise', () => {
    expect(ask(undefined)).toMatchObject({ format: 'json', pretty: false });
    expect(ask('*/*', BUILT_IN, '', 'curl/8.5.0')?.pretty).toBe(true);
    expect(ask('*/*', BUILT_IN, 'pretty=false', 'curl/8.5.0')?.pretty).toBe(false);
    expect(ask('', BUILT_IN, 'pretty=true')?.pretty).toBe(true);
    expect(ask('application/json;pretty=1')?.pretty).toBe(true);
  });
});
