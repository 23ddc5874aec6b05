import { type FieldError, invalid, required } from '@gantry/machinery/field-error';
import type { ApplicationSource, ApplicationSpec } from '../../generated/types.ts';

/** DNS-1123: what namespaces, and what service accounts and Repositories can be called. */
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const REF_MAX = 1_024;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const BAD_IN_REF = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{/;
const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
/** One comparison of a range, as npm writes them. */
const COMPARISON =
  /^([<>]=?|=|~>?|\^)?v?(\d+|[xX*])(\.(\d+|[xX*])){0,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

function isRange(text: string): boolean {
  return text.split('||').every((part) =>
    part
      .trim()
      .replace(/([<>=~^])\s+(?=[\dvxX*])/g, '$1')
      .split(/\s+/)
      .every((word) => word === '' || word === '-' || COMPARISON.test(word)),
  );
}

function helmErrors(source: ApplicationSource): FieldError[] {
  const { repositoryURL = '', chart = '' } = source.helm ?? {};
  const field = 'spec.source.helm';
  if (repositoryURL === '') return [];
  const errors = chart === '' ? [required(`${field}.chart`, 'the chart of repositoryURL to render')] : [];
  if (!/^(https?|oci):\/\/[^/\s]/.test(repositoryURL))
    errors.push(invalid(`${field}.repositoryURL`, repositoryURL, 'must begin with https:// or oci://'));
  return errors;
}

/** What can't be followed whatever comes. */
function sourceErrors(source: ApplicationSource): FieldError[] {
  const { commit = '', semver = '', path = '.', branch = '', tag = '', repository } = source;
  const errors = helmErrors(source);
  // That there is none at all has been said by then.
  if (typeof repository === 'string' && repository !== '' && !SUBDOMAIN.test(repository))
    errors.push(invalid('spec.source.repository', repository, 'must be the name of a Repository'));
  for (const [field, text] of [
    ['branch', branch],
    ['tag', tag],
  ] as const) {
    const why = text === '' ? undefined : whyNoRef(text, field);
    if (why !== undefined) errors.push(invalid(`spec.source.${field}`, text, why));
  }
  if (commit !== '' && !COMMIT.test(commit))
    errors.push(invalid('spec.source.commit', commit, 'must be a full commit id: 40 (or 64) of 0-9 and a-f'));
  if (semver !== '' && !isRange(semver))
    errors.push(invalid('spec.source.semver', semver, 'must be a range such as ">=1.2.0 <2" or "1.x"'));
  if (path.split('/').includes('..'))
    errors.push(invalid('spec.source.path', path, 'must be a folder in the repository, without ".."'));
  return errors;
}

/** By the rules of git check-ref-format. */
function whyNoRef(text: string, kind: 'branch' | 'tag'): string | undefined {
  if (text.startsWith('refs/'))
    return `must be the name of a ${kind} alone, without refs/heads/ or refs/tags/`;
  const isBad =
    BAD_IN_REF.test(text) ||
    text.split('/').some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock')) ||
    ['.', '@'].includes(text) ||
    text.endsWith('.') ||
    text.startsWith('-') ||
    text.length > REF_MAX;
  return isBad ? `must be a name that Git allows for a ${kind}` : undefined;
}

/** Where it acts, and as whom. */
function actingErrors({ destination, serviceAccountName = '' }: ApplicationSpec): FieldError[] {
  const { namespace = '' } = destination ?? {};
  return [
    ...(namespace !== '' && !LABEL.test(namespace)
      ? [
          invalid(
            'spec.destination.namespace',
            namespace,
            "must be the name of a namespace: lower case letters, digits and '-', at most 63",
          ),
        ]
      : []),
    ...(serviceAccountName !== '' && !SUBDOMAIN.test(serviceAccountName)
      ? [
          invalid(
            'spec.serviceAccountName',
            serviceAccountName,
            serviceAccountName.startsWith('system:serviceaccount:')
              ? 'must be the name alone: the account is of the namespace of the Application'
              : "must be the name of a service account: lower case letters, digits, '-' and '.'",
          ),
        ]
      : []),
  ];
}

function differenceErrors({ ignoreDifferences = [] }: ApplicationSpec): FieldError[] {
  return ignoreDifferences.flatMap(({ jsonPointers = [], managers = [] }, index) => {
    const field = `spec.ignoreDifferences[${index}]`;
    const bad = jsonPointers.flatMap((pointer, at) => (pointer.startsWith('/') ? [] : [{ at, pointer }]));
    return [
      ...(jsonPointers.length + managers.length === 0
        ? [required(field, 'name what others may change, by jsonPointers or managers')]
        : []),
      ...bad.map(({ at, pointer }) =>
        invalid(
          `${field}.jsonPointers[${at}]`,
          pointer,
          'must begin with / (RFC 6901), as /spec/replicas does',
        ),
      ),
    ];
  });
}

const notificationErrors = ({ notifications = [] }: ApplicationSpec): FieldError[] =>
  notifications.flatMap(({ url = '' }, index) =>
    /^https?:\/\/[^/\s]/.test(url)
      ? []
      : [invalid(`spec.notifications[${index}].url`, url, 'must begin with https:// or http://')],
  );

/** Of the parts of a spec that are new or changed. */
export function changedPartErrors(spec: ApplicationSpec, old: ApplicationSpec | undefined): FieldError[] {
  const isNew = (part: keyof ApplicationSpec): boolean =>
    JSON.stringify(spec[part]) !== JSON.stringify(old?.[part]);
  return [
    ...(isNew('source') && spec.source !== undefined ? sourceErrors(spec.source) : []),
    ...(isNew('destination') || isNew('serviceAccountName') ? actingErrors(spec) : []),
    ...(isNew('ignoreDifferences') ? differenceErrors(spec) : []),
    ...(isNew('notifications') ? notificationErrors(spec) : []),
  ];
}
