package account

import (
	"crypto/subtle"
	"encoding/base32"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/shanyraq/shanyraq/fault"
)

// Factor is a second proof beside the password: codes of an application on the
// owner's phone (RFC 6238), and codes on paper for the day the phone is lost.
type Factor struct {
	Secret   string   `json:"secret"` // base32
	On       bool     `json:"on"`     // the owner has shown a code of it
	Step     int64    `json:"step"`   // of the last code used: none is taken twice
	Recovery []string `json:"recovery,omitempty"`
}

const (
	stepSeconds   = 30
	skewSteps     = 1 // clocks of phones are off by this much
	factorBytes   = 20
	recoveryCodes = 10
	recoveryBytes = 10 // 80 bits
)

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewFactor draws a secret. It is not in force until Confirm.
func NewFactor(random io.Reader) (Factor, error) {
	b := make([]byte, factorBytes)
	if _, err := io.ReadFull(random, b); err != nil {
		return Factor{}, fault.Wrap(err, "account.NewFactor", "")
	}
	return Factor{Secret: base32Plain.EncodeToString(b)}, nil
}

// URL is what the application on the phone reads, from a picture or a link.
func (f Factor) URL(issuer, email string) (string, error) {
	raw, err := base32Plain.DecodeString(f.Secret)
	if err != nil {
		return "", fault.New(fault.Internal, "account.URL", "", "the secret of the second factor cannot be read back")
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: email, Secret: raw, Period: stepSeconds, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return "", fault.Wrap(err, "account.URL", "")
	}
	return key.URL(), nil
}

// Confirm puts the factor in force when the code is one of it, and returns the
// codes for paper, which are shown once.
func (f Factor) Confirm(code string, now time.Time, random io.Reader) (Factor, []string, error) {
	step, ok := f.step(code, now)
	if !ok {
		return f, nil, fault.New(fault.Invalid, "account.Confirm", "", "the code is not right: look at the application again, and at the clock of the phone")
	}
	f.On, f.Step, f.Recovery = true, step, nil
	var codes []string
	for range recoveryCodes {
		b := make([]byte, recoveryBytes)
		if _, err := io.ReadFull(random, b); err != nil {
			return f, nil, fault.Wrap(err, "account.Confirm", "")
		}
		code := strings.ToLower(base32Plain.EncodeToString(b))
		codes = append(codes, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
		f.Recovery = append(f.Recovery, Hash(code))
	}
	return f, codes, nil
}

// Use takes a code of the application or one from the paper. It returns the
// factor as it is to be kept: each code works once.
func (f Factor) Use(code string, now time.Time) (Factor, bool) {
	if step, ok := f.step(code, now); ok && step > f.Step {
		f.Step = step
		return f, true
	}
	h := Hash(strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(code)))
	for i, r := range f.Recovery {
		if sameHash(r, h) {
			f.Recovery = slices.Delete(slices.Clone(f.Recovery), i, i+1)
			return f, true
		}
	}
	return f, false
}

// step returns the step of time to which a code belongs.
func (f Factor) step(code string, now time.Time) (int64, bool) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	if f.Secret == "" { // there are codes for it too
		return 0, false
	}
	for d := int64(-skewSteps); d <= skewSteps; d++ {
		at := now.Add(time.Duration(d*stepSeconds) * time.Second)
		want, err := totp.GenerateCode(f.Secret, at)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / stepSeconds, true
		}
	}
	return 0, false
}
