package httpapi

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

// workload measures the work in the background when somebody looks. Every
// server of a database tells the same.
type workload struct{ n Notices }

var (
	jobsDesc   = prometheus.NewDesc("shanyraq_jobs_by_kind", "Jobs in the queue, by kind and state; failed: for good, in the last two weeks.", []string{"kind", "state"}, nil)
	oldestDesc = prometheus.NewDesc("shanyraq_jobs_by_kind_oldest_seconds", "Age of the oldest job that is not finished, by kind.", []string{"kind"}, nil)
)

func (workload) Describe(ch chan<- *prometheus.Desc) {
	ch <- jobsDesc
	ch <- oldestDesc
}

func (w workload) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), pingTimeout)
	defer cancel()
	list, err := w.n.Workload(ctx)
	if err != nil {
		return // readyz tells that the database does not answer
	}
	for _, l := range list {
		for state, n := range map[string]int64{"waiting": l.Waiting, "running": l.Running, "failed": l.Failed} {
			ch <- prometheus.MustNewConstMetric(jobsDesc, prometheus.GaugeValue, float64(n), l.Kind, state)
		}
		ch <- prometheus.MustNewConstMetric(oldestDesc, prometheus.GaugeValue, l.OldestSeconds, l.Kind)
	}
}
