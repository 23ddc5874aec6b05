import type { overview as en } from '../en/overview.ts';
import type { Translated } from '../translated.ts';

export const overview: Translated<typeof en> = {
  title: '概览',
  what: '概览',
  fine: '没有故障，也没有漂移。',
  concerns: '{count, plural, other {# 项}}需要关注',
  severity: { broken: '故障', drift: '漂移', waiting: '等待' },
  kindIn: '{namespace} 中的 {kind}',
  alike: '同一所有者另有 {count, number} 个',
  outOfSync: '{count, number} 个与 Git 不同步',
  lastSynced: '最近同步',
  cluster: {
    title: '集群',
    nodes: '{total, plural, other {# 个节点}}中 {ready, number} 个就绪',
    resources: { cpu: '已请求的 CPU', memory: '已请求的内存', pods: '已放置的 Pod' },
    share: '{amount}，共 {whole}',
    used: '已使用 {amount}',
    denied: '只有可以列出所有命名空间中节点和 Pod 的用户才能看到容量。',
    partial: 'Pod 数量超过这里统计的上限。',
  },
  tiles: { applications: '应用', nodes: '节点', pods: 'Pod', namespaces: '命名空间' },
  columns: {
    application: '应用',
    sync: '同步',
    health: '健康',
    commit: '提交',
    when: '时间',
  },
};
