package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/openapi3"
	"k8s.io/client-go/restmapper"
)

// Served since 1.36's general availability; a client picks its API by looking them up.
var someKinds = []schema.GroupVersionKind{
	{Version: "v1", Kind: "Pod"},
	{Group: "apps", Version: "v1", Kind: "StatefulSet"},
	{Group: "batch", Version: "v1", Kind: "CronJob"},
	{Group: "autoscaling", Version: "v2", Kind: "HorizontalPodAutoscaler"},
	{Group: "networking.k8s.io", Version: "v1", Kind: "Ingress"},
	{Group: "apiextensions.k8s.io", Version: "v1", Kind: "CustomResourceDefinition"},
	{Group: "resource.k8s.io", Version: "v1", Kind: "ResourceClaim"},
}

func discoveryAndMapper(_ context.Context, s *session) error {
	direct, err := discovery.NewDiscoveryClientForConfig(s.config)
	if err != nil {
		return err
	}
	client := memory.NewMemCacheClient(direct)
	version, err := client.ServerVersion()
	if err != nil {
		return err
	}
	if version.Major != "1" || !strings.HasPrefix(version.Minor, "36") {
		return fmt.Errorf("version %s", version)
	}
	groups, resources, err := client.ServerGroupsAndResources()
	if err != nil {
		return err
	}
	if len(groups) < 15 || len(resources) < 15 {
		return fmt.Errorf("%d groups, %d resource lists", len(groups), len(resources))
	}
	mapper := restmapper.NewShortcutExpander(restmapper.NewDeferredDiscoveryRESTMapper(client), client, nil)
	for _, kind := range someKinds {
		mapping, err := mapper.RESTMapping(kind.GroupKind())
		if err != nil {
			return err
		}
		if err := equal("mapping", mapping.GroupVersionKind, kind); err != nil {
			return err
		}
	}
	short, err := mapper.ResourceFor(schema.GroupVersionResource{Resource: "deploy"})
	if err != nil {
		return err
	}
	if err := equal("short name", short, schema.GroupVersionResource{Group: "apps", Version: "v1", Resource: "deployments"}); err != nil {
		return err
	}
	preferred, err := discovery.ServerPreferredNamespacedResources(client)
	if err != nil || len(preferred) == 0 {
		return fmt.Errorf("preferred resources: %d, %w", len(preferred), err)
	}
	spec, err := openapi3.NewRoot(direct.OpenAPIV3()).GVSpec(schema.GroupVersion{Group: "apps", Version: "v1"})
	if err != nil {
		return err
	}
	if _, found := spec.Components.Schemas["io.k8s.api.apps.v1.Deployment"]; !found {
		return errors.New("OpenAPI v3 of apps/v1 has no Deployment")
	}
	document, err := direct.OpenAPISchema()
	if err != nil {
		return err
	}
	if count := len(document.GetDefinitions().GetAdditionalProperties()); count < 500 {
		return fmt.Errorf("OpenAPI v2 has %d definitions", count)
	}
	return nil
}

func dynamicObjects(ctx context.Context, s *session) error {
	client, err := dynamic.NewForConfig(s.config)
	if err != nil {
		return err
	}
	maps := client.Resource(schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}).Namespace(s.namespace)
	object := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "free"}, "data": map[string]any{"a": "1"},
	}}
	if _, err := maps.Create(ctx, object, metav1.CreateOptions{}); err != nil {
		return err
	}
	object.SetLabels(map[string]string{"applied": "yes"})
	applied, err := maps.Apply(ctx, "free", object, metav1.ApplyOptions{FieldManager: "dynamic", Force: true})
	if err != nil {
		return err
	}
	if err := equal("labels", applied.GetLabels(), map[string]string{"applied": "yes"}); err != nil {
		return err
	}
	strict := object.DeepCopy()
	strict.SetName("strict")
	strict.Object["dataa"] = "typo"
	_, err = maps.Create(ctx, strict, metav1.CreateOptions{FieldValidation: metav1.FieldValidationStrict})
	if !apierrors.IsBadRequest(err) || !strings.Contains(err.Error(), `strict decoding error: unknown field "dataa"`) {
		return fmt.Errorf("unknown field: %#v", err)
	}
	return maps.DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{LabelSelector: "applied=yes"})
}

var definitions = schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"}

func definition(group string) *unstructured.Unstructured {
	size := map[string]any{"type": "integer", "minimum": int64(1), "default": int64(3)}
	state := map[string]any{"type": "string"}
	properties := map[string]any{
		"spec":   map[string]any{"type": "object", "properties": map[string]any{"size": size}},
		"status": map[string]any{"type": "object", "properties": map[string]any{"state": state}},
	}
	version := map[string]any{
		"name": "v1", "served": true, "storage": true,
		"schema":       map[string]any{"openAPIV3Schema": map[string]any{"type": "object", "properties": properties}},
		"subresources": map[string]any{"status": map[string]any{}},
	}
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
		"metadata": map[string]any{"name": "widgets." + group},
		"spec": map[string]any{
			"group": group, "scope": "Namespaced", "versions": []any{version},
			"names": map[string]any{"plural": "widgets", "singular": "widget", "kind": "Widget", "shortNames": []any{"wd"}},
		},
	}}
}

// customResources: a definition is made, discovered, used, watched, and removed.
func customResources(ctx context.Context, s *session) error {
	client, err := dynamic.NewForConfig(s.config)
	if err != nil {
		return err
	}
	group := s.namespace + ".example.com"
	if _, err := client.Resource(definitions).Create(ctx, definition(group), metav1.CreateOptions{}); err != nil {
		return err
	}
	kind := schema.GroupKind{Group: group, Kind: "Widget"}
	var mapping *meta.RESTMapping
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(s.clients.Discovery()))
	err = eventually(ctx, func(context.Context) (err error) {
		mapping, err = mapper.RESTMapping(kind)
		if err != nil {
			mapper.Reset()
		}
		return err
	})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	factory := dynamicinformer.NewFilteredDynamicSharedInformerFactory(client, 0, s.namespace, nil)
	lister := factory.ForResource(mapping.Resource).Lister()
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	if err := useWidgets(ctx, client.Resource(mapping.Resource).Namespace(s.namespace), group); err != nil {
		return err
	}
	err = eventually(ctx, func(context.Context) error {
		objects, err := lister.List(labels.Everything())
		if err != nil {
			return err
		}
		return equal("widgets in the cache", len(objects), 1)
	})
	if err != nil {
		return err
	}
	if err := client.Resource(definitions).Delete(ctx, "widgets."+group, metav1.DeleteOptions{}); err != nil {
		return err
	}
	return eventually(ctx, func(ctx context.Context) error {
		_, err := client.Resource(mapping.Resource).Namespace(s.namespace).List(ctx, metav1.ListOptions{})
		if !apierrors.IsNotFound(err) {
			return fmt.Errorf("still served: %v", err)
		}
		return nil
	})
}

func useWidgets(ctx context.Context, widgets dynamic.ResourceInterface, group string) error {
	widget := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": group + "/v1", "kind": "Widget", "metadata": map[string]any{"name": "one"}, "spec": map[string]any{},
	}}
	made, err := widgets.Create(ctx, widget, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	size, _, err := unstructured.NestedInt64(made.Object, "spec", "size")
	if err != nil || size != 3 {
		return fmt.Errorf("defaulted size: %d, %w", size, err)
	}
	_, err = widgets.Patch(ctx, "one", types.MergePatchType, []byte(`{"spec":{"size":0}}`), metav1.PatchOptions{})
	if !apierrors.IsInvalid(err) {
		return fmt.Errorf("size 0: %#v", err)
	}
	_, err = widgets.Patch(ctx, "one", types.StrategicMergePatchType, []byte(`{}`), metav1.PatchOptions{})
	if !apierrors.IsUnsupportedMediaType(err) {
		return fmt.Errorf("strategic merge patch: %#v", err)
	}
	if err := unstructured.SetNestedField(made.Object, "Ready", "status", "state"); err != nil {
		return err
	}
	reported, err := widgets.UpdateStatus(ctx, made, metav1.UpdateOptions{})
	if err != nil {
		return err
	}
	return equal("generation after a status", reported.GetGeneration(), int64(1))
}

// collections lists what the garbage collector and the namespace controller go through.
func collections(resources []*metav1.APIResourceList) (map[schema.GroupVersionResource]struct{}, error) {
	return discovery.GroupVersionResources(discovery.FilteredBy(discovery.ResourcePredicateFunc(func(_ string, r *metav1.APIResource) bool {
		return slices.Contains(r.Verbs, "list") && slices.Contains(r.Verbs, "delete")
	}), resources))
}
