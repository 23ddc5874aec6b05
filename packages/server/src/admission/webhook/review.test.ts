import { describe, expect, it } from 'vitest';
import { readVerdict, UndecodableError } from './review.ts';

const review = (response: object, kind = 'AdmissionReview', apiVersion = 'admission.k8s.io/v1'): object => ({
  ...{ apiVersion, kind },
  response: { uid: 'u', allowed: true, ...response },
});

const failureOf = (answer: unknown, version = 'v1', mutating = true): Error | undefined => {
  try {
    readVerdict(answer, 'u', version, mutating);
    return undefined;
  } catch (error) {
    return error as Error;
  }
};

const patch = Buffer.from('[]').toString('base64');

describe('the answer of a webhook', () => {
  it.each([
    [{}, 'webhook response was absent'],
    [review({ uid: 'other' }), 'expected response.uid="u", got "other"'],
    [
      review({}, ''),
      'expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got admission.k8s.io/v1, Kind=',
    ],
    [review({ patch }), 'webhook returned response.patch but not response.patchType'],
    [review({ patchType: 'JSONPatch' }), 'webhook returned response.patchType but not response.patch'],
    [review({ patch, patchType: '' }), 'webhook returned invalid response.patchType of ""'],
  ])('has to be complete: %j', (answer, message) => {
    expect(failureOf(answer)?.message).toBe(message);
  });

  it('may not change anything where it only validates', () => {
    expect(failureOf(review({ patch }), 'v1', false)?.message).toBe(
      'validating webhook may not return response.patch',
    );
  });

  it.each([
    [
      review({}, 'Other'),
      'v1',
      'no kind "Other" is registered for version "admission.k8s.io/v1" in scheme "k8s.io/apiserver/pkg/util/webhook/client.go:71"',
    ],
    [
      review({}, 'AdmissionReview', 'admission.k8s.io/v1beta1'),
      'v1',
      'converting (v1beta1.AdmissionReview) to (v1.AdmissionReview): unknown conversion',
    ],
    [
      review({}),
      'v1beta1',
      'converting (v1.AdmissionReview) to (v1beta1.AdmissionReview): unknown conversion',
    ],
  ])('is of the version that was sent: %j', (answer, version, message) => {
    const failure = failureOf(answer, version);
    expect(failure).toBeInstanceOf(UndecodableError);
    expect(failure?.message).toBe(message);
  });

  it('of the older version may leave out what it is', () => {
    const verdict = readVerdict({ response: { allowed: true, patch } }, 'u', 'v1beta1', true);
    expect(verdict).toMatchObject({ allowed: true, patch: '[]', patchType: 'JSONPatch' });
  });
});
