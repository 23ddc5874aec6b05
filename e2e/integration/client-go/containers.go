package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/httpstream"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/portforward"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/transport/spdy"
	utilexec "k8s.io/client-go/util/exec"
)

// runPod makes a pod with a shell script and waits until it is ready.
func (s *session) runPod(ctx context.Context, name, script string) (*corev1.Pod, error) {
	pods := s.clients.CoreV1().Pods(s.namespace)
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{"app": name}},
		Spec: corev1.PodSpec{
			TerminationGracePeriodSeconds: new(int64(1)),
			Containers:                    []corev1.Container{{Name: "main", Image: "busybox:1.35", Command: []string{"sh", "-c", script}}},
		},
	}
	// The namespace's service account comes a moment after the namespace.
	err := eventually(ctx, func(ctx context.Context) error {
		_, err := pods.Create(ctx, pod, metav1.CreateOptions{})
		return err
	})
	if err != nil {
		return nil, err
	}
	var current *corev1.Pod
	err = eventually(ctx, func(ctx context.Context) (err error) {
		if current, err = pods.Get(ctx, name, metav1.GetOptions{}); err != nil {
			return err
		}
		for _, condition := range current.Status.Conditions {
			if condition.Type == corev1.PodReady && condition.Status == corev1.ConditionTrue {
				return nil
			}
		}
		return fmt.Errorf("pod %s is not ready: %s", name, current.Status.Phase)
	})
	return current, err
}

func containerLogs(ctx context.Context, s *session) error {
	if _, err := s.runPod(ctx, "talker", "for i in 1 2 3; do echo line $i; done; sleep 3600"); err != nil {
		return err
	}
	pods := s.clients.CoreV1().Pods(s.namespace)
	err := eventually(ctx, func(ctx context.Context) error {
		text, err := pods.GetLogs("talker", &corev1.PodLogOptions{TailLines: new(int64(2))}).DoRaw(ctx)
		if err != nil {
			return err
		}
		return equal("log", string(text), "line 2\nline 3\n")
	})
	if err != nil {
		return err
	}
	stream, err := pods.GetLogs("talker", &corev1.PodLogOptions{Follow: true}).Stream(ctx)
	if err != nil {
		return err
	}
	defer stream.Close()
	first := make([]byte, len("line 1\n"))
	if _, err := io.ReadFull(stream, first); err != nil {
		return err
	}
	return equal("followed log", string(first), "line 1\n")
}

// containerExec: over WebSockets, and over SPDY for older servers' clients.
func containerExec(ctx context.Context, s *session) error {
	if _, err := s.runPod(ctx, "shell", "sleep 3600"); err != nil {
		return err
	}
	command := func(script string) *corev1.PodExecOptions {
		return &corev1.PodExecOptions{Container: "main", Command: []string{"sh", "-c", script}, Stdin: true, Stdout: true, Stderr: true}
	}
	connect := func(method, script string) (remotecommand.Executor, error) {
		target := s.clients.CoreV1().RESTClient().Post().Namespace(s.namespace).Resource("pods").Name("shell").SubResource("exec").
			VersionedParams(command(script), scheme.ParameterCodec).URL()
		if method == "WebSocket" {
			return remotecommand.NewWebSocketExecutor(s.config, http.MethodGet, target.String())
		}
		return remotecommand.NewSPDYExecutor(s.config, http.MethodPost, target)
	}
	for _, method := range []string{"WebSocket", "SPDY"} {
		executor, err := connect(method, "cat; echo err >&2; exit 7")
		if err != nil {
			return err
		}
		var stdout, stderr bytes.Buffer
		err = executor.StreamWithContext(ctx, remotecommand.StreamOptions{Stdin: strings.NewReader("typed\n"), Stdout: &stdout, Stderr: &stderr})
		var exit utilexec.ExitError
		if !errors.As(err, &exit) || exit.ExitStatus() != 7 {
			return fmt.Errorf("%s: exit code 7 became %#v", method, err)
		}
		if err := equal(method, stdout.String()+stderr.String(), "typed\nerr\n"); err != nil {
			return err
		}
	}
	return nil
}

// containerPortForward: tunnelled through a WebSocket, and over SPDY itself.
func containerPortForward(ctx context.Context, s *session) error {
	if _, err := s.runPod(ctx, "server", "mkdir -p /srv; echo served > /srv/index.html; exec httpd -f -p 8080 -h /srv"); err != nil {
		return err
	}
	target := s.clients.CoreV1().RESTClient().Post().Namespace(s.namespace).Resource("pods").Name("server").SubResource("portforward").URL()
	tunnel, err := portforward.NewSPDYOverWebsocketDialer(target, s.config)
	if err != nil {
		return err
	}
	transport, upgrader, err := spdy.RoundTripperFor(s.config)
	if err != nil {
		return err
	}
	if err := forward(ctx, tunnel); err != nil {
		return fmt.Errorf("WebSocket: %w", err)
	}
	return forward(ctx, spdy.NewDialer(upgrader, &http.Client{Transport: transport}, http.MethodPost, target))
}

func forward(ctx context.Context, dialer httpstream.Dialer) error {
	stop, ready := make(chan struct{}), make(chan struct{})
	forwarder, err := portforward.NewOnAddresses(dialer, []string{"127.0.0.1"}, []string{"0:8080"}, stop, ready, io.Discard, io.Discard)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- forwarder.ForwardPorts() }()
	defer close(stop)
	select {
	case <-ready:
	case err := <-ended:
		return err
	}
	ports, err := forwarder.GetPorts()
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return eventually(ctx, func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d/index.html", ports[0].Local), nil)
		if err != nil {
			return err
		}
		answer, err := client.Do(request)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			return err
		}
		return equal("served", string(body), "served\n")
	})
}
