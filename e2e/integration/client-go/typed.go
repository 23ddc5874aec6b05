package main

import (
	"context"
	"fmt"
	"strconv"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/util/retry"
)

func typedProtobuf(ctx context.Context, s *session) error { return readAndWrite(ctx, s, s.clients) }

func typedJSON(ctx context.Context, s *session) error {
	clients, err := kubernetes.NewForConfig(s.config)
	if err != nil {
		return err
	}
	return readAndWrite(ctx, s, clients)
}

func readAndWrite(ctx context.Context, s *session, clients kubernetes.Interface) error {
	deployments := clients.AppsV1().Deployments(s.namespace)
	made, err := deployments.Create(ctx, deployment("typed"), metav1.CreateOptions{})
	if err != nil {
		return err
	}
	container := made.Spec.Template.Spec.Containers[0]
	if err := equal("defaulted pull policy", container.ImagePullPolicy, corev1.PullIfNotPresent); err != nil {
		return err
	}
	if err := equal("memory", container.Resources.Requests.Memory().String(), "64Mi"); err != nil {
		return err
	}
	if err := equal("probe port", container.ReadinessProbe.HTTPGet.Port, intstr.FromString("http")); err != nil {
		return err
	}
	read, err := deployments.Get(ctx, "typed", metav1.GetOptions{})
	if err != nil {
		return err
	}
	if err := equal("spec read again", read.Spec, made.Spec); err != nil {
		return err
	}
	if err := equal("generation", read.Generation, int64(1)); err != nil {
		return err
	}
	read.Spec.Paused = true
	updated, err := deployments.Update(ctx, read, metav1.UpdateOptions{})
	if apierrors.IsConflict(err) { // the controller wrote its status in between
		updated, err = deployments.Patch(ctx, "typed", types.MergePatchType, []byte(`{"spec":{"paused":true}}`), metav1.PatchOptions{})
	}
	if err != nil {
		return err
	}
	if err := equal("generation after an update", updated.Generation, int64(2)); err != nil {
		return err
	}
	list, err := deployments.List(ctx, metav1.ListOptions{LabelSelector: "app in (typed)", FieldSelector: "metadata.name=typed"})
	if err != nil {
		return err
	}
	if err := equal("listed", len(list.Items), 1); err != nil {
		return err
	}
	err = deployments.Delete(ctx, "typed", metav1.DeleteOptions{
		PropagationPolicy: new(metav1.DeletePropagationBackground),
		Preconditions:     metav1.NewUIDPreconditions(string(read.UID)),
	})
	if err != nil {
		return err
	}
	return writeSecret(ctx, clients, s.namespace)
}

// writeSecret shows that bytes survive.
func writeSecret(ctx context.Context, clients kubernetes.Interface, namespace string) error {
	bytes := []byte{0, 1, 254, 255}
	secrets := clients.CoreV1().Secrets(namespace)
	secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{GenerateName: "bytes-"}, Data: map[string][]byte{"raw": bytes}, StringData: map[string]string{"text": "words"}}
	made, err := secrets.Create(ctx, secret, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	return equal("secret", made.Data, map[string][]byte{"raw": bytes, "text": []byte("words")})
}

func deployment(name string) *appsv1.Deployment {
	labels := map[string]string{"app": name}
	return &appsv1.Deployment{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: labels},
		Spec: appsv1.DeploymentSpec{
			Replicas: new(int32(0)),
			Selector: &metav1.LabelSelector{MatchLabels: labels},
			Template: corev1.PodTemplateSpec{
				ObjectMeta: metav1.ObjectMeta{Labels: labels},
				Spec: corev1.PodSpec{Containers: []corev1.Container{{
					Name:           "main",
					Image:          "busybox:1.35",
					Ports:          []corev1.ContainerPort{{Name: "http", ContainerPort: 8080}},
					Resources:      corev1.ResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("64Mi")}},
					ReadinessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Path: "/", Port: intstr.FromString("http")}}},
				}}},
			},
		},
	}
}

// errorBodies: the Status behind each error is what callers branch on.
func errorBodies(ctx context.Context, s *session) error {
	maps := s.clients.CoreV1().ConfigMaps(s.namespace)
	made, err := s.createMap(ctx, "taken", nil)
	if err != nil {
		return err
	}
	expect := func(what string, err error, is func(error) bool, message string) error {
		if err == nil || !is(err) {
			return fmt.Errorf("%s: unexpected error %#v", what, err)
		}
		return equal(what, err.Error(), message)
	}
	_, err = maps.Get(ctx, "nobody", metav1.GetOptions{})
	if err := expect("missing", err, apierrors.IsNotFound, `configmaps "nobody" not found`); err != nil {
		return err
	}
	_, err = s.createMap(ctx, "taken", nil)
	if err := expect("taken", err, apierrors.IsAlreadyExists, `configmaps "taken" already exists`); err != nil {
		return err
	}
	_, err = s.createMap(ctx, "Bad_Name", nil)
	if !apierrors.IsInvalid(err) {
		return fmt.Errorf("invalid: %#v", err)
	}
	cause, _ := apierrors.StatusCause(err, metav1.CauseTypeFieldValueInvalid)
	if err := equal("cause", cause.Field, "metadata.name"); err != nil {
		return err
	}
	if _, err := maps.Update(ctx, changed(made, "1"), metav1.UpdateOptions{}); err != nil {
		return err
	}
	_, err = maps.Update(ctx, changed(made, "2"), metav1.UpdateOptions{})
	if err := expect("stale", err, apierrors.IsConflict, `Operation cannot be fulfilled on configmaps "taken": the object has been modified; please apply your changes to the latest version and try again`); err != nil {
		return err
	}
	_, err = maps.List(ctx, metav1.ListOptions{LabelSelector: "a=b=c"})
	if !apierrors.IsBadRequest(err) {
		return fmt.Errorf("bad selector: %#v", err)
	}
	err = maps.Delete(ctx, "taken", metav1.DeleteOptions{Preconditions: metav1.NewUIDPreconditions("another")})
	if !apierrors.IsConflict(err) {
		return fmt.Errorf("wrong uid: %#v", err)
	}
	return nil
}

func changed(from *corev1.ConfigMap, value string) *corev1.ConfigMap {
	object := from.DeepCopy()
	object.Data = map[string]string{"value": value}
	return object
}

// retryOnConflict: concurrent writers, none of whose additions is lost.
func retryOnConflict(ctx context.Context, s *session) error {
	const writers = 8
	if _, err := s.createMap(ctx, "counter", map[string]string{"count": "0"}); err != nil {
		return err
	}
	maps := s.clients.CoreV1().ConfigMaps(s.namespace)
	backoff := retry.DefaultBackoff
	backoff.Steps = 200
	errs := make(chan error, writers)
	for range writers {
		go func() {
			errs <- retry.RetryOnConflict(backoff, func() error {
				current, err := maps.Get(ctx, "counter", metav1.GetOptions{})
				if err != nil {
					return err
				}
				count, err := strconv.Atoi(current.Data["count"])
				if err != nil {
					return err
				}
				current.Data["count"] = strconv.Itoa(count + 1)
				_, err = maps.Update(ctx, current, metav1.UpdateOptions{})
				return err
			})
		}()
	}
	for range writers {
		if err := <-errs; err != nil {
			return err
		}
	}
	final, err := maps.Get(ctx, "counter", metav1.GetOptions{})
	if err != nil {
		return err
	}
	return equal("count", final.Data["count"], strconv.Itoa(writers))
}

func patches(ctx context.Context, s *session) error {
	services := s.clients.CoreV1().Services(s.namespace)
	service := &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{Name: "patched"},
		Spec:       corev1.ServiceSpec{Selector: map[string]string{"a": "b"}, Ports: []corev1.ServicePort{{Name: "one", Port: 1}, {Name: "two", Port: 2}}},
	}
	if _, err := services.Create(ctx, service, metav1.CreateOptions{}); err != nil {
		return err
	}
	for _, p := range []struct {
		kind types.PatchType
		body string
		want string
	}{
		{types.StrategicMergePatchType, `{"spec":{"ports":[{"port":2,"$patch":"delete"},{"port":3,"name":"three"}]}}`, "three one"},
		{types.MergePatchType, `{"spec":{"ports":[{"port":4,"name":"four"}]}}`, "four"},
		{types.JSONPatchType, `[{"op":"test","path":"/spec/ports/0/port","value":4},{"op":"replace","path":"/spec/ports/0/name","value":"five"}]`, "five"},
	} {
		patched, err := services.Patch(ctx, "patched", p.kind, []byte(p.body), metav1.PatchOptions{})
		if err != nil {
			return fmt.Errorf("%s: %w", p.kind, err)
		}
		names := ""
		for i, port := range patched.Spec.Ports {
			if i > 0 {
				names += " "
			}
			names += port.Name
		}
		if err := equal(string(p.kind), names, p.want); err != nil {
			return err
		}
	}
	_, err := services.Patch(ctx, "patched", types.JSONPatchType, []byte(`[{"op":"test","path":"/spec/ports/0/port","value":9}]`), metav1.PatchOptions{})
	if !apierrors.IsInvalid(err) {
		return fmt.Errorf("failed test of a JSON patch: %#v", err)
	}
	_, err = services.Patch(ctx, "patched", types.MergePatchType, []byte(`{"metadata":{"labels":{"dry":"run"}}}`), metav1.PatchOptions{DryRun: []string{metav1.DryRunAll}})
	if err != nil {
		return err
	}
	kept, err := services.Get(ctx, "patched", metav1.GetOptions{})
	if err != nil {
		return err
	}
	return equal("labels after a dry run", len(kept.Labels), 0)
}

func pagination(ctx context.Context, s *session) error {
	const objects, page = 23, 10
	for i := range objects {
		if _, err := s.createMap(ctx, fmt.Sprintf("page-%02d", i), nil); err != nil {
			return err
		}
	}
	maps := s.clients.CoreV1().ConfigMaps(s.namespace)
	first, err := maps.List(ctx, metav1.ListOptions{Limit: page})
	if err != nil {
		return err
	}
	// kube-root-ca.crt may be there as well by now.
	if first.RemainingItemCount == nil || *first.RemainingItemCount < objects-page {
		return fmt.Errorf("remaining after the first page: %v", first.RemainingItemCount)
	}
	seen := map[string]bool{}
	for list := first; ; {
		for _, item := range list.Items {
			seen[item.Name] = true
		}
		if err := equal("version of a page", list.ResourceVersion, first.ResourceVersion); err != nil {
			return err
		}
		if list.Continue == "" {
			break
		}
		if list, err = maps.List(ctx, metav1.ListOptions{Limit: page, Continue: list.Continue}); err != nil {
			return err
		}
	}
	for i := range objects {
		if name := fmt.Sprintf("page-%02d", i); !seen[name] {
			return fmt.Errorf("%s is on no page", name)
		}
	}
	err = maps.DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{LabelSelector: "made-by=client-go"})
	if err != nil {
		return err
	}
	left, err := maps.List(ctx, metav1.ListOptions{LabelSelector: "made-by=client-go"})
	if err != nil {
		return err
	}
	return equal("left after deletecollection", len(left.Items), 0)
}
