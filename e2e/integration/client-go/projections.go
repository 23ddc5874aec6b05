package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/rest"
)

// metadataOnly: every kind is listed the same way, as the garbage collector does.
func metadataOnly(ctx context.Context, s *session) error {
	config := rest.CopyConfig(s.config)
	config.ContentType = runtime.ContentTypeProtobuf
	client, err := metadata.NewForConfig(config)
	if err != nil {
		return err
	}
	resources, err := s.clients.Discovery().ServerPreferredResources()
	if err != nil {
		return err
	}
	all, err := collections(resources)
	if err != nil {
		return err
	}
	for resource := range all {
		if _, err := client.Resource(resource).List(ctx, metav1.ListOptions{Limit: 5}); err != nil {
			return fmt.Errorf("%s: %w", resource, err)
		}
	}
	made, err := s.createMap(ctx, "bare", map[string]string{"a": "1"})
	if err != nil {
		return err
	}
	maps := schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}
	object, err := client.Resource(maps).Namespace(s.namespace).Get(ctx, "bare", metav1.GetOptions{})
	if err != nil {
		return err
	}
	if err := equal("uid", object.UID, made.UID); err != nil {
		return err
	}
	if _, err := client.Resource(maps).Namespace(s.namespace).Patch(ctx, "bare", types.MergePatchType, []byte(`{"metadata":{"labels":{"seen":"yes"}}}`), metav1.PatchOptions{}); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	factory := metadatainformer.NewFilteredSharedInformerFactory(client, 0, s.namespace, nil)
	lister := factory.ForResource(maps).Lister()
	factory.Start(ctx.Done())
	for resource, synced := range factory.WaitForCacheSync(ctx.Done()) {
		if !synced {
			return fmt.Errorf("%s did not sync", resource)
		}
	}
	cached, err := lister.Get(s.namespace + "/bare")
	if err != nil {
		return err
	}
	partial, ok := cached.(*metav1.PartialObjectMetadata)
	if !ok {
		return fmt.Errorf("in the cache: %T", cached)
	}
	return equal("labels in the cache", partial.Labels["seen"], "yes")
}

// table: what kubectl prints comes from the server.
func table(ctx context.Context, s *session) error {
	if _, err := s.createMap(ctx, "row", map[string]string{"a": "1", "b": "2"}); err != nil {
		return err
	}
	body, err := s.clients.CoreV1().RESTClient().Get().
		Namespace(s.namespace).Resource("configmaps").Param("labelSelector", "made-by").
		SetHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io").
		DoRaw(ctx)
	if err != nil {
		return err
	}
	var answer metav1.Table
	if err := json.Unmarshal(body, &answer); err != nil {
		return err
	}
	if answer.Kind != "Table" || len(answer.Rows) != 1 {
		return fmt.Errorf("answer: %s", body)
	}
	columns := ""
	for _, column := range answer.ColumnDefinitions {
		columns += column.Name + " "
	}
	if err := equal("columns", columns, "Name Data Age "); err != nil {
		return err
	}
	cells := answer.Rows[0].Cells
	if len(cells) != 3 {
		return errors.New("a row has other columns than the table")
	}
	return equal("cells", cells[:2], []any{"row", float64(2)})
}
