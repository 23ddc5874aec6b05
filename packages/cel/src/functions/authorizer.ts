import { isDNS1123Label, nameIsDNSSubdomain } from '@gantry/machinery/validation';

import {
  AUTHORIZER,
  BOOL,
  DECISION,
  GROUP_CHECK,
  PATH_CHECK,
  RESOURCE_CHECK,
  STRING,
} from '../check/types.ts';
import type { AuthorizationAnswer, AuthorizationCheck, AuthorizerBinding } from '../port.ts';
import { type Adapter, CelOpaque, fail, type Value } from '../values/values.ts';
import { declare, type Library, member } from './declaration.ts';

type Asked = Omit<AuthorizationCheck, 'verb'>;

/** An authorizer, or a check that is being put together. */
class AuthorizationValue extends CelOpaque {
  readonly typeName: string;
  readonly binding: AuthorizerBinding;
  readonly asked: Asked;

  constructor(kind: string, binding: AuthorizerBinding, asked: Asked) {
    super();
    this.typeName = `kubernetes.authorization.${kind}`;
    this.binding = binding;
    this.asked = asked;
  }

  equals(other: CelOpaque): boolean {
    return this === other;
  }

  with(kind: string, asked: Asked): AuthorizationValue {
    return new AuthorizationValue(kind, this.binding, { ...this.asked, ...asked });
  }
}

class DecisionValue extends CelOpaque {
  readonly typeName = 'kubernetes.authorization.Decision';
  readonly answer: AuthorizationAnswer;

  constructor(answer: AuthorizationAnswer) {
    super();
    this.answer = answer;
  }

  equals(other: CelOpaque): boolean {
    return this === other;
  }
}

function refine(kind: string, asked: (text: string) => Asked) {
  return (value: Value, text: Value): Value =>
    (value as AuthorizationValue).with(kind, asked(text as string));
}

function notEmpty(text: string, name: string): string {
  return text.trim() === '' ? fail(`${name} must not be empty`) : text;
}

function serviceAccount(value: Value, namespace: Value, name: Value): Value {
  if (nameIsDNSSubdomain(name as string, false).length > 0) {
    fail('Invalid service account name');
  }
  if (isDNS1123Label(namespace as string).length > 0) {
    fail('Invalid service account namespace');
  }
  const account = { namespace: namespace as string, name: name as string };
  return (value as AuthorizationValue).with('Authorizer', { serviceAccount: account });
}

function check(value: Value, verb: Value): Value {
  const { binding, asked } = value as AuthorizationValue;
  return new DecisionValue(binding.check({ ...asked, verb: verb as string }));
}

function ofAnswer(read: (answer: AuthorizationAnswer) => Value) {
  return (value: Value): Value => read((value as DecisionValue).answer);
}

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-authorizer-library */
export const authorizer: Library = [
  declare(
    'path',
    member(
      'authorizer_path',
      [AUTHORIZER, STRING],
      PATH_CHECK,
      refine('PathCheck', (path) => ({ path: notEmpty(path, 'path') })),
    ),
  ),
  declare(
    'group',
    member(
      'authorizer_group',
      [AUTHORIZER, STRING],
      GROUP_CHECK,
      refine('GroupCheck', (group) => ({ group })),
    ),
  ),
  declare(
    'serviceAccount',
    member('authorizer_serviceaccount', [AUTHORIZER, STRING, STRING], AUTHORIZER, serviceAccount),
  ),
  declare(
    'resource',
    member(
      'groupcheck_resource',
      [GROUP_CHECK, STRING],
      RESOURCE_CHECK,
      refine('ResourceCheck', (resource) => ({ resource: notEmpty(resource, 'resource') })),
    ),
  ),
  ...(['subresource', 'namespace', 'name'] as const).map((name) =>
    declare(
      name,
      member(
        `resourcecheck_${name}`,
        [RESOURCE_CHECK, STRING],
        RESOURCE_CHECK,
        refine('ResourceCheck', (text) => ({ [name]: text })),
      ),
    ),
  ),
  ...(['fieldSelector', 'labelSelector'] as const).map((name) =>
    declare(
      name,
      member(
        `authorizer_${name.toLowerCase()}`,
        [RESOURCE_CHECK, STRING],
        RESOURCE_CHECK,
        refine('ResourceCheck', (text) => ({ [name]: text })),
      ),
    ),
  ),
  declare(
    'check',
    member('pathcheck_check', [PATH_CHECK, STRING], DECISION, check),
    member('resourcecheck_check', [RESOURCE_CHECK, STRING], DECISION, check),
  ),
  declare(
    'errored',
    member(
      'decision_errored',
      [DECISION],
      BOOL,
      ofAnswer(({ error }) => error !== undefined),
    ),
  ),
  declare(
    'error',
    member(
      'decision_error',
      [DECISION],
      STRING,
      ofAnswer(({ error }) => error ?? ''),
    ),
  ),
  declare(
    'allowed',
    member(
      'decision_allowed',
      [DECISION],
      BOOL,
      ofAnswer(({ allowed }) => allowed),
    ),
  ),
  declare(
    'reason',
    member(
      'decision_reason',
      [DECISION],
      STRING,
      ofAnswer(({ reason }) => reason),
    ),
  ),
];

/** The binding of a variable of type Authorizer. */
export const adaptAuthorizer: Adapter = (raw) =>
  new AuthorizationValue('Authorizer', raw as AuthorizerBinding, {});

/** The binding of a variable of type ResourceCheck: the check that the request itself would be. */
export const adaptResourceCheck: Adapter = (raw) => {
  const { authorizer: binding, check: asked } = raw as { authorizer: AuthorizerBinding; check: Asked };
  return new AuthorizationValue('ResourceCheck', binding, asked);
};
