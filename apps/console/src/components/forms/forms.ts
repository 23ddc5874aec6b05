import { configForm, secretForm } from './config-forms.ts';
import type { Form } from './form.ts';
import { applicationForm, repositoryForm } from './gitops-forms.ts';
import { serviceForm, workloadForm } from './workload-form.ts';

/** Forms by the last part of their address. */
export const FORMS = {
  workload: workloadForm,
  service: serviceForm,
  config: configForm,
  secret: secretForm,
  application: applicationForm,
  repository: repositoryForm,
} as const satisfies Readonly<Record<string, Form>>;

export type FormId = keyof typeof FORMS;

export const FORM_IDS = Object.keys(FORMS) as readonly FormId[];

export const isForm = (id: string): id is FormId => id in FORMS;
