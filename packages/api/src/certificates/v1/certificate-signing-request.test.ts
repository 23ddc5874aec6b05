import { describe, expect, test } from 'vitest';
import { compileKind } from '../../compile.ts';
import { context, createErrors, stored, updateErrors } from '../../testing/objects.ts';
import { certificateSigningRequest as kind } from './certificate-signing-request.ts';

const pem = Buffer.from(
  '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n',
).toString('base64');
const request = (spec: object = {}, status: object = {}) => ({
  metadata: { name: 'any Name: really' },
  spec: { request: pem, signerName: 'example.com/signer', usages: ['client auth'], ...spec },
  status,
});

describe('create', () => {
  test.each<[string, object, string[]]>([
    ['good', {}, []],
    ['no usages', { usages: [] }, ['spec.usages: Required value']],
    ['repeated usage', { usages: ['any', 'any'] }, ['spec.usages[1]: Duplicate value: "any"']],
    [
      'signer without a path',
      { signerName: 'example.com' },
      [
        'spec.signerName: Invalid value: "example.com": must be a fully qualified domain and path of the form \'example.com/signer-name\'',
      ],
    ],
    [
      'short',
      { expirationSeconds: 599 },
      [
        'spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 600 seconds (10 minutes)',
      ],
    ],
    [
      'no request',
      { request: 'AAAA' },
      ['spec.request: Invalid value: "AAAA": PEM block type must be CERTIFICATE REQUEST'],
    ],
  ])('%s', (_name, spec, errors) => {
    expect(createErrors(kind, request(spec))).toEqual(errors);
  });
});

const approved = { conditions: [{ type: 'Approved', status: 'True' }] };

describe('update', () => {
  test('approval sets conditions, with their times, and nothing else', () => {
    const compiled = compileKind(kind);
    const old = stored(kind, request());
    const update = { ...structuredClone(old), status: { ...approved, certificate: 'AAAA' } };
    compiled.prepareForUpdate(update, old, context('approval'));
    expect(update.status).toEqual({
      conditions: [
        {
          type: 'Approved',
          status: 'True',
          lastUpdateTime: '2025-06-01T12:00:00Z',
          lastTransitionTime: '2025-06-01T12:00:00Z',
        },
      ],
    });
    expect(compiled.validateUpdate(update, old, context('approval'))).toEqual([]);
  });

  test('status may not approve', () => {
    expect(updateErrors(kind, request(), request({}, approved), 'status')).toEqual([
      'status.conditions: Forbidden: updates may not add a condition of type "Approved"',
    ]);
  });

  test('approved and denied exclude each other', () => {
    const both = {
      conditions: [
        { type: 'Approved', status: 'True' },
        { type: 'Denied', status: 'False' },
      ],
    };
    expect(updateErrors(kind, request(), request({}, both), 'approval')).toEqual([
      'status.conditions[1].status: Unsupported value: "False": supported values: "True"',
      'status.conditions: Invalid value: "Denied": Approved and Denied conditions are mutually exclusive',
    ]);
  });
});
