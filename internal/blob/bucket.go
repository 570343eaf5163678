package blob

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/shanyraq/shanyraq/fault"
)

// Environment lists the variables that describe a bucket. The keys are taken
// from the usual AWS variables when ours are not set.
var Environment = []string{"SHANYRAQ_S3_ENDPOINT", "SHANYRAQ_S3_REGION", "SHANYRAQ_S3_KEY", "SHANYRAQ_S3_SECRET"}

// config is all that is needed to reach a bucket.
type config struct {
	endpoint, region, key, secret string
	bucket, prefix                string
}

func bucketConfig(bucket, prefix string, env func(string) string) config {
	first := func(names ...string) string {
		for _, n := range names {
			if v := env(n); v != "" {
				return v
			}
		}
		return ""
	}
	if prefix = strings.Trim(prefix, "/"); prefix != "" {
		prefix += "/"
	}
	return config{bucket: bucket, prefix: prefix,
		endpoint: first("SHANYRAQ_S3_ENDPOINT"), region: first("SHANYRAQ_S3_REGION", "AWS_REGION"),
		key: first("SHANYRAQ_S3_KEY", "AWS_ACCESS_KEY_ID"), secret: first("SHANYRAQ_S3_SECRET", "AWS_SECRET_ACCESS_KEY")}
}

// Bucket keeps contents in a store that speaks S3. An object is there whole or
// not at all by the rules of S3.
type Bucket struct {
	client *minio.Client
	c      config
}

func openBucket(ctx context.Context, c config) (*Bucket, error) {
	const op = "blob.Open"
	if c.bucket == "" {
		return nil, fault.New(fault.Invalid, op, "", "name the bucket: --files s3://bucket/prefix")
	}
	if c.endpoint == "" {
		c.endpoint = "https://s3.amazonaws.com"
	}
	at, err := url.Parse(c.endpoint)
	if err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" || strings.Trim(at.Path, "/") != "" {
		return nil, fault.New(fault.Invalid, op, "", "SHANYRAQ_S3_ENDPOINT is an address such as https://s3.example.kz")
	}
	if c.key == "" || c.secret == "" {
		return nil, fault.New(fault.Invalid, op, "", "set SHANYRAQ_S3_KEY and SHANYRAQ_S3_SECRET to the keys of the bucket")
	}
	client, err := minio.New(at.Host, &minio.Options{Creds: credentials.NewStaticV4(c.key, c.secret, ""), Secure: at.Scheme == "https", Region: c.region})
	if err != nil {
		return nil, fault.New(fault.Invalid, op, "", "the settings of the bucket cannot be used: %w", err)
	}
	b := &Bucket{client, c}
	there, err := client.BucketExists(ctx, c.bucket)
	if err != nil {
		return nil, bucketFault(op, "", err)
	}
	if !there {
		return nil, fault.New(fault.Invalid, op, "", "the bucket does not exist: make it first, with versions kept if you can")
	}
	return b, nil
}

func (b *Bucket) object(n Name) string { return b.c.prefix + string(n[:2]) + "/" + string(n) }

// Where returns the address without keys.
func (b *Bucket) Where() string { return scheme + b.c.bucket + "/" + b.c.prefix }

// Put implements Store. The content passes through a file of this machine,
// since its name is known only when all of it was read.
func (b *Bucket) Put(ctx context.Context, from io.Reader, limit int64) (Info, error) {
	const op = "blob.Put"
	file, err := scratch()
	if err != nil {
		return Info{}, folderFault(op, err)
	}
	defer file.Close()
	in := newBounded(withContext(ctx, from), limit)
	if _, err := io.Copy(file, in); err != nil {
		return Info{}, folderFault(op, err)
	}
	info, err := in.info()
	if err != nil {
		return Info{}, err
	}
	if b.holds(ctx, info.Name) {
		return info, nil
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Info{}, folderFault(op, err)
	}
	// SendContentMd5 lets the store refuse what was changed on the way.
	_, err = b.client.PutObject(ctx, b.c.bucket, b.object(info.Name), file, info.Size,
		minio.PutObjectOptions{ContentType: "application/octet-stream", SendContentMd5: true, DisableMultipart: true})
	return info, bucketFault(op, info.Name, err)
}

// holds reports whether a content is there unbroken.
func (b *Bucket) holds(ctx context.Context, name Name) bool {
	c, err := b.Open(ctx, name)
	if err != nil {
		return false
	}
	_ = c.Close() // only read
	return true
}

// scratch returns a file without a name: it is gone when it is closed, also
// when the process is killed.
func scratch() (*os.File, error) {
	file, err := os.CreateTemp("", "shanyraq-*")
	if err != nil {
		return nil, err
	}
	return file, os.Remove(file.Name())
}

// Open implements Store. The content is fetched whole and compared before the
// first byte is handed on.
func (b *Bucket) Open(ctx context.Context, name Name) (*Content, error) {
	const op = "blob.Open"
	if err := name.Check(); err != nil {
		return nil, err
	}
	object, err := b.client.GetObject(ctx, b.c.bucket, b.object(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, bucketFault(op, name, err)
	}
	defer object.Close()
	file, err := scratch()
	if err != nil {
		return nil, folderFault(op, err)
	}
	size, err := compare(op, name, io.TeeReader(object, file))
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = file.Close() // a copy
		return nil, bucketFault(op, name, err)
	}
	return &Content{file, size}, nil
}

// Stat implements Store.
func (b *Bucket) Stat(ctx context.Context, name Name) (Info, error) {
	if err := name.Check(); err != nil {
		return Info{}, err
	}
	o, err := b.client.StatObject(ctx, b.c.bucket, b.object(name), minio.StatObjectOptions{})
	if err != nil {
		return Info{}, bucketFault("blob.Stat", name, err)
	}
	return Info{name, o.Size}, nil
}

// Erase implements Store. In a bucket that keeps versions, old versions stay
// until its own rules remove them.
func (b *Bucket) Erase(ctx context.Context, name Name) error {
	if err := name.Check(); err != nil {
		return err
	}
	err := bucketFault("blob.Erase", name, b.client.RemoveObject(ctx, b.c.bucket, b.object(name), minio.RemoveObjectOptions{}))
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// Each implements Store.
func (b *Bucket) Each(ctx context.Context, visit func(Info) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop() // ends the listing when the visitor gives up
	for o := range b.client.ListObjects(ctx, b.c.bucket, minio.ListObjectsOptions{Prefix: b.c.prefix, Recursive: true}) {
		if o.Err != nil {
			return bucketFault("blob.Each", "", o.Err)
		}
		name := Name(o.Key[strings.LastIndexByte(o.Key, '/')+1:])
		if name.Check() != nil || o.Key != b.object(name) {
			continue // not ours
		}
		if err := visit(Info{name, o.Size}); err != nil {
			return err
		}
	}
	return nil
}

// Ping implements Store.
func (b *Bucket) Ping(ctx context.Context) error {
	_, err := b.client.BucketExists(ctx, b.c.bucket)
	return bucketFault("blob.Ping", "", err)
}

// bucketFault says what to do about an error of a bucket.
func bucketFault(op string, name Name, err error) error {
	if err == nil {
		return nil
	}
	if f, ok := asFault(err); ok {
		return f
	}
	r := minio.ErrorResponse{}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.Unavailable, op, string(name), "it was broken off before it was done: %w", err)
	case !errors.As(err, &r):
		return fault.New(fault.Unavailable, op, string(name), "the store of files does not answer: try again when it does")
	case r.Code == "NoSuchKey", r.StatusCode == http.StatusNotFound && name != "":
		return missing(op, name)
	case r.StatusCode == http.StatusForbidden, r.StatusCode == http.StatusUnauthorized:
		return fault.New(fault.Unavailable, op, string(name), "the store of files refuses our keys: check SHANYRAQ_S3_KEY and the rights on the bucket")
	case r.StatusCode == http.StatusInsufficientStorage, r.Code == "XMinioStorageFull", r.Code == "QuotaExceeded":
		return fault.New(fault.Unavailable, op, string(name), "the store of files is full: nothing was kept, make room and send it again")
	}
	return fault.New(fault.Unavailable, op, string(name), "the store of files could not do it (%s): try again", r.Code)
}
