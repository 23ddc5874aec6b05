import type { pods as en } from '../en/pods.ts';
import type { Translated } from '../translated.ts';

export const pods: Translated<typeof en> = {
  container: '容器',
  ofNode: '该节点的 Pod',
  none: '这里没有运行 Pod',
  noneHelp: '调度器把 Pod 放到这里之后就会显示。',
  logs: {
    label: '{container} 的日志',
    noPrevious: '该容器没有重启过：没有更早的日志',
    previous: '上一次',
    resume: '继续',
    pause: '暂停',
    wrap: '换行',
    times: '时间',
    download: '下载',
    nothing: '还没有日志行',
    search: '搜索日志',
    lines: '{count, plural, other {# 行}}',
    linesOf: '{count, number} / 共 {total, plural, other {# 行}}',
    dropped: '已丢弃较早的 {count, plural, other {# 行}}',
    ended: '日志已结束',
    failed: '现在无法读取日志',
    lost: '与服务器的连接已断开。正在重试……',
    toEnd: '到末尾',
  },
  shell: {
    label: '{container} 中的终端',
    none: '没有终端',
    reconnect: '重新连接',
    stillRuns: '终端仍在运行',
    connecting: '正在连接……',
    open: '已连接。Tab 键留在终端内。',
    ended: '终端已结束。',
    refused: '与容器的连接被拒绝。',
    lost: '与容器的连接已断开。',
  },
};
