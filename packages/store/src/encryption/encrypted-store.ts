import { checkWrite } from '../limits.ts';
import type { Change, Commit, ObjectKey, Snapshot, Store, StoredObject, Write, Written } from '../port.ts';
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

const textsOf = (rows: readonly StoredObject[]) => rows.map(({ key, body }) => [key, body] as const);
const pastOf = (changes: readonly Change[]) =>
  changes.flatMap(({ key, body, previousBody }) => [[key, body] as const, [key, previousBody] as const]);

async function openAll(
  encryption: Encryption,
  rows: readonly StoredObject[],
): Promise<readonly StoredObject[]> {
  const learning = encryption.learn(textsOf(rows));
  if (learning !== undefined) await learning;
  return rows.map((row) => openObject(encryption, row));
}

async function openChanges(encryption: Encryption, changes: readonly Change[]): Promise<readonly Change[]> {
  const learning = encryption.learn(pastOf(changes));
  if (learning !== undefined) await learning;
  return changes.map((change) => openChange(encryption, change));
}

async function* openRows(encryption: Encryption, rows: Snapshot['rows']): Snapshot['rows'] {
  for await (const chunk of rows) yield await openAll(encryption, chunk);
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
      return object && (await openAll(encryption, [object]))[0];
    },
    async snapshot() {
      const snapshot = await store.snapshot();
      return { ...snapshot, rows: openRows(encryption, snapshot.rows) };
    },
    async changes(after, limit) {
      const page = await store.changes(after, limit);
      return { ...page, changes: await openChanges(encryption, page.changes) };
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
      return rows && openAll(encryption, rows);
    },
    async history(key, limit, range) {
      const changes = await store.history(key, limit, range);
      return openChanges(encryption, changes);
    },
  };
}

/**
 * Brings what lies in the store into the form that the configuration asks for now. Rejects at the first text that no
 * provider opens.
 */
export async function reencrypt(store: Store, encryption: Encryption): Promise<number> {
  let made = 0;
  let pauses = 0;
  for (;;) {
    let asking: Promise<unknown> | undefined;
    const recode = (key: ObjectKey, text: string): string => {
      asking = encryption.learn([[key, text]]);
      asking?.catch(() => undefined);
      if (asking !== undefined) throw new Error('a key is asked for first');
      made++;
      return encryption.seal(key, encryption.open(key, text));
    };
    try {
      const count = await store.recode((resource) => encryption.markOf(resource), recode);
      return pauses === 0 ? count : made;
    } catch (error) {
      if (asking === undefined) throw error;
      // What was replaced stays so; the rest follows when the key is there.
      pauses++;
      await asking;
    }
  }
}
