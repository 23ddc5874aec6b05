import type { en } from '../../messages/en.ts';

export type FieldName = keyof typeof en.forms.fields;
export type OptionName = keyof typeof en.forms.options;
