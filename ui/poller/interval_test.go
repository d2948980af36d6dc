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
	unknown := model.Budget{Requests: 59, Window: time.Minute}
	quarterOf := func(limit int) model.Budget { return model.Budget{Requests: limit / 4, Window: time.Minute} }
	cases := []struct {
		name string
		in   input
		want time.Duration
	}{
		{"busy", input{floor: 5 * time.Second, busy: true, requests: 1}, 5 * time.Second},
		{"idle", input{floor: 5 * time.Second, requests: 1}, 10 * time.Second},
		{"without focus", input{floor: 5 * time.Second, busy: true, blurred: true}, 30 * time.Second},
		{"26 pages, limit unknown", input{floor: 5 * time.Second, busy: true, requests: 26, budget: unknown}, 30 * time.Second},
		{"11 pages, a quarter of 100 a minute", input{floor: 5 * time.Second, busy: true, requests: 11, budget: quarterOf(100)}, 30 * time.Second},
		{"26 pages, a quarter of 100 a minute", input{floor: 5 * time.Second, busy: true, requests: 26, budget: quarterOf(100)}, time.Minute},
		{"a quarter of 6000 a minute", input{floor: 5 * time.Second, busy: true, requests: 26, budget: quarterOf(6000)}, 5 * time.Second},
		{"a window of an hour", input{floor: 5 * time.Second, busy: true, requests: 10, budget: model.Budget{Requests: 43, Window: time.Hour}}, 15 * time.Minute},
		{"500 pages, any limit", input{floor: 5 * time.Second, busy: true, requests: 500, budget: quarterOf(1_000_000)}, 50 * time.Second},
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
