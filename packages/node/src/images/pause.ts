import type { ImageDefinition } from './oci.ts';

/**
 * The program of the sandbox's first container, assembled here: it blocks SIGINT, SIGTERM and SIGCHLD, and waits for
 * them. On SIGCHLD it reaps every dead child (it is process 1 of pods that share their process namespace), on the
 * others it exits. Blocked signals reach even process 1, which the kernel shields from default actions.
 *
 *   rt_sigprocmask(SIG_BLOCK, &set, NULL, 8)
 *   for (;;) {
 *     signal = rt_sigtimedwait(&set, NULL, NULL, 8)
 *     if (signal == SIGCHLD) while (wait4(-1, NULL, WNOHANG, NULL) > 0);
 *     else if (signal >= 0) exit(0)
 *   }
 */

const SIGNAL_SET = (1n << 1n) | (1n << 14n) | (1n << 16n);
const LOAD_ADDRESS = 0x400000n;
const HEADER_BYTES = 64 + 56;

/** A static ELF executable for the architecture, a few hundred bytes. */
export function pauseProgram(arch: 'x64' | 'arm64'): Buffer {
  const code = arch === 'x64' ? x64Code() : arm64Code();
  const set = Buffer.alloc(8);
  set.writeBigUInt64LE(SIGNAL_SET);
  const body = Buffer.concat([code, set]);
  return Buffer.concat([elfHeader(arch, HEADER_BYTES + body.length), body]);
}

/** The sandbox image under the names that runtimes ask for by default. */
export function pauseImage(arch: 'x64' | 'arm64'): ImageDefinition {
  return {
    name: 'registry.k8s.io/pause',
    tags: ['3.6', '3.8', '3.9', '3.10', '3.10.1', 'latest'],
    entries: [{ type: 'file', path: 'pause', mode: 0o755, data: pauseProgram(arch) }],
    config: { Entrypoint: ['/pause'], WorkingDir: '/', User: '65535:65535' },
  };
}

function elfHeader(arch: 'x64' | 'arm64', size: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('\x7fELF', 0, 'latin1');
  header.set([2, 1, 1], 4); // 64 bits, little endian, version 1
  header.writeUInt16LE(2, 16); // ET_EXEC
  header.writeUInt16LE(arch === 'x64' ? 62 : 183, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(LOAD_ADDRESS + BigInt(HEADER_BYTES), 24); // entry
  header.writeBigUInt64LE(64n, 32); // program headers
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  header.writeUInt32LE(1, 64); // PT_LOAD
  header.writeUInt32LE(5, 68); // read, execute
  header.writeBigUInt64LE(LOAD_ADDRESS, 80);
  header.writeBigUInt64LE(LOAD_ADDRESS, 88);
  header.writeBigUInt64LE(BigInt(size), 96);
  header.writeBigUInt64LE(BigInt(size), 104);
  header.writeBigUInt64LE(0x10000n, 112);
  return header;
}

function x64Code(): Buffer {
  const code: number[] = [];
  const emit = (...bytes: number[]): void => void code.push(...bytes);
  const int32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);
  const references: number[] = [];
  const reference = (...opcode: number[]): void => {
    emit(...opcode, 0, 0, 0, 0);
    references.push(code.length);
  };
  emit(0xb8, ...int32(14)); // mov eax, rt_sigprocmask
  emit(0x31, 0xff); // xor edi, edi        SIG_BLOCK
  reference(0x48, 0x8d, 0x35); // lea rsi, [set]
  emit(0x31, 0xd2); // xor edx, edx
  emit(0x41, 0xba, ...int32(8)); // mov r10d, 8
  emit(0x0f, 0x05); // syscall
  const wait = code.length;
  emit(0xb8, ...int32(128)); // mov eax, rt_sigtimedwait
  reference(0x48, 0x8d, 0x3d); // lea rdi, [set]
  emit(0x31, 0xf6); // xor esi, esi
  emit(0x31, 0xd2); // xor edx, edx
  emit(0x41, 0xba, ...int32(8)); // mov r10d, 8
  emit(0x0f, 0x05); // syscall
  emit(0x83, 0xf8, 17); // cmp eax, SIGCHLD
  emit(0x74, 13); // je reap
  emit(0x85, 0xc0); // test eax, eax
  emit(0x78, wait - code.length - 2); // js wait             interrupted
  emit(0x31, 0xff); // xor edi, edi
  emit(0xb8, ...int32(60)); // mov eax, exit
  emit(0x0f, 0x05); // syscall
  const reap = code.length;
  emit(0xb8, ...int32(61)); // mov eax, wait4
  emit(0x48, 0x83, 0xcf, 0xff); // or rdi, -1
  emit(0x31, 0xf6); // xor esi, esi
  emit(0xba, ...int32(1)); // mov edx, WNOHANG
  emit(0x45, 0x31, 0xd2); // xor r10d, r10d
  emit(0x0f, 0x05); // syscall
  emit(0x85, 0xc0); // test eax, eax
  emit(0x7f, reap - code.length - 2); // jg reap
  emit(0xeb, wait - code.length - 2); // jmp wait
  const bytes = Buffer.from(code.map((byte) => byte & 0xff));
  for (const at of references) bytes.writeInt32LE(bytes.length - at, at - 4);
  return bytes;
}

function arm64Code(): Buffer {
  // The signal set follows the last instruction.
  const set = 26;
  const move = (register: number, value: number): number => 0xd2800000 | (value << 5) | register;
  const address = (register: number, at: number): number => 0x10000000 | ((set - at) << 5) | register;
  const jump = (at: number, to: number): number => ((to - at) & 0x7ffff) << 5;
  const call = 0xd4000001;
  const words = [
    move(8, 135), // 0  rt_sigprocmask
    move(0, 0), // 1  SIG_BLOCK
    address(1, 2), // 2
    move(2, 0), // 3
    move(3, 8), // 4
    call, // 5
    move(8, 137), // 6  wait: rt_sigtimedwait
    address(0, 7), // 7
    move(1, 0), // 8
    move(2, 0), // 9
    move(3, 8), // 10
    call, // 11
    0x7100001f | (17 << 10), // 12 cmp w0, SIGCHLD
    0x54000000 | jump(13, 18), // 13 b.eq reap
    0x37f80000 | (((6 - 14) & 0x3fff) << 5), // 14 tbnz w0, 31, wait
    move(0, 0), // 15
    move(8, 93), // 16 exit
    call, // 17
    move(8, 260), // 18 reap: wait4
    0x92800000, // 19 mov x0, -1
    move(2, 1), // 20 WNOHANG; x1 has been 0 since 8
    move(3, 0), // 21
    call, // 22
    0x7100001f, // 23 cmp w0, 0
    0x5400000c | jump(24, 18), // 24 b.gt reap
    0x14000000 | ((6 - 25) & 0x3ffffff), // 25 b wait
  ];
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => {
    bytes.writeUInt32LE(word >>> 0, index * 4);
  });
  return bytes;
}
