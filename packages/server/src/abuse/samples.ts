/** A good object of each kind that has much to decode, by its collection. Everything lies in namespace `default`. */
const meta = (name: string) => ({
  name,
  labels: { app: 'web' },
  annotations: { note: 'x' },
  finalizers: ['example.dev/keep'],
  ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'u1' }],
});

const podSpec = {
  restartPolicy: 'Always',
  serviceAccountName: 'default',
  nodeSelector: { a: 'b' },
  tolerations: [{ key: 'k', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }],
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } },
      ],
    },
  },
  volumes: [
    { name: 'v', emptyDir: { sizeLimit: '1Gi' } },
    { name: 'c', configMap: { name: 'x', items: [{ key: 'k', path: 'p', mode: 420 }] } },
  ],
  containers: [
    {
      name: 'main',
      image: 'example.dev/app:1',
      args: ['a'],
      env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      ports: [{ containerPort: 80, protocol: 'TCP' }],
      resources: { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '2Gi' } },
      livenessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 },
      securityContext: { capabilities: { drop: ['ALL'] }, runAsUser: 5 },
      volumeMounts: [{ name: 'v', mountPath: '/v' }],
    },
  ],
};

const template = { metadata: { labels: { app: 'web' } }, spec: podSpec };
const selector = { matchLabels: { app: 'web' } };

export const samples: Readonly<Record<string, { readonly name: string; readonly object: object }>> = {
  '/api/v1/namespaces/default/configmaps': {
    name: 'cm',
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: meta('cm'),
      data: { a: '1' },
      binaryData: { b: 'AA==' },
    },
  },
  '/api/v1/namespaces/default/secrets': {
    name: 'sec',
    object: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: meta('sec'),
      type: 'Opaque',
      stringData: { a: '1' },
    },
  },
  '/api/v1/namespaces/default/services': {
    name: 'svc',
    object: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta('svc'),
      spec: {
        type: 'NodePort',
        selector: { app: 'web' },
        ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      },
    },
  },
  '/apis/apps/v1/namespaces/default/deployments': {
    name: 'web',
    object: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: meta('web'),
      spec: {
        replicas: 1,
        selector,
        template,
        strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
      },
    },
  },
  '/apis/batch/v1/namespaces/default/cronjobs': {
    name: 'cron',
    object: {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: meta('cron'),
      spec: {
        schedule: '*/5 * * * *',
        jobTemplate: { spec: { template: { spec: { ...podSpec, restartPolicy: 'Never' } } } },
      },
    },
  },
  '/apis/networking.k8s.io/v1/namespaces/default/ingresses': {
    name: 'ing',
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: meta('ing'),
      spec: {
        rules: [
          {
            host: 'a.example.dev',
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: 's', port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
    },
  },
  '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers': {
    name: 'hpa',
    object: {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: meta('hpa'),
      spec: {
        maxReplicas: 3,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
          },
        ],
      },
    },
  },
  '/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles': {
    name: 'role',
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: meta('role'),
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    },
  },
};
