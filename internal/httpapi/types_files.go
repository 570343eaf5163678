package httpapi

import (
	"io"
	"time"

	"github.com/shanyraq/shanyraq/lang"
)

// File is a piece of evidence without its content.
type File struct {
	ID         string    `json:"id"`
	Version    int64     `json:"version" doc:"to be sent with a change"`
	Name       string    `json:"name" doc:"safe to show and to save under"`
	Type       string    `json:"type" doc:"media type, told by the content"`
	Size       int64     `json:"size" doc:"bytes"`
	SHA256     string    `json:"sha256"`
	Kind       string    `json:"kind" enum:"photo,act,contract,other"`
	Caption    lang.Text `json:"caption"`
	Place      string    `json:"place" doc:"territory to which it belongs"`
	Facility   string    `json:"facility" doc:"code of the facility, empty where none is named"`
	Office     string    `json:"office" doc:"office of the one who sent it"`
	Restricted bool      `json:"restricted" doc:"never for everybody"`
	Public     bool      `json:"public" doc:"something that was published refers to it"`
	Erased     bool      `json:"erased" doc:"the content was removed for good"`
	Reason     string    `json:"reason,omitempty" doc:"why it was erased"`
	About      []string  `json:"about" doc:"promises, figures, asks and drafts that refer to it"`
	Width      int       `json:"width" doc:"pixels of a picture as it is to be seen, else 0"`
	Height     int       `json:"height"`
	Thumb      bool      `json:"thumb" doc:"smaller pictures can be had"`
	TakenAt    *TakenAt  `json:"taken_at"`
	Point      *Point    `json:"point" doc:"where the camera says that it was"`
	Flags      []string  `json:"flags" doc:"what to look at: outside_territory, far_from_facility, in_future, bad_place, bad_time"`
	SentAt     time.Time `json:"sent_at"`
	Known      bool      `json:"known" doc:"the same content was there for the same thing"`
	May        []string  `json:"may" doc:"acts that this reader may do on it"`
}

// TakenAt is when a photo was taken, on the clock of the camera.
type TakenAt struct {
	Local  string `json:"local" doc:"YYYY-MM-DDTHH:MM:SS on the clock of the camera"`
	Offset *int   `json:"offset" doc:"minutes ahead of UTC, null when the camera did not write its zone down"`
}

// Point is a position in degrees, WGS 84.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// NewFile is a file that somebody sends.
type NewFile struct {
	Name, About, Place, Kind string
	Restricted               bool
	Body                     []byte
}

// FileFilter chooses files; an empty field chooses all.
type FileFilter struct {
	IDs, About, Place, Kind string
}

// FileChange is what may be changed of a file. What is left out stays.
type FileChange struct {
	Version    int64      `json:"version" minimum:"1" doc:"the version that was read"`
	Caption    *lang.Text `json:"caption,omitempty"`
	Kind       string     `json:"kind,omitempty" enum:"photo,act,contract,other,"`
	Restricted *bool      `json:"restricted,omitempty"`
}

// FileLink lays a file beside something published.
type FileLink struct {
	About string `json:"about" minLength:"1" maxLength:"120" doc:"id of a promise, a figure or an ask"`
}

// FileUnlink takes a file away from something published.
type FileUnlink struct {
	About  string `json:"about" minLength:"1" maxLength:"120"`
	Reason string `json:"reason" minLength:"3" maxLength:"1000"`
}

// FileErasure removes a content for good.
type FileErasure struct {
	Reason string `json:"reason" minLength:"3" maxLength:"1000"`
}

// The contents that a file may have.
const (
	ContentWhole = ""      // what is to be saved
	ContentSmall = "small" // for a list
	ContentLarge = "large" // for a screen
)

// FileContent is a content on its way to the reader.
type FileContent struct {
	io.ReadSeekCloser
	Name, Type string
	ETag       string // without quotes
	Inline     bool   // a browser may show it
	Public     bool   // everybody may see it, so it may be kept for a while
}
