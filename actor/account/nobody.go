package account

import (
	"encoding/base64"
	"fmt"

	"golang.org/x/crypto/argon2"
)

// nobody is the hash of no password, with the present parameters: checking
// against it takes as long as against the hash of somebody.
func nobody() string {
	zero := func(n uint32) string { return base64.RawStdEncoding.EncodeToString(make([]byte, n)) }
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, cost.Memory, cost.Iterations, cost.Parallelism, zero(cost.SaltLength), zero(cost.KeyLength))
}
