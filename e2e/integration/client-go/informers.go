package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/features"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	toolswatch "k8s.io/client-go/tools/watch"
	"k8s.io/client-go/util/workqueue"
)

// watchBookmarks: a watch from a list's version, its bookmarks, and one that streams its initial events.
func watchBookmarks(ctx context.Context, s *session) error {
	maps := s.clients.CoreV1().ConfigMaps(s.namespace)
	list, err := maps.List(ctx, metav1.ListOptions{LabelSelector: "made-by"})
	if err != nil {
		return err
	}
	watcher, err := toolswatch.NewRetryWatcherWithContext(ctx, list.ResourceVersion, &cache.ListWatch{
		WatchFuncWithContext: func(ctx context.Context, options metav1.ListOptions) (watch.Interface, error) {
			options.LabelSelector = "made-by"
			return maps.Watch(ctx, options)
		},
	})
	if err != nil {
		return err
	}
	defer watcher.Stop()
	if _, err := s.createMap(ctx, "watched", map[string]string{"a": "1"}); err != nil {
		return err
	}
	if _, err := maps.Patch(ctx, "watched", types.MergePatchType, []byte(`{"data":{"a":"2"}}`), metav1.PatchOptions{}); err != nil {
		return err
	}
	if err := maps.Delete(ctx, "watched", metav1.DeleteOptions{}); err != nil {
		return err
	}
	for _, want := range []watch.EventType{watch.Added, watch.Modified, watch.Deleted} {
		event, err := next(ctx, watcher)
		if err != nil {
			return err
		}
		if err := equal("event", event.Type, want); err != nil {
			return err
		}
	}
	return initialEvents(ctx, s)
}

func initialEvents(ctx context.Context, s *session) error {
	made, err := s.createMap(ctx, "there-already", nil)
	if err != nil {
		return err
	}
	stream, err := s.clients.CoreV1().ConfigMaps(s.namespace).Watch(ctx, metav1.ListOptions{
		LabelSelector:        "made-by",
		AllowWatchBookmarks:  true,
		SendInitialEvents:    new(true),
		ResourceVersionMatch: metav1.ResourceVersionMatchNotOlderThan,
	})
	if err != nil {
		return err
	}
	defer stream.Stop()
	first, err := next(ctx, stream)
	if err != nil {
		return err
	}
	object, ok := first.Object.(*corev1.ConfigMap)
	if !ok || first.Type != watch.Added || object.UID != made.UID {
		return fmt.Errorf("initial event: %v %v", first.Type, first.Object)
	}
	mark, err := next(ctx, stream)
	if err != nil {
		return err
	}
	accessor, err := meta.Accessor(mark.Object)
	if err != nil {
		return err
	}
	if mark.Type != watch.Bookmark || accessor.GetAnnotations()[metav1.InitialEventsAnnotationKey] != "true" || accessor.GetResourceVersion() == "" {
		return fmt.Errorf("end of the initial events: %v %v", mark.Type, mark.Object)
	}
	return nil
}

func next(ctx context.Context, watcher watch.Interface) (watch.Event, error) {
	select {
	case event, open := <-watcher.ResultChan():
		if !open {
			return event, errors.New("the watch ended")
		}
		if event.Type == watch.Error {
			return event, apierrors.FromObject(event.Object)
		}
		return event, nil
	case <-ctx.Done():
		return watch.Event{}, errors.New("no event in time")
	}
}

// informerWorkqueue: the shape of every controller. Each Secret asked for by a ConfigMap gets made.
func informerWorkqueue(ctx context.Context, s *session) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	factory := informers.NewSharedInformerFactoryWithOptions(s.clients, 0, informers.WithNamespace(s.namespace))
	maps := factory.Core().V1().ConfigMaps()
	queue := workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[cache.ObjectName]())
	defer queue.ShutDown()
	enqueue := func(object any) {
		if name, err := cache.DeletionHandlingObjectToName(object); err == nil {
			queue.Add(name)
		}
	}
	_, err := maps.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    enqueue,
		UpdateFunc: func(_, object any) { enqueue(object) },
		DeleteFunc: enqueue,
	})
	if err != nil {
		return err
	}
	if _, err := s.createMap(ctx, "before", map[string]string{"secret": "1"}); err != nil {
		return err
	}
	factory.StartWithContext(ctx)
	if synced := factory.WaitForCacheSyncWithContext(ctx); synced.Err != nil {
		return synced.Err
	}
	go func() {
		for {
			name, shutdown := queue.Get()
			if shutdown {
				return
			}
			object, err := maps.Lister().ConfigMaps(name.Namespace).Get(name.Name)
			if err == nil && object.Data["secret"] != "" {
				err = ensureSecret(ctx, s.clients, object)
			}
			if err != nil && !apierrors.IsNotFound(err) {
				queue.AddRateLimited(name)
			} else {
				queue.Forget(name)
			}
			queue.Done(name)
		}
	}()
	if _, err := s.createMap(ctx, "after", map[string]string{"secret": "2"}); err != nil {
		return err
	}
	return eventually(ctx, func(ctx context.Context) error {
		for name, value := range map[string]string{"before": "1", "after": "2"} {
			secret, err := s.clients.CoreV1().Secrets(s.namespace).Get(ctx, name, metav1.GetOptions{})
			if err != nil {
				return err
			}
			if err := equal("secret "+name, string(secret.Data["value"]), value); err != nil {
				return err
			}
		}
		return nil
	})
}

func ensureSecret(ctx context.Context, clients kubernetes.Interface, from *corev1.ConfigMap) error {
	secret := &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{
			Name:            from.Name,
			OwnerReferences: []metav1.OwnerReference{*metav1.NewControllerRef(from, corev1.SchemeGroupVersion.WithKind("ConfigMap"))},
		},
		Data: map[string][]byte{"value": []byte(from.Data["secret"])},
	}
	_, err := clients.CoreV1().Secrets(from.Namespace).Create(ctx, secret, metav1.CreateOptions{})
	if apierrors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

// informerWatchList: the state comes in a watch, and no list is asked for.
func informerWatchList(ctx context.Context, s *session) error {
	if !features.FeatureGates().Enabled(features.WatchListClient) {
		return errors.New("this client-go has WatchListClient off")
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	const before = 50
	for i := range before {
		if _, err := s.createMap(ctx, fmt.Sprintf("object-%d", i), map[string]string{"i": fmt.Sprint(i)}); err != nil {
			return err
		}
	}
	var lists atomic.Int32
	maps := s.clients.CoreV1().ConfigMaps(s.namespace)
	source := cache.ToListWatcherWithWatchListSemantics(&cache.ListWatch{
		ListWithContextFunc: func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
			lists.Add(1)
			return maps.List(ctx, options)
		},
		WatchFuncWithContext: func(ctx context.Context, options metav1.ListOptions) (watch.Interface, error) {
			return maps.Watch(ctx, options)
		},
	}, s.clients)
	informer := cache.NewSharedIndexInformer(source, &corev1.ConfigMap{}, 0, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})
	go informer.RunWithContext(ctx)
	if !cache.WaitForCacheSync(ctx.Done(), informer.HasSynced) {
		return errors.New("the cache did not sync")
	}
	selector := labels.SelectorFromSet(labels.Set{"made-by": "client-go"})
	count := 0
	err := cache.ListAll(informer.GetStore(), selector, func(any) { count++ })
	if err != nil {
		return err
	}
	if err := equal("objects in the cache", count, before); err != nil {
		return err
	}
	if _, err := maps.Patch(ctx, "object-7", types.MergePatchType, []byte(`{"data":{"i":"changed"}}`), metav1.PatchOptions{}); err != nil {
		return err
	}
	err = eventually(ctx, func(context.Context) error {
		object, exists, err := informer.GetStore().GetByKey(s.namespace + "/object-7")
		if err != nil || !exists {
			return fmt.Errorf("object-7 in the cache: %v, %w", exists, err)
		}
		return equal("changed object in the cache", object.(*corev1.ConfigMap).Data["i"], "changed")
	})
	if err != nil {
		return err
	}
	return equal("lists", lists.Load(), int32(0))
}
