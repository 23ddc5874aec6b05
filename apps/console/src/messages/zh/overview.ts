import type { overview as en } from '../en/overview.ts';
import type { Translated } from '../translated.ts';

export const overview: Translated<typeof en> = {
  title: '概览',
  what: '概览',
  fine: '没有故障，也没有漂移。',
  concerns: '{count, plural, other {# 项}}需要关注',
  severity: { broken: '故障', drift: '漂移', waiting: '等待' },
  kindIn: '{namespace} 中的 {kind}',
  outOfSync: '{count, number} 个与 Git 不同步',
  lastSynced: '最近同步',
  tiles: { applications: '应用', nodes: '节点', pods: 'Pod', namespaces: '命名空间' },
  columns: {
    application: '应用',
    sync: '同步',
    health: '健康',
    commit: '提交',
    when: '时间',
  },
};
