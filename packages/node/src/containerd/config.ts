/** What our own containerd is told; paths absolute. */
export interface ContainerdConfig {
  readonly root: string;
  readonly state: string;
  readonly socket: string;
  readonly runcRoot: string;
  readonly certsDir: string;
  readonly cniBinDir: string;
  readonly cniConfDir: string;
  readonly optDir: string;
  readonly sandboxImage: string;
  readonly snapshotter: 'overlayfs' | 'native';
  readonly disableApparmor: boolean;
  /** Without CAP_SYS_RESOURCE a score below 0 kills runc. */
  readonly restrictOomScoreAdj: boolean;
}

const quote = (text: string): string => JSON.stringify(text);

/** config.toml (version 2, read by containerd 1.6 to 2.x). */
export function renderContainerdConfig(config: ContainerdConfig): string {
  return `version = 2
root = ${quote(config.root)}
state = ${quote(config.state)}
oom_score = 0
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs", "io.containerd.internal.v1.tracing", "io.containerd.tracing.processor.v1.otlp"
]

[grpc]
  address = ${quote(config.socket)}

[plugins."io.containerd.internal.v1.opt"]
  path = ${quote(config.optDir)}

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = ${quote(config.sandboxImage)}
  disable_apparmor = ${config.disableApparmor}
  restrict_oom_score_adj = ${config.restrictOomScoreAdj}
  stream_server_address = "127.0.0.1"
  stream_server_port = "0"
  enable_unprivileged_ports = true
  enable_unprivileged_icmp = true
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = ${quote(config.certsDir)}
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = ${quote(config.cniBinDir)}
    conf_dir = ${quote(config.cniConfDir)}
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = ${quote(config.snapshotter)}
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
        Root = ${quote(config.runcRoot)}
`;
}
