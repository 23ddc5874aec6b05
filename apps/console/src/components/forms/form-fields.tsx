'use client';

import type { ReactNode } from 'react';
import { useText } from '../../i18n/text.ts';
import { Field } from '../ui/field.tsx';
import { type Form, type FormField, isShown, type Values } from './form.ts';
import type { FieldName, OptionName } from './form-texts.ts';

const BOX = 'rounded-md border border-line-strong bg-surface px-2 text-sm';

/** The fields of a form, each with its label and what it means. */
export function FormFields({
  form,
  values,
  onChange,
}: {
  readonly form: Form;
  readonly values: Values;
  readonly onChange: (change: (old: Values) => Values) => void;
}) {
  return form.fields
    .filter((field) => isShown(field, values))
    .map((field) => (
      <OneField
        key={field.name}
        field={field}
        value={values[field.name] ?? ''}
        onChange={(value) => onChange((old) => ({ ...old, [field.name]: value }))}
      />
    ));
}

interface OneFieldProps {
  readonly field: FormField;
  readonly value: string | boolean;
  readonly onChange: (value: string | boolean) => void;
}

function OneField({ field, value, onChange }: OneFieldProps) {
  const t = useText('forms');
  const name = field.name as FieldName;
  const id = `form-${name}`;
  const label = t(`fields.${name}.label`);
  const hint = t(`fields.${name}.hint`);
  switch (field.type) {
    case 'check':
      return (
        <label className="flex min-h-8 items-start gap-2">
          <input
            type="checkbox"
            className="mt-1 accent-accent"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
          />
          <span>
            <span className="font-medium">{label}</span>
            <span className="block text-xs text-muted">{hint}</span>
          </span>
        </label>
      );
    case 'choice':
      return (
        <Labelled id={id} label={label} hint={hint}>
          <select
            id={id}
            aria-describedby={`${id}-hint`}
            className={`h-8 ${BOX}`}
            value={String(value)}
            onChange={(event) => onChange(event.target.value)}
          >
            {(field.options ?? []).map((option) => (
              <option key={option} value={option}>
                {isNamed(option) ? t(`options.${option}`) : option}
              </option>
            ))}
          </select>
        </Labelled>
      );
    case 'lines':
    case 'secretLines':
      return (
        <Labelled id={id} label={label} hint={hint}>
          <textarea
            id={id}
            aria-describedby={`${id}-hint`}
            rows={5}
            spellCheck={false}
            autoComplete="off"
            className={`py-1.5 font-mono text-xs ${BOX}`}
            value={String(value)}
            onChange={(event) => onChange(event.target.value)}
          />
        </Labelled>
      );
    default:
      return (
        <Field
          id={id}
          label={label}
          hint={hint}
          required={field.required === true}
          inputMode={field.type === 'number' ? 'numeric' : 'text'}
          autoComplete="off"
          spellCheck={false}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

/** Choices that are words of ours; kinds and types are written as in the object. */
const isNamed = (option: string): option is OptionName =>
  /^(branch|tag|semver|commit|elsewhere|hosted|Orphan|Cascade)$/.test(option);

function Labelled({
  id,
  label,
  hint,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      {children}
      <p id={`${id}-hint`} className="text-xs text-muted">
        {hint}
      </p>
    </div>
  );
}
