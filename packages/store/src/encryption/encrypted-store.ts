import { checkWrite } from '../limits.ts';
import type { Change, Commit, Snapshot, Store, StoredObject, Write, Written } from '../port.ts';
import type { Encryption } from './encryption.ts';

const sealWrite = (encryption: Encryption, write: Write): Write => {
  if (!('body' in write) || write.body === undefined) return write;
  const body = encryption.seal(write.key, write.body);
  return body === write.body ? write : { ...write, body };
};

const openObject = (encryption: Encryption, object: StoredObject): StoredObject => {
  const body = encryption.open(object.key, object.body);
  return body === object.body ? object : { ...object, body };
};

const openChange = (encryption: Encryption, change: Change): Change => {
  const { key, previousBody } = change;
  const body = encryption.open(key, change.body);
  if (previousBody === undefined) return { ...change, body };
  return { ...change, body, previousBody: encryption.open(key, previousBody) };
};

async function* openRows(encryption: Encryption, rows: Snapshot['rows']): Snapshot['rows'] {
  for await (const chunk of rows) yield chunk.map((row) => openObject(encryption, row));
}

/** A store whose bodies are plain to who uses it and encrypted where they lie, the log included. */
export function encryptedStore(store: Store, encryption: Encryption): Store {
  /** A commit names the writes that the store was given; who listens knows those that it gave itself. */
  const plain = new WeakMap<Write, Written['write']>();
  const sealed = (write: Write): Write => {
    // Encrypted, it would not be seen any more.
    checkWrite(write);
    const own = sealWrite(encryption, write);
    if (own !== write && write.op !== 'check') plain.set(own, write);
    return own;
  };
  return {
    ...store,
    write: async (write) => store.write(sealed(write)),
    transact: async (writes) => store.transact(writes.map(sealed)),
    async get(key) {
      const object = await store.get(key);
      return object && openObject(encryption, object);
    },
    async snapshot() {
      const snapshot = await store.snapshot();
      return { ...snapshot, rows: openRows(encryption, snapshot.rows) };
    },
    async changes(after, limit) {
      const page = await store.changes(after, limit);
      return { ...page, changes: page.changes.map((change) => openChange(encryption, change)) };
    },
    onCommit: (listener) =>
      store.onCommit((commit: Commit) => {
        const written = commit.written.map(({ write, revision }) => ({
          write: plain.get(write) ?? write,
          revision,
        }));
        listener({ ...commit, written });
      }),
    async listAt(resource, namespace, revision) {
      const rows = await store.listAt(resource, namespace, revision);
      return rows?.map((row) => openObject(encryption, row));
    },
    async history(key, limit) {
      const changes = await store.history(key, limit);
      return changes.map((change) => openChange(encryption, change));
    },
  };
}

/**
 * Brings what lies in the store into the form that the configuration asks for now. Rejects at the first text that no
 * provider opens.
 */
export const reencrypt = (store: Store, encryption: Encryption): Promise<number> =>
  store.recode(
    (resource) => encryption.markOf(resource),
    (key, text) => encryption.seal(key, encryption.open(key, text)),
  );
