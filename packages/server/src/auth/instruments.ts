import { processInstruments as set } from '../operations/instruments.ts';
import type { Decision } from '../request.ts';

const BOUNDS = Array.from({ length: 15 }, (_bound, index) => 0.001 * 2 ** index);

const users = set.counter(
  'authenticated_user_requests',
  'Requests whose caller was known, by kind of user name.',
  ['username'],
);
const attempts = set.counter('authentication_attempts', 'Attempts to sign in.', ['result']);
const took = set.histogram(
  'authentication_duration_seconds',
  'Time that signing in took.',
  ['result'],
  BOUNDS,
);
const decisions = set.counter('authorization_attempts_total', 'Decisions on requests.', ['result']);

const SELF = new Set([
  ...['admin', 'client', 'kube_proxy', 'kubelet', 'system:serviceaccount:kube-system:default'],
]);
const [success, failure] = [attempts.with('success'), attempts.with('failure')];
const [successTime, failureTime] = [took.with('success'), took.with('failure')];
const [email, other] = [users.with('email_id'), users.with('other')];
const [allowed, denied, noOpinion] = [
  ...[decisions.with('allowed'), decisions.with('denied'), decisions.with('no-opinion')],
] as const;

/** `name` undefined: the credential was wrong. `began`: of `performance.now()`. */
export function countAuthentication(name: string | undefined, began: number): void {
  const seconds = (performance.now() - began) / 1000;
  if (name === undefined) {
    failure.add();
    failureTime.observe(seconds);
    return;
  }
  success.add();
  successTime.observe(seconds);
  if (SELF.has(name)) users.with(name).add();
  else (name.includes('@') ? email : other).add();
}

export function countDecision(decision: Decision & { readonly denied?: boolean }): void {
  (decision.allowed ? allowed : decision.denied === true ? denied : noOpinion)?.add();
}

/** Uses of service-account tokens. */
export const tokenUses = {
  legacy: set.counter('serviceaccount_legacy_tokens_total', 'Uses of tokens without an audience.').with(),
  stale: set
    .counter('serviceaccount_stale_tokens_total', 'Uses of bound tokens that should have been read anew.')
    .with(),
  valid: set.counter('serviceaccount_valid_tokens_total', 'Uses of bound tokens in their time.').with(),
  automatic: set
    .counter('serviceaccount_legacy_auto_token_uses_total', 'Uses of Secrets that were made by themselves.')
    .with(),
  manual: set
    .counter('serviceaccount_legacy_manual_token_uses_total', 'Uses of Secrets that somebody made.')
    .with(),
  invalidated: set
    .counter('serviceaccount_invalid_legacy_auto_token_uses_total', 'Uses of Secrets marked invalid.')
    .with(),
} as const;
