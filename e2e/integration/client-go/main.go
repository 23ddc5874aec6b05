// A client-go program that uses an API server the way controllers do.
//
//	client-go                        prints the names of its checks
//	client-go KUBECONFIG [NAME...]   runs them (all when none is named)
//
// One line a check: "ok NAME", "FAIL NAME: reason". Exit code 1 when one failed.
package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"
)

// Two leases have to run out in the slowest check.
const checkTimeout = 60 * time.Second

type check struct {
	name string
	run  func(ctx context.Context, s *session) error
}

// Those named container-* need a node that runs containers.
var checks = []check{
	{"typed-protobuf", typedProtobuf},
	{"typed-json", typedJSON},
	{"errors", errorBodies},
	{"retry-on-conflict", retryOnConflict},
	{"patches", patches},
	{"pagination", pagination},
	{"watch-bookmarks", watchBookmarks},
	{"informer-workqueue", informerWorkqueue},
	{"informer-watchlist", informerWatchList},
	{"apply", apply},
	{"discovery", discoveryAndMapper},
	{"dynamic", dynamicObjects},
	{"custom-resources", customResources},
	{"metadata", metadataOnly},
	{"table", table},
	{"leader-election", leaderElection},
	{"events", recordEvents},
	{"access-review", accessReview},
	{"token", serviceAccountToken},
	{"scale", scaleSubresource},
	{"eviction", eviction},
	{"container-logs", containerLogs},
	{"container-exec", containerExec},
	{"container-port-forward", containerPortForward},
}

func main() {
	arguments := os.Args[1:]
	if len(arguments) == 0 {
		for _, c := range checks {
			fmt.Println(c.name)
		}
		return
	}
	failed := false
	for _, c := range checks {
		if len(arguments) > 1 && !slices.Contains(arguments[1:], c.name) {
			continue
		}
		if err := runCheck(c, arguments[0]); err != nil {
			failed = true
			fmt.Printf("FAIL %s: %v\n", c.name, err)
		} else {
			fmt.Printf("ok %s\n", c.name)
		}
	}
	if failed {
		os.Exit(1)
	}
}

func runCheck(c check, kubeconfig string) error {
	ctx, cancel := context.WithTimeout(context.Background(), checkTimeout)
	defer cancel()
	s, err := newSession(ctx, kubeconfig, c.name)
	if err != nil {
		return err
	}
	return c.run(ctx, s)
}
