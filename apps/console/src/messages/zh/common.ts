import type { common as en } from '../en/common.ts';
import type { Translated } from '../translated.ts';

export const common: Translated<typeof en> = {
  cancel: '取消',
  close: '关闭',
  delete: '删除',
  edit: '编辑',
  create: '创建',
  dismiss: '知道了',
  messages: '消息',
  ago: '{age} 前',
  scrollable: '{label}，可滚动',
  ofTotal: '{count, number} / 共 {total, number}',
  filter: '筛选',
  namespaceOnly: '当前只显示命名空间 {namespace}；按 n 切换。',
  unreachable: '服务器没有响应。',
  rights: {
    checking: '正在检查您的权限……',
    unchecked: '无法检查您的权限',
    lack: '您缺少对 {target} 的 {verb} 权限',
    lackIn: '您缺少在命名空间 {namespace} 中对 {target} 的 {verb} 权限',
    lackList: '您缺少对 {target} 的 list 权限。',
  },
  trouble: {
    title: '无法读取{what}',
    FORBIDDEN: '请让管理员授予允许此操作的 Role，或切换到您可以读取的命名空间。',
    NOT_FOUND: '它可能已被删除，或者地址有误。',
    UNREACHABLE: '控制台会自动重试。如果一直如此，请在机器上查看 gantry status。',
    UNAUTHORIZED: '会话已结束：请重新登录。',
    other: '请重试；如果一直如此，apiserver 的日志里有更多信息。',
  },
};
