/** What a key management service says of itself. */
export interface KmsStatus {
  /** `v2` */
  readonly version: string;
  /** `ok`, or what is wrong. */
  readonly healthz: string;
  /** The key that it encrypts with now. */
  readonly keyId: string;
}

/** A text that only the service can read, and what it wants to be told when it is to read it. */
export interface KmsCiphertext {
  readonly ciphertext: Buffer;
  readonly keyId: string;
  readonly annotations: Readonly<Record<string, Buffer>>;
}

/**
 * A key management service, version 2 of its interface. Everything may reject.
 * https://kubernetes.io/docs/tasks/administer-cluster/kms-provider/
 */
export interface KmsService {
  status(): Promise<KmsStatus>;
  encrypt(plaintext: Buffer): Promise<KmsCiphertext>;
  decrypt(sealed: KmsCiphertext): Promise<Buffer>;
  close(): void;
}
