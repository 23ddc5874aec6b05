import { en } from '../messages/en.ts';
import { zh } from '../messages/zh.ts';
import type { Locale } from './locale.ts';

/** All texts by language; their keys are those of English. */
export const CATALOGUES: Readonly<Record<Locale, typeof en>> = { en, zh: zh as typeof en };
