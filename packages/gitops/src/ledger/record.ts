import { createHash } from 'node:crypto';
import type { Application, ApplySetLedger, LedgerEntry } from '@gantry/api/generated/types';

/** One entry, before it is posted. Times are RFC 3339. */
export interface LedgerRecord extends Omit<LedgerEntry, 'apiVersion' | 'kind' | 'metadata'> {
  readonly namespace: string;
  /** The same thing has the same name, so that recording it twice is no harm. */
  readonly name: string;
}

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24);

/** Name of an entry, from what makes it the one that it is. */
export const recordName = (type: LedgerEntry['type'], ...parts: readonly string[]): string =>
  `${type.toLowerCase()}-${digest(parts)}`;

/** Joins all entries of one commit of one Application: its push, its syncs, what they changed. */
export const syncIdOf = (namespace: string, application: string, commit: string): string =>
  digest([namespace, application, commit]).slice(0, 16);

/** What is followed, in one word: the commit, the range, the tag or the branch. */
export const refOf = ({ spec }: Pick<Application, 'spec'>): string => {
  const { commit, semver, tag, branch } = spec.source;
  return commit || semver || tag || branch || 'main';
};

/** In whose ledger the server records what a set changes. */
export const ledgerOf = (application: Application, commit: string): ApplySetLedger =>
  aboutCommit(application, commit);

/** What all entries about a commit of an Application have in common. */
export const aboutCommit = (application: Application, commit: string) => {
  const { namespace = '', name } = application.metadata;
  return {
    namespace,
    application: name,
    repository: application.spec.source.repository,
    ref: refOf(application),
    commit,
    syncId: syncIdOf(namespace, name, commit),
  };
};
