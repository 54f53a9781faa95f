// Package follow tells which calls of one customer belong together: a call that dropped,
// the callbacks that answer it, and the customer calling again. It knows nothing of rules.
//
// A [Collector] sees the calls one after the other, in any order within its window, and
// keeps of each only what a [Contact] holds. What lies far from the calls that come is
// made into chains and forgotten, so that memory grows with the customers of two
// windows, and with the calls that dropped, but not with the calls of a year.
//
//	contact.go    what is known of one call
//	who.go        by what a customer is known
//	collector.go  calls in, chains out
//	chain.go      which calls belong to which
//	clock.go      zones, times and shifts
package follow
