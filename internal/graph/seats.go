package graph

// settle gives every node its seat. For now in the order of their numbers.
func (g *Graph) settle(Arcs) {
	g.seat = make([]uint32, g.nodes)
	g.node = make([]uint32, g.nodes)
	for i := range g.nodes {
		g.seat[i], g.node[i] = uint32(i), uint32(i)
	}
}
