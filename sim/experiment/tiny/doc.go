// Package tiny holds a market of three labs that runs in a moment, and what tests of experiments
// share.
package tiny
