/** The remote-command protocol `v5.channel.k8s.io`: the first byte of each message is its channel. */

const PROTOCOL = 'v5.channel.k8s.io';
const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const ERROR = 3;
const RESIZE = 4;
const NORMAL_CLOSURE = 1000;

/** bash where there is one, else sh. */
const COMMAND = [
  'sh',
  '-c',
  'TERM=xterm-256color; export TERM; command -v bash >/dev/null && exec bash || exec sh',
];

export interface ShellTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** How a shell ended: by itself, or broken, or in words of the server. */
export type ShellEnd = 'ended' | 'refused' | 'lost' | { readonly message: string };

export interface ShellHandlers {
  readonly onOpen: () => void;
  readonly onOutput: (bytes: Uint8Array) => void;
  readonly onEnd: (end: ShellEnd) => void;
}

export interface ShellConnection {
  send(text: string): void;
  resize(columns: number, rows: number): void;
  close(): void;
}

export function execPath({ namespace, pod, container }: ShellTarget): string {
  const params = new URLSearchParams({ container, stdin: 'true', stdout: 'true', tty: 'true' });
  for (const word of COMMAND) params.append('command', word);
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/exec?${params}`;
}

function frame(channel: number, text: string): Uint8Array<ArrayBuffer> {
  const body = new TextEncoder().encode(text);
  const bytes = new Uint8Array(body.length + 1);
  bytes[0] = channel;
  bytes.set(body, 1);
  return bytes;
}

/** The reason in the Status that ends a command; '' for a good end or a plain exit code. */
export function endReason(text: string): string {
  try {
    const status = JSON.parse(text) as { status?: string; reason?: string; message?: string };
    if (status.status === 'Success' || status.reason === 'NonZeroExitCode') return '';
    return status.message ?? 'the command could not be run';
  } catch {
    return text;
  }
}

/** Browsers don't show why a WebSocket was refused: the same request without the upgrade tells. */
async function refusal(target: ShellTarget): Promise<ShellEnd> {
  try {
    const response = await fetch(execPath(target));
    const { message = '' } = (await response.json()) as { message?: string };
    return message === '' || /upgrade/i.test(message) ? 'refused' : { message };
  } catch {
    return 'refused';
  }
}

/** Opens a shell in a container, with the session's own rights. */
export function openShell(target: ShellTarget, handlers: ShellHandlers): ShellConnection {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${window.location.host}${execPath(target)}`, PROTOCOL);
  socket.binaryType = 'arraybuffer';
  let reason: string | undefined;
  let opened = false;
  socket.onopen = () => {
    opened = true;
    handlers.onOpen();
  };
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const bytes = new Uint8Array(data);
    const body = bytes.subarray(1);
    if (bytes[0] === STDOUT || bytes[0] === STDERR) handlers.onOutput(body);
    else if (bytes[0] === ERROR) reason = endReason(new TextDecoder().decode(body));
  };
  socket.onclose = ({ wasClean, code }) => {
    if (reason !== undefined || wasClean || code === NORMAL_CLOSURE)
      handlers.onEnd(reason ? { message: reason } : 'ended');
    else if (opened) handlers.onEnd('lost');
    else void refusal(target).then(handlers.onEnd);
  };
  const send = (channel: number, text: string): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame(channel, text));
  };
  return {
    send: (text) => send(STDIN, text),
    resize: (columns, rows) => send(RESIZE, JSON.stringify({ Width: columns, Height: rows })),
    close: () => socket.close(NORMAL_CLOSURE),
  };
}
