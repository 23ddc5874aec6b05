import type { topology as en } from '../en/topology.ts';
import type { Translated } from '../translated.ts';

export const topology: Translated<typeof en> = {
  of: '{namespace}',
  what: '拓扑',
  choose: '请选择命名空间',
  chooseHelp: '拓扑图一次显示一个命名空间；按 n 切换。',
  picture: '包含 {count, plural, other {# 个对象}}的拓扑图；旁边的表格以文字列出相同内容',
  table: '对象之间的关系',
  object: '对象',
  ready: '就绪',
  status: '状态',
  podsOf: '所属 Pod：',
  zoomIn: '放大',
  zoomOut: '缩小',
  fit: '显示全部',
  denied: '未显示以下资源，因为您对 {what} 缺少动词 list',
  leftOut: '有 {count, plural, other {# 个对象}}未显示：数量太多，无法绘制',
  grouped: '这里的 Pod 很多：同一工作负载的 Pod 合并为一个方框。',
  empty: '{namespace} 中没有运行任何内容',
  emptyHelp: '一旦有 Ingress、Service、工作负载或 Pod，就会显示在这里。',
};
