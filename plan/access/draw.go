package access

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// Draws is how many times the parameters are drawn from their ranges.
const Draws = 100

// values are the parameters of one evaluation, in minutes, kilometres, minutes
// for a kilometre, and shares.
type values struct {
	car, ambulance pace
	inside         float64
	dispatch       float64
	busy, busyWait float64
	onScene        float64
	firstCare      float64
	doorOut        float64
	ready          float64
	airPace        float64
	landing        float64
	airRange       float64
	flies          float64
	handover       float64
}

// evaluate turns parameters, asked for by code, into values.
func evaluate(get func(code string) float64) values {
	detour, quicker := get(ParamDetour), get(ParamAmbulance)
	v := values{inside: get(ParamInside), dispatch: get(ParamDispatch), busy: get(ParamBusy), busyWait: get(ParamBusyWait), onScene: get(ParamOnScene),
		firstCare: get(ParamFirstCare), doorOut: get(ParamDoorOut), ready: get(ParamAirReady), airPace: 60 / get(ParamAirSpeed), landing: get(ParamAirLanding),
		airRange: get(ParamAirRange), flies: get(ParamAirWeather) * get(ParamAirDaylight), handover: get(ParamHandover)}
	v.car = pace{60 / get(ParamSpeedMain), 60 / get(ParamSpeedOther), 60 * detour / get(ParamSpeedOffRoad)}
	for i := range v.car {
		v.ambulance[i] = v.car[i] / quicker
	}
	return v
}

// stated returns the values at which the parameters are stated.
func (g *Ground) stated(q Question) values {
	return evaluate(func(code string) float64 { return g.parameter(q, code).Value })
}

// draws returns the values of every draw: each parameter triangular between
// low, value and high, independent of the others, stratified so that every
// draw takes another hundredth of its range (Latin hypercube: McKay, Beckman
// and Conover, Technometrics 21 (1979) 239-245). The seed hangs on the code of
// the parameter alone: two questions are asked of the same draws.
func (g *Ground) draws(q Question) [Draws]values {
	var drawn [Draws]map[string]float64
	for i := range drawn {
		drawn[i] = make(map[string]float64, len(codes))
	}
	for _, code := range codes {
		p := g.parameter(q, code)
		h := fnv.New64a()
		_, _ = h.Write([]byte(code))
		r := rand.New(rand.NewPCG(h.Sum64(), 20260101))
		for i, stratum := range r.Perm(Draws) {
			drawn[i][code] = triangular(p.Low, p.Value, p.High, (float64(stratum)+r.Float64())/Draws)
		}
	}
	var out [Draws]values
	for i := range out {
		out[i] = evaluate(func(code string) float64 { return drawn[i][code] })
	}
	return out
}

// triangular returns the quantile u of the triangular distribution.
func triangular(low, mode, high, u float64) float64 {
	if !(high > low) {
		return mode
	}
	if c := (mode - low) / (high - low); u < c {
		return low + math.Sqrt(u*(high-low)*(mode-low))
	}
	return high - math.Sqrt((1-u)*(high-low)*(high-mode))
}

// strata are the steps by which the hundred draws can be gone through so that
// every one is met once: numbers that share no factor with a hundred.
var strata = []int{3, 7, 9, 11, 13, 17, 19, 21, 23, 27, 29, 31, 33, 37, 39, 41, 43, 47, 49, 51, 53, 57, 59, 61, 63, 67, 69, 71, 73, 77, 79, 81, 83, 87, 89, 91, 93, 97}

// chances decides something that happens in a share of the draws. For every
// place another order of the draws is used, and in each the numbers 0.005 to
// 0.995 come once: of a share of 0.4 it happens in 40 draws at every place, and
// no place is luckier than another.
type chances struct{ first, step int }

func chancesOf(seed, what uint64) chances {
	x := seed + what*0xd1b54a32d192ed03
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	x ^= x >> 31
	return chances{int(x % Draws), strata[x>>32%uint64(len(strata))]}
}

func (c chances) of(draw int) float64 {
	return (float64((c.first+c.step*draw)%Draws) + 0.5) / Draws
}
