import type { events as en } from '../en/events.ts';
import type { Translated } from '../translated.ts';

export const events: Translated<typeof en> = {
  what: '事件',
  type: '类型',
  allTypes: '所有类型',
  kind: '对象类型',
  allKinds: '所有对象类型',
  hold: '暂停',
  goOn: '继续',
  empty: '最近没有发生任何事',
  emptyHelp: '事件大约保留一小时，新事件会自动出现在这里。',
  noMatch: '没有符合筛选条件的事件',
  noMatchHelp: '请选择所有类型，或清空筛选框。',
  more: '显示更多',
  times: '{count, plural, other {# 次}}，最近一次',
};
