import type { UserInfo } from '../../../request.ts';
import { withAuthenticated } from '../../users.ts';
import { TokenFault } from '../token-authenticator.ts';
import { CREDENTIAL_ID } from '../x509.ts';
import type { JwtConfiguration, Mapping } from './configuration.ts';
import { compileExpression, type Expression, type ExpressionInput } from './expressions.ts';
import { jsonType } from './token-claims.ts';

type Claims = Readonly<Record<string, unknown>>;

const has = (claims: Claims, name: string): boolean => Object.hasOwn(claims, name);

function fault(prefix: string, evaluate: () => unknown): unknown {
  try {
    return evaluate();
  } catch (error) {
    throw new TokenFault(`${prefix}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function textClaim(claims: Claims, name: string, what: string): string {
  if (!has(claims, name)) throw new TokenFault(`oidc: parse ${what}: claim not present`);
  const value = claims[name] ?? '';
  if (typeof value !== 'string')
    throw new TokenFault(
      `oidc: parse ${what}: json: cannot unmarshal ${jsonType(value)} into Go value of type string`,
    );
  return value;
}

/** A text or a list of them, without empty ones. Throws an Error. */
function strings(value: unknown): string[] {
  if (value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every((one): one is string => typeof one === 'string'))
    throw new Error('expression must return a string or a list of strings');
  return list.filter((one) => one !== '');
}

interface Rule {
  readonly evaluate: Expression;
  readonly expression: string;
  readonly message: string;
}

function checkRules(rules: readonly Rule[], value: unknown, prefix: string): void {
  for (const { evaluate, expression, message } of rules) {
    const result = fault(prefix, () => evaluate(value));
    if (typeof result !== 'boolean')
      throw new TokenFault(`${prefix}: validation expression must return a boolean`);
    if (!result) throw new TokenFault(`${prefix}: validation expression '${expression}' failed: ${message}`);
  }
}

const usesEmail = (source: string | undefined): boolean => /\bclaims\s*\.\s*email\b(?!_)/.test(source ?? '');
const usesVerified = (source: string | undefined): boolean =>
  /\bclaims\s*\.\s*\??email_verified\b/.test(source ?? '');

/** An address that nobody verified may be anybody's. */
function assertVerified({ claimMappings, claimValidationRules = [] }: JwtConfiguration, path: string): void {
  const { username, extra = [] } = claimMappings;
  if (!usesEmail(username.expression)) return;
  const sources = [
    username.expression,
    ...extra.map(({ valueExpression }) => valueExpression),
    ...claimValidationRules.map(({ expression }) => expression),
  ];
  if (!sources.some(usesVerified))
    throw new Error(
      `${path}.claimMappings.username.expression: Invalid value: ${JSON.stringify(username.expression)}: claims.email_verified must be used in claimMappings.username.expression or claimMappings.extra[*].valueExpression or claimValidationRules[*].expression when claims.email is used in claimMappings.username.expression`,
    );
}

/**
 * How an issuer's claims become a user. Compiles all expressions; throws an Error that names the one at fault. The
 * function that comes back throws TokenFault, worded as the original.
 */
export function compileIdentity(jwt: JwtConfiguration, path: string): (claims: Claims) => UserInfo {
  assertVerified(jwt, path);
  const { claimMappings, claimValidationRules = [], userValidationRules = [] } = jwt;
  const { username, groups, uid, extra = [] } = claimMappings;
  const mapping = (one: Mapping | undefined, field: string, result: 'string' | 'strings') =>
    one?.expression
      ? compileExpression(one.expression, 'claims', result, `${path}.claimMappings.${field}.expression`)
      : undefined;
  const rule =
    (input: ExpressionInput, field: string) =>
    ({ expression = '', message = '' }, index: number): Rule => ({
      ...{ expression, message },
      evaluate: compileExpression(expression, input, 'bool', `${path}.${field}[${index}].expression`),
    });
  const names = {
    username: mapping(username, 'username', 'string'),
    groups: mapping(groups, 'groups', 'strings'),
    uid: mapping(uid, 'uid', 'string'),
  };
  const extras = extra.map(({ key, valueExpression }, index) => ({
    ...{ key, valueExpression },
    evaluate: compileExpression(
      valueExpression,
      'claims',
      'strings',
      `${path}.claimMappings.extra[${index}].valueExpression`,
    ),
  }));
  const claimRules = claimValidationRules
    .filter(({ expression }) => expression)
    .map(rule('claims', 'claimValidationRules'));
  const userRules = userValidationRules.map(rule('user', 'userValidationRules'));
  const requiredClaims = claimValidationRules.filter(({ claim }) => claim);

  return (claims) => {
    const name = nameOf(claims, username, names.username);
    const list = groupsOf(claims, groups, names.groups);
    const id = uidOf(claims, uid, names.uid);
    const more = extrasOf(claims, extras);
    for (const { claim = '', requiredValue = '' } of requiredClaims) {
      if (!has(claims, claim)) throw new TokenFault(`oidc: required claim ${claim} not present in ID token`);
      const value = textClaim(claims, claim, `claim ${claim}`);
      if (value !== requiredValue)
        throw new TokenFault(
          `oidc: required claim ${claim} value does not match. Got = ${value}, want = ${requiredValue}`,
        );
    }
    checkRules(claimRules, claims, 'oidc: error evaluating claim validation expression');
    checkRules(
      userRules,
      { username: name, uid: id, groups: list, extra: more },
      'oidc: error evaluating user info validation rule',
    );
    return {
      name,
      ...(id === '' ? {} : { uid: id }),
      groups: withAuthenticated(list, name),
      ...(Object.keys(more).length === 0 ? {} : { extra: more }),
    };
  };
}

function nameOf(
  claims: Claims,
  { claim = '', prefix = '' }: Mapping,
  evaluate: Expression | undefined,
): string {
  if (evaluate !== undefined) {
    const prefixText = 'oidc: error evaluating username claim expression';
    const value = fault(prefixText, () => evaluate(claims));
    if (typeof value !== 'string')
      throw new TokenFault(`${prefixText}: username claim expression must return a string`);
    if (value === '') throw new TokenFault('oidc: empty username via CEL expression is not allowed');
    return value;
  }
  const value = textClaim(claims, claim, `username claims ${JSON.stringify(claim)}`);
  if (claim === 'email' && has(claims, 'email_verified')) assertEmail(claims.email_verified);
  return prefix + value;
}

/** Throws a TokenFault unless an address is told to be its owner's. */
function assertEmail(verified: unknown): void {
  if (typeof verified !== 'boolean' && verified !== null)
    throw new TokenFault(
      `oidc: parse 'email_verified' claim: json: cannot unmarshal ${jsonType(verified)} into Go value of type bool`,
    );
  if (verified !== true) throw new TokenFault('oidc: email not verified');
}

function groupsOf(claims: Claims, mapping: Mapping | undefined, evaluate: Expression | undefined): string[] {
  if (evaluate !== undefined)
    return fault('oidc: error evaluating group claim expression', () =>
      strings(evaluate(claims)),
    ) as string[];
  const { claim = '', prefix = '' } = mapping ?? {};
  const value = claim === '' || !has(claims, claim) ? null : claims[claim];
  if (value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every((one): one is string => typeof one === 'string'))
    throw new TokenFault(
      `oidc: parse groups claim ${JSON.stringify(claim)}: json: cannot unmarshal ${jsonType(value)} into Go value of type string`,
    );
  return list.map((group) => prefix + group);
}

function uidOf(claims: Claims, mapping: Mapping | undefined, evaluate: Expression | undefined): string {
  if (evaluate !== undefined) {
    const value = fault('oidc: error evaluating uid claim expression', () => evaluate(claims));
    if (typeof value !== 'string')
      throw new TokenFault(
        'oidc: error evaluating uid claim expression: uid claim expression must return a string',
      );
    return value;
  }
  const { claim = '' } = mapping ?? {};
  return claim === '' ? '' : textClaim(claims, claim, `uid claim ${JSON.stringify(claim)}`);
}

function extrasOf(
  claims: Claims,
  extras: readonly {
    readonly key: string;
    readonly valueExpression: string;
    readonly evaluate: Expression;
  }[],
): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  if (typeof claims.jti === 'string' && claims.jti !== '') found[CREDENTIAL_ID] = [`JTI=${claims.jti}`];
  for (const { key, valueExpression, evaluate } of extras) {
    const values = fault(`oidc: error evaluating extra claim expression: ${valueExpression}`, () =>
      strings(evaluate(claims)),
    ) as string[];
    if (values.length > 0) found[key] = values;
  }
  return found;
}
