// Package equipment follows a medical device from the need to the day it is
// written off: who buys it, where it stands, whether it works, and what must be
// done to it and when.
//
// An Asset is one device, or the need for one. What happens to it is a list of
// Events that only grows; its state on a day is folded from them (At), so that
// yesterday's page can be shown again. A device that is delivered treats nobody:
// a purchase counts what was promised, what the register names, and how far
// each named device is, and the part that nobody names stays visible.
package equipment
