const label = (name: string): string => `    app.kubernetes.io/name: ${name}`;

const metadata = (name: string): string => `metadata:\n  name: ${name}\n`;

const deployment = `apiVersion: apps/v1
kind: Deployment
${metadata('web')}spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: web
  template:
    metadata:
      labels:
        app.kubernetes.io/name: web
    spec:
      containers:
        - name: web
          image: nginx
          ports:
            - containerPort: 80
          readinessProbe:
            httpGet:
              path: /
              port: 80
`;

const TEMPLATES: Readonly<Record<string, string>> = {
  Deployment: deployment,
  Service: `apiVersion: v1
kind: Service
${metadata('web')}spec:
  selector:
${label('web')}
  ports:
    - port: 80
      targetPort: 80
`,
  ConfigMap: `apiVersion: v1
kind: ConfigMap
${metadata('settings')}data:
  key: value
`,
  Secret: `apiVersion: v1
kind: Secret
${metadata('credentials')}stringData:
  password: change-me
`,
  Namespace: `apiVersion: v1
kind: Namespace
${metadata('team-a')}`,
  Pod: `apiVersion: v1
kind: Pod
${metadata('shell')}spec:
  containers:
    - name: shell
      image: busybox:1.35
      command: [sleep, infinity]
`,
  Job: `apiVersion: batch/v1
kind: Job
${metadata('once')}spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: once
          image: busybox:1.35
          command: [sh, -c, 'echo done']
`,
  Application: `apiVersion: gitops.gantry.dev/v1alpha1
kind: Application
${metadata('web')}spec:
  source:
    repository: web
    branch: main
    path: .
`,
  Repository: `apiVersion: gitops.gantry.dev/v1alpha1
kind: Repository
${metadata('web')}spec:
  url: https://git.example.com/web.git
  interval: 1m
`,
};

/** A text to begin with; kinds without one of their own get the frame of any object. */
export function templateOf(kind: string, apiVersion: string): string {
  const known = TEMPLATES[kind];
  if (known !== undefined) return known;
  return kind === '' || apiVersion === ''
    ? deployment
    : `apiVersion: ${apiVersion}\nkind: ${kind}\n${metadata('example')}`;
}
