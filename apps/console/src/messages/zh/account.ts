import type { account as en } from '../en/account.ts';
import type { Translated } from '../translated.ts';

export const account: Translated<typeof en> = {
  signIn: {
    page: '登录',
    title: '登录 Gantry',
    name: '用户名',
    password: '密码',
    submit: '登录',
    busy: '正在登录……',
    wrong: '用户名或密码错误。',
    locked: '密码错误次数过多：该账户已暂时锁定。请在 {seconds, plural, other {# 秒}}后重试。',
    hint: '首次启动时会打印用户名和密码；在密码修改之前，<code>npx gantry status</code> 会一直显示它们。',
  },
  password: {
    title: '修改密码',
    old: '旧密码',
    new: '新密码',
    again: '再次输入新密码',
    submit: '修改密码',
    differ: '两次输入的新密码不一致。',
    done: '密码已修改。其他地方的会话已结束。',
  },
};
