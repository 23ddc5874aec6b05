package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/events"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

// leaderElection: one leads, gives up, and the other takes over.
func leaderElection(ctx context.Context, s *session) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	leaders := make(chan string, 8)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	compete := func(name string) (context.CancelFunc, error) {
		lock, err := resourcelock.New(resourcelock.LeasesResourceLock, s.namespace, "leader", s.clients.CoreV1(), s.clients.CoordinationV1(), resourcelock.ResourceLockConfig{Identity: name})
		if err != nil {
			return nil, err
		}
		elector, err := leaderelection.NewLeaderElector(leaderelection.LeaderElectionConfig{
			Lock: lock, ReleaseOnCancel: true, Name: name,
			LeaseDuration: 3 * time.Second, RenewDeadline: 2 * time.Second, RetryPeriod: 200 * time.Millisecond,
			Callbacks: leaderelection.LeaderCallbacks{
				OnStartedLeading: func(context.Context) { leaders <- name },
				OnStoppedLeading: func() {},
			},
		})
		if err != nil {
			return nil, err
		}
		own, stop := context.WithCancel(ctx)
		group.Go(func() { elector.Run(own) })
		return stop, nil
	}
	leads := func(want string) error {
		select {
		case name := <-leaders:
			return equal("leader", name, want)
		case <-ctx.Done():
			return fmt.Errorf("%s never led", want)
		}
	}
	stop, err := compete("first")
	if err != nil {
		return err
	}
	if err := leads("first"); err != nil {
		return err
	}
	if _, err := compete("second"); err != nil {
		return err
	}
	stop()
	if err := leads("second"); err != nil {
		return err
	}
	lease, err := s.clients.CoordinationV1().Leases(s.namespace).Get(ctx, "leader", metav1.GetOptions{})
	if err != nil {
		return err
	}
	return equal("holder", *lease.Spec.HolderIdentity, "second")
}

func recordEvents(ctx context.Context, s *session) error {
	about, err := s.createMap(ctx, "about", nil)
	if err != nil {
		return err
	}
	broadcaster := events.NewBroadcaster(&events.EventSinkImpl{Interface: s.clients.EventsV1()})
	defer broadcaster.Shutdown()
	if err := broadcaster.StartRecordingToSinkWithContext(ctx); err != nil {
		return err
	}
	recorder := broadcaster.NewRecorder(scheme.Scheme, "client-go-proof")
	recorder.Eventf(about, nil, corev1.EventTypeNormal, "Proved", "Proving", "told by %s", "client-go")
	return eventually(ctx, func(ctx context.Context) error {
		list, err := s.clients.CoreV1().Events(s.namespace).List(ctx, metav1.ListOptions{FieldSelector: "reason=Proved,involvedObject.name=about"})
		if err != nil {
			return err
		}
		if err := equal("events", len(list.Items), 1); err != nil {
			return err
		}
		return equal("message", list.Items[0].Message, "told by client-go")
	})
}

func accessReview(ctx context.Context, s *session) error {
	who, err := s.clients.AuthenticationV1().SelfSubjectReviews().Create(ctx, &authenticationv1.SelfSubjectReview{}, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	if who.Status.UserInfo.Username == "" {
		return errors.New("the server does not say who this is")
	}
	attributes := &authorizationv1.ResourceAttributes{Namespace: s.namespace, Verb: "list", Resource: "secrets"}
	self, err := s.clients.AuthorizationV1().SelfSubjectAccessReviews().Create(ctx, &authorizationv1.SelfSubjectAccessReview{
		Spec: authorizationv1.SelfSubjectAccessReviewSpec{ResourceAttributes: attributes},
	}, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	if err := equal("allowed", self.Status.Allowed, true); err != nil {
		return err
	}
	config := rest.CopyConfig(s.config)
	config.Impersonate = rest.ImpersonationConfig{UserName: "nobody-in-particular"}
	stranger, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	_, err = stranger.CoreV1().Secrets(s.namespace).List(ctx, metav1.ListOptions{})
	if !apierrors.IsForbidden(err) {
		return fmt.Errorf("a stranger's list: %#v", err)
	}
	want := fmt.Sprintf(`secrets is forbidden: User "nobody-in-particular" cannot list resource "secrets" in API group "" in the namespace "%s"`, s.namespace)
	return equal("forbidden", err.Error(), want)
}

// serviceAccountToken: the server gives a token that it then takes.
func serviceAccountToken(ctx context.Context, s *session) error {
	accounts := s.clients.CoreV1().ServiceAccounts(s.namespace)
	account := &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "robot"}}
	if _, err := accounts.Create(ctx, account, metav1.CreateOptions{}); err != nil {
		return err
	}
	request := &authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{ExpirationSeconds: new(int64(600))}}
	token, err := accounts.CreateToken(ctx, "robot", request, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	config := rest.AnonymousClientConfig(s.config)
	config.BearerToken = token.Status.Token
	robot, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	who, err := robot.AuthenticationV1().SelfSubjectReviews().Create(ctx, &authenticationv1.SelfSubjectReview{}, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	return equal("user", who.Status.UserInfo.Username, "system:serviceaccount:"+s.namespace+":robot")
}

func scaleSubresource(ctx context.Context, s *session) error {
	deployments := s.clients.AppsV1().Deployments(s.namespace)
	if _, err := deployments.Create(ctx, deployment("scaled"), metav1.CreateOptions{}); err != nil {
		return err
	}
	scale, err := deployments.GetScale(ctx, "scaled", metav1.GetOptions{})
	if err != nil {
		return err
	}
	if err := equal("selector", scale.Status.Selector, "app=scaled"); err != nil {
		return err
	}
	scale.ResourceVersion = ""
	scale.Spec.Replicas = 2
	if _, err := deployments.UpdateScale(ctx, "scaled", scale, metav1.UpdateOptions{}); err != nil {
		return err
	}
	return eventually(ctx, func(ctx context.Context) error {
		pods, err := s.clients.CoreV1().Pods(s.namespace).List(ctx, metav1.ListOptions{LabelSelector: "app=scaled"})
		if err != nil {
			return err
		}
		return equal("pods", len(pods.Items), 2)
	})
}

// eviction: a disruption budget says no, in the way that drain understands; without it the pod goes.
func eviction(ctx context.Context, s *session) error {
	pod, err := s.runPod(ctx, "evicted", "sleep 3600")
	if err != nil {
		return err
	}
	budgets := s.clients.PolicyV1().PodDisruptionBudgets(s.namespace)
	budget := &policyv1.PodDisruptionBudget{
		ObjectMeta: metav1.ObjectMeta{Name: "keep"},
		Spec: policyv1.PodDisruptionBudgetSpec{
			MinAvailable: new(intstr.FromInt32(1)),
			Selector:     &metav1.LabelSelector{MatchLabels: pod.Labels},
		},
	}
	if _, err := budgets.Create(ctx, budget, metav1.CreateOptions{}); err != nil {
		return err
	}
	err = eventually(ctx, func(ctx context.Context) error {
		current, err := budgets.Get(ctx, "keep", metav1.GetOptions{})
		if err != nil {
			return err
		}
		return equal("healthy pods of the budget", current.Status.CurrentHealthy, int32(1))
	})
	if err != nil {
		return err
	}
	evict := &policyv1.Eviction{ObjectMeta: metav1.ObjectMeta{Name: pod.Name, Namespace: s.namespace}}
	err = s.clients.PolicyV1().Evictions(s.namespace).Evict(ctx, evict)
	if !apierrors.IsTooManyRequests(err) || !apierrors.HasStatusCause(err, policyv1.DisruptionBudgetCause) {
		return fmt.Errorf("eviction against the budget: %#v", err)
	}
	if err := equal("refusal", err.Error(), "Cannot evict pod as it would violate the pod's disruption budget."); err != nil {
		return err
	}
	if err := budgets.Delete(ctx, "keep", metav1.DeleteOptions{}); err != nil {
		return err
	}
	if err := s.clients.PolicyV1().Evictions(s.namespace).Evict(ctx, evict); err != nil {
		return err
	}
	return eventually(ctx, func(ctx context.Context) error {
		current, err := s.clients.CoreV1().Pods(s.namespace).Get(ctx, pod.Name, metav1.GetOptions{})
		if err == nil && current.UID == pod.UID {
			return errors.New("the pod is still there")
		}
		if apierrors.IsNotFound(err) {
			return nil
		}
		return err
	})
}
