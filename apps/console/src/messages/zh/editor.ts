import type { editor as en } from '../en/editor.ts';
import type { Translated } from '../translated.ts';

export const editor: Translated<typeof en> = {
  create: {
    title: '从 YAML 创建',
    text: '没有写命名空间的对象会创建在 <b>{namespace}</b> 中。多个文档用 <code>---</code> 分隔。',
    check: '检查',
    label: '新对象的 YAML',
    accepted: '服务器会接受',
    created: '已创建',
  },
  problems: '{count, plural, other {服务器发现 # 个错误}}；没有任何更改',
  line: '第 {line} 行',
  yamlOf: '{name} 的 YAML',
  editYamlOf: '编辑 {name} 的 YAML',
  editYaml: '编辑 YAML',
  review: {
    open: '审阅并应用',
    checking: '正在检查……',
    unchanged: '还没有任何更改',
    title: '审阅更改',
    text: '服务器已检查；以下是将要保存的内容。',
    now: '当前',
    after: '之后',
    apply: '应用',
    back: '回到编辑器',
    done: '{name} 已更改',
    doneWarnings: '{name} 已更改：{warnings}',
    stale: '在您开始编辑之后，对象已被更改。',
  },
  diff: '从“{before}”到“{after}”的更改',
  conflict: {
    deleted: '对象已被删除',
    deletedText: '您的文本仍在编辑器中。复制它，然后用「从 YAML 创建」重新创建对象。',
    title: '对象已被其他人更改',
    text: '没有保存任何内容。左边是对象当前的内容，右边是您的文本。',
    theirs: '当前内容',
    yours: '您的文本',
    takeTheirs: '放弃我的，编辑当前内容',
    keepMine: '用我的覆盖当前内容',
  },
};
