import { type FieldError, invalid, required } from '@gantry/machinery/field-error';
import type { ApplicationSource, ApplicationSpec } from '../../generated/types.ts';

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
  const { commit = '', semver = '', path = '.' } = source;
  const errors = helmErrors(source);
  if (commit !== '' && !COMMIT.test(commit))
    errors.push(invalid('spec.source.commit', commit, 'must be a full commit id: 40 (or 64) of 0-9 and a-f'));
  if (semver !== '' && !isRange(semver))
    errors.push(invalid('spec.source.semver', semver, 'must be a range such as ">=1.2.0 <2" or "1.x"'));
  if (path.split('/').includes('..'))
    errors.push(invalid('spec.source.path', path, 'must be a folder in the repository, without ".."'));
  return errors;
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
  const isNew = (part: 'source' | 'ignoreDifferences' | 'notifications'): boolean =>
    JSON.stringify(spec[part]) !== JSON.stringify(old?.[part]);
  return [
    ...(isNew('source') && spec.source !== undefined ? sourceErrors(spec.source) : []),
    ...(isNew('ignoreDifferences') ? differenceErrors(spec) : []),
    ...(isNew('notifications') ? notificationErrors(spec) : []),
  ];
}
