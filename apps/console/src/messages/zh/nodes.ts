import type { nodes as en } from '../en/nodes.ts';
import type { Translated } from '../translated.ts';

export const nodes: Translated<typeof en> = {
  allocations: {
    title: '容量与分配',
    resource: '资源',
    requested: '已请求',
    limited: '限制',
    used: '用量',
    allocatable: '可供 Pod 使用',
    share: '{amount}（{percent, number} %）',
  },
  drain: {
    open: '排空',
    title: '排空 {node}',
    text: '节点不再接受新的 Pod，其上的 Pod 会通过驱逐 API 请求离开，并遵守中断预算。',
    plan: '排空的影响',
    pods: '要驱逐的 Pod',
    counts:
      '{evict, plural, =0 {没有 Pod 被驱逐} other {将驱逐 # 个 Pod}}；{stay, plural, =0 {没有 Pod 留下} other {# 个留下，因为 DaemonSet 或节点会重新创建它们}}。',
    budgets:
      '{count, plural, other {# 个 Pod}}现在不能离开：PodDisruptionBudget 不允许中断。会不断重试，直到允许为止。',
    unmanaged: '没有控制器会重新创建它',
    localData: '它的 emptyDir 数据会丢失',
    blockedBy: '受 {budgets} 限制',
    accept: '我接受 {count, plural, other {# 个 Pod}}会丢失数据或不再恢复',
    acceptFirst: '请先确认接受损失',
    start: '停止调度并排空',
    stop: '停止',
    progress: '排空进度',
    gone: '{count, plural, other {# 个 Pod}}中已有 {gone, number} 个离开',
    done: '{node} 已排空',
    steps: {
      waiting: '运行中',
      asked: '正在结束',
      blocked: '受预算限制',
      gone: '已离开',
      failed: '失败',
    },
  },
};
