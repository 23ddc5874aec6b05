import type { Metadata } from 'next';
import type { en } from '../messages/en.ts';
import { requestText } from './request.ts';

type Key = `shell.pages.${keyof typeof en.shell.pages}` | 'account.signIn.page';

/** Metadata of a page whose title is the text of `key`. */
export const titled = async (key: Key): Promise<Metadata> => ({ title: (await requestText())(key) });
