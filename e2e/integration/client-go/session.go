package main

import (
	"context"
	"fmt"
	"reflect"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// A session is what one check works with: clients, and a namespace of its own.
type session struct {
	config    *rest.Config // JSON
	clients   *kubernetes.Clientset
	namespace string
}

// newSession's typed clients speak protobuf, as the original's components do.
func newSession(ctx context.Context, kubeconfig, name string) (*session, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = 200, 400
	config.UserAgent = "gantry-client-go/" + name
	typed := rest.CopyConfig(config)
	typed.ContentType = runtime.ContentTypeProtobuf
	typed.AcceptContentTypes = runtime.ContentTypeProtobuf
	clients, err := kubernetes.NewForConfig(typed)
	if err != nil {
		return nil, err
	}
	namespace, err := clients.CoreV1().Namespaces().Create(ctx, &corev1.Namespace{
		ObjectMeta: metav1.ObjectMeta{GenerateName: name + "-"},
	}, metav1.CreateOptions{})
	if err != nil {
		return nil, fmt.Errorf("namespace: %w", err)
	}
	return &session{config: config, clients: clients, namespace: namespace.Name}, nil
}

func (s *session) createMap(ctx context.Context, name string, data map[string]string) (*corev1.ConfigMap, error) {
	return s.clients.CoreV1().ConfigMaps(s.namespace).Create(ctx, configMap(name, data), metav1.CreateOptions{})
}

func configMap(name string, data map[string]string) *corev1.ConfigMap {
	return &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{"made-by": "client-go"}},
		Data:       data,
	}
}

// eventually tries until attempt gives no error; returns its last one when the time is over.
func eventually(ctx context.Context, attempt func(ctx context.Context) error) error {
	var last error
	err := wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, 40*time.Second, true, func(ctx context.Context) (bool, error) {
		last = attempt(ctx)
		return last == nil, nil
	})
	if last != nil {
		return last
	}
	return err
}

func equal(what string, got, want any) error {
	if reflect.DeepEqual(got, want) {
		return nil
	}
	return fmt.Errorf("%s: got %v, want %v", what, got, want)
}
