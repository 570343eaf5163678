package httpapi

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Sample is a number for those who watch the server.
type Sample struct {
	Name, Help string
	Counter    bool   // it only grows; else a gauge
	Label, Of  string // at most one label and its value
	Value      float64
}

// samplesAge bounds how often the database is asked for numbers, whoever looks.
const (
	samplesAge     = 5 * time.Second
	samplesTimeout = 5 * time.Second
)

// samples collects numbers when somebody looks at /metrics.
type samples struct {
	of  func(context.Context) []Sample
	now func() time.Time

	mu   sync.Mutex
	last []Sample
	at   time.Time
}

// Describe names nothing beforehand: which numbers there are depends on what
// was done.
func (*samples) Describe(chan<- *prometheus.Desc) {}

// Collect hands over the numbers.
func (c *samples) Collect(out chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.now(); c.last == nil || now.Sub(c.at) > samplesAge || now.Before(c.at) {
		ctx, cancel := context.WithTimeout(context.Background(), samplesTimeout)
		defer cancel()
		c.last, c.at = c.of(ctx), now
	}
	for _, s := range c.last {
		var labels, values []string
		if s.Label != "" {
			labels, values = []string{s.Label}, []string{s.Of}
		}
		kind := prometheus.GaugeValue
		if s.Counter {
			kind = prometheus.CounterValue
		}
		out <- prometheus.MustNewConstMetric(prometheus.NewDesc(s.Name, s.Help, labels, nil), kind, s.Value, values...)
	}
}
