package main

import (
	"context"
	"fmt"
	"slices"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	appsapply "k8s.io/client-go/applyconfigurations/apps/v1"
	coreapply "k8s.io/client-go/applyconfigurations/core/v1"
	metaapply "k8s.io/client-go/applyconfigurations/meta/v1"
)

// apply: two managers share an object, fight over a field, and give fields up.
func apply(ctx context.Context, s *session) error {
	maps := s.clients.CoreV1().ConfigMaps(s.namespace)
	mine := coreapply.ConfigMap("shared", s.namespace).WithData(map[string]string{"mine": "1", "both": "1"})
	if _, err := maps.Apply(ctx, mine, metav1.ApplyOptions{FieldManager: "one"}); err != nil {
		return err
	}
	theirs := coreapply.ConfigMap("shared", s.namespace).WithData(map[string]string{"theirs": "1", "both": "2"})
	_, err := maps.Apply(ctx, theirs, metav1.ApplyOptions{FieldManager: "two"})
	if !apierrors.IsConflict(err) || !apierrors.HasStatusCause(err, metav1.CauseTypeFieldManagerConflict) {
		return fmt.Errorf("no conflict of managers: %#v", err)
	}
	want := `Apply failed with 1 conflict: conflict with "one": .data.both`
	if err := equal("conflict", err.Error(), want); err != nil {
		return err
	}
	forced, err := maps.Apply(ctx, theirs, metav1.ApplyOptions{FieldManager: "two", Force: true})
	if err != nil {
		return err
	}
	if err := equal("data", forced.Data, map[string]string{"mine": "1", "theirs": "1", "both": "2"}); err != nil {
		return err
	}
	again, err := maps.Apply(ctx, theirs, metav1.ApplyOptions{FieldManager: "two"})
	if err != nil {
		return err
	}
	if err := equal("version after applying the same", again.ResourceVersion, forced.ResourceVersion); err != nil {
		return err
	}
	extracted, err := coreapply.ExtractConfigMap(again, "one")
	if err != nil {
		return err
	}
	if err := equal("what the first still owns", extracted.Data, map[string]string{"mine": "1"}); err != nil {
		return err
	}
	dropped, err := maps.Apply(ctx, coreapply.ConfigMap("shared", s.namespace), metav1.ApplyOptions{FieldManager: "one"})
	if err != nil {
		return err
	}
	if err := equal("data after giving up", dropped.Data, map[string]string{"theirs": "1", "both": "2"}); err != nil {
		return err
	}
	return applyStatus(ctx, s)
}

// applyStatus: lists that are maps, and a subresource with owners of its own.
func applyStatus(ctx context.Context, s *session) error {
	labels := map[string]string{"app": "applied"}
	container := coreapply.Container().WithName("main").WithImage("busybox:1.35").WithPorts(coreapply.ContainerPort().WithContainerPort(80))
	template := coreapply.PodTemplateSpec().WithLabels(labels).WithSpec(coreapply.PodSpec().WithContainers(container))
	configuration := appsapply.Deployment("applied", s.namespace).WithSpec(appsapply.DeploymentSpec().
		WithReplicas(0).WithSelector(metaapply.LabelSelector().WithMatchLabels(labels)).WithTemplate(template))
	deployments := s.clients.AppsV1().Deployments(s.namespace)
	if _, err := deployments.Apply(ctx, configuration, metav1.ApplyOptions{FieldManager: "one"}); err != nil {
		return err
	}
	sidecar := coreapply.Container().WithName("side").WithImage("busybox:1.35")
	addition := appsapply.Deployment("applied", s.namespace).WithSpec(appsapply.DeploymentSpec().
		WithTemplate(coreapply.PodTemplateSpec().WithSpec(coreapply.PodSpec().WithContainers(sidecar))))
	both, err := deployments.Apply(ctx, addition, metav1.ApplyOptions{FieldManager: "two"})
	if err != nil {
		return err
	}
	if err := equal("containers", len(both.Spec.Template.Spec.Containers), 2); err != nil {
		return err
	}
	status := appsapply.Deployment("applied", s.namespace).WithStatus(appsapply.DeploymentStatus().WithConditions(
		appsapply.DeploymentCondition().WithType("Proof").WithStatus("True").WithReason("Applied").WithMessage("by client-go")))
	reported, err := deployments.ApplyStatus(ctx, status, metav1.ApplyOptions{FieldManager: "reporter"})
	if err != nil {
		return err
	}
	owned := slices.ContainsFunc(reported.ManagedFields, func(entry metav1.ManagedFieldsEntry) bool {
		return entry.Manager == "reporter" && entry.Subresource == "status" && entry.Operation == metav1.ManagedFieldsOperationApply
	})
	if !owned {
		return fmt.Errorf("managers: %v", reported.ManagedFields)
	}
	_, err = deployments.Patch(ctx, "applied", types.ApplyYAMLPatchType, []byte("{"), metav1.PatchOptions{FieldManager: "one"})
	if !apierrors.IsBadRequest(err) {
		return fmt.Errorf("broken YAML: %#v", err)
	}
	return nil
}
