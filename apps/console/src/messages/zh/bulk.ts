import type { bulk as en } from '../en/bulk.ts';
import type { Translated } from '../translated.ts';

export const bulk: Translated<typeof en> = {
  select: '选择 {name}',
  selectAll: '全选',
  selected: '已选择 {count, number} 个',
  clear: '清除',
  actions: { restart: '重启', scale: '伸缩', label: '标签', delete: '删除' },
  labelled: {
    restart: '重启已选择的 {count, number} 个',
    scale: '伸缩已选择的 {count, number} 个',
    label: '为已选择的 {count, number} 个设置标签',
    delete: '删除已选择的 {count, number} 个',
  },
  titles: {
    restart: '重启 {count, number} 个 {kind}？',
    scale: '伸缩 {count, number} 个 {kind}',
    label: '为 {count, number} 个 {kind} 设置标签',
    delete: '删除 {count, number} 个 {kind}？',
  },
  texts: {
    restart: '它们的 Pod 会逐个替换。',
    scale: '由 Git 管理的对象会在下次同步时恢复，除非 Git 中没有写副本数。',
    label: '由 Git 管理的对象会保留 Git 中没有写的标签。',
    delete: '此操作无法撤销。由 Git 管理的对象会在下次同步时重新创建。',
  },
  done: {
    restart: '{count, number} 个正在重启',
    scale: '{count, number} 个已伸缩',
    label: '{count, number} 个已设置标签',
    delete: '正在删除 {count, number} 个',
  },
  andMore: '以及另外 {count, number} 个',
  replicas: '每个的副本数',
  labels: '标签',
  labelsHint: 'app=web 设置标签，app- 移除标签；多个用逗号分隔',
  confirm: '输入 {number} 以确认',
  typeFirst: '请先输入数字',
  invalidReplicas: '请输入不小于 0 的整数',
  invalidLabels: '请输入形如 app=web 或 app- 的标签',
  running: '正在进行……',
  progress: '进度',
  failed: '{total, number} 个中有 {count, number} 个未能完成',
};
