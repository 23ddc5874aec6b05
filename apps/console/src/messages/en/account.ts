export const account = {
  signIn: {
    page: 'Sign in',
    title: 'Sign in to Gantry',
    name: 'User name',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in …',
    wrong: 'The user name or the password is wrong.',
    locked:
      'Too many wrong passwords: this account rests. Try again in {seconds, plural, one {# second} other {# seconds}}.',
    hint: 'The first start printed the user and password; <code>npx gantry status</code> shows them until the password is changed.',
  },
  password: {
    title: 'Change your password',
    old: 'Old password',
    new: 'New password',
    again: 'New password again',
    submit: 'Change the password',
    differ: 'The new password was not typed the same twice.',
    done: 'The password is changed. Sessions elsewhere have ended.',
  },
} as const;
