/** The same keys with texts of another language: a missing or an unknown key is a type error. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };
