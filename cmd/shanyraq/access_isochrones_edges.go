package main

import (
	"context"
	"math"
	"path/filepath"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/exchange/roadgraph"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
	"github.com/shanyraq/shanyraq/plan/access/isochrone"
)

// edges searches on a table of edges, which are drawn straight.
func (c accessIsochronesCommand) edges(ctx context.Context, how graph.Search, a *isochronesAnswer) (out isochrone.Network, err error) {
	var arcs graph.Named
	var net *graph.Network
	var where []orb.Point
	var from []int
	err = clocked(&a.Phases.Read, func() error {
		f, err := openFile(c.Edges)
		if err != nil {
			return err
		}
		defer f.Close()
		if arcs, err = roadgraph.EdgeList(filepath.Base(c.Edges), f, c.Undirected); err != nil {
			return err
		}
		if net, err = graph.NewNetwork(arcs, 1); err != nil {
			return err
		}
		if where, err = c.places(net); err != nil {
			return err
		}
		from, err = nodes(c.Sources, net)
		a.Sources = len(from)
		return err
	})
	if err != nil {
		return out, err
	}
	return out, clocked(&a.Phases.Solve, func() error {
		near, err := net.Nearest(ctx, graph.Starts(from...), how)
		if err != nil {
			return err
		}
		for i := range arcs.From {
			begin, _ := net.Find(arcs.From[i])
			end, _ := net.Find(arcs.To[i])
			if how.Towards { // time is left at the begin once the arc is driven
				begin, end = end, begin
			}
			if t := near.Seconds[begin]; t <= how.Limit {
				out.Legs = append(out.Legs, isochrone.Leg{A: where[begin], B: where[end], AtA: t, AtB: t + arcs.Cost[i]})
			}
		}
		for _, v := range from {
			out.Nodes = append(out.Nodes, isochrone.Node{Point: where[v]})
		}
		return nil
	})
}

// places reads where the nodes lie. Every node must have its place.
func (c accessIsochronesCommand) places(net *graph.Network) ([]orb.Point, error) {
	list, err := readPoints(c.Points)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(c.Points)
	out := make([]orb.Point, net.Nodes())
	known := make([]bool, len(out))
	for _, p := range list {
		id, err := strconv.ParseInt(p.ID, 10, 64)
		if err != nil {
			return nil, fault.New(fault.Invalid, "cmd.isochrones", name, "row %d, column id: %q is not the number of a node", p.Row, p.ID)
		}
		if !(math.Abs(p.X) <= 180 && math.Abs(p.Y) <= 90) {
			return nil, fault.New(fault.Invalid, "cmd.isochrones", name, "row %d: %v, %v is not a longitude and a latitude in degrees", p.Row, p.X, p.Y)
		}
		if v, ok := net.Find(id); ok {
			out[v], known[v] = orb.Point{p.X, p.Y}, true
		}
	}
	for v, ok := range known {
		if !ok {
			return nil, fault.New(fault.Invalid, "cmd.isochrones", name, "node %d of the edges has no row: give the place of every node", net.IDs[v])
		}
	}
	return out, nil
}
