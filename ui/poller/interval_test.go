package poller

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestInterval(t *testing.T) {
	t.Parallel()
	limited := &model.Error{Code: model.RateLimited, RetryAfter: 20 * time.Second}
	refused := &model.Error{Code: model.Unauthorized}
	offline := &model.Error{Code: model.Network}
	cases := []struct {
		name string
		in   input
		want time.Duration
	}{
		{"busy", input{floor: 5 * time.Second, busy: true, requests: 1}, 5 * time.Second},
		{"idle", input{floor: 5 * time.Second, requests: 1}, 10 * time.Second},
		{"without focus", input{floor: 5 * time.Second, busy: true, blurred: true}, 30 * time.Second},
		{"26 pages, limit unknown", input{floor: 5 * time.Second, busy: true, requests: 26}, 26 * time.Second},
		{"a quarter of 100 a minute", input{floor: 5 * time.Second, busy: true, requests: 26, rate: model.RateLimit{Known: true, Limit: 100, Window: time.Minute}}, 62400 * time.Millisecond},
		{"a quarter of 6000 a minute", input{floor: 5 * time.Second, busy: true, requests: 26, rate: model.RateLimit{Known: true, Limit: 6000, Window: time.Minute}}, 5 * time.Second},
		{"first failure", input{floor: 5 * time.Second, failures: 1, err: offline}, 5 * time.Second},
		{"third failure", input{floor: 5 * time.Second, failures: 3, err: offline}, 20 * time.Second},
		{"many failures", input{floor: 5 * time.Second, failures: 99, err: offline}, 30 * time.Second},
		{"limited", input{floor: 5 * time.Second, failures: 4, err: limited}, 20 * time.Second},
		{"limited without Retry-After", input{floor: 5 * time.Second, failures: 1, err: &model.Error{Code: model.RateLimited}}, time.Minute},
		{"refused", input{floor: 5 * time.Second, failures: 1, err: refused}, 30 * time.Second},
		{"refused again", input{floor: 5 * time.Second, failures: 3, err: refused}, 2 * time.Minute},
		{"refused for long", input{floor: 5 * time.Second, failures: 50, err: refused}, 10 * time.Minute},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := interval(c.in); got != c.want {
				t.Errorf("interval is %v, want %v", got, c.want)
			}
		})
	}
}
