/** Manifests that several suites share. `more` is merged over the defaults. */
export function deployment(name: string, replicas = 2, image = 'nginx:1.25'): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: {app: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: ${name}
          image: ${image}
          ports: [{name: http, containerPort: 80}]
          resources: {requests: {cpu: 10m}}
`;
}

export function service(name: string, type = 'ClusterIP'): string {
  return `
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  labels: {app: ${name}}
spec:
  type: ${type}
  selector: {app: ${name}}
  ports: [{name: http, port: 80, targetPort: http}]
`;
}

export function configMap(name: string, data: Readonly<Record<string, string>>): string {
  return `
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data: ${JSON.stringify(data)}
`;
}
