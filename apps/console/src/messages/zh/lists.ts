import type { lists as en } from '../en/lists.ts';
import type { Translated } from '../translated.ts';

export const lists: Translated<typeof en> = {
  unknown: '服务器没有 {resource} 这种资源',
  unknownHelp: '这种资源类型可能已被移除。菜单里有所有资源类型。',
  what: ' {resource} 列表',
  allColumns: '所有列',
  empty: '这里没有 {kind}',
  noMatch: '没有符合筛选条件的内容',
  emptyHelp: '把清单推送到 Git 仓库，或从 YAML 创建。',
  noMatchHelp: '一行中必须出现所有的词；app=web 匹配标签，-词 表示排除。',
  details: '{name} 的详情',
  openPage: '打开页面',
  closeDetails: '关闭详情',
  kinds: {
    title: '所有资源类型',
    what: '资源类型列表',
    empty: '没有这个名称的资源类型',
    emptyHelp:
      '请尝试名称的一部分、组名或简称（如 cm）。缺少的自定义类型需要先创建其 CustomResourceDefinition。',
    kind: '类型',
    group: '组',
    version: '版本',
    scope: '范围',
    short: '简称',
    verbs: '动词',
    core: '核心',
    namespaced: '命名空间',
    cluster: '集群',
  },
};
