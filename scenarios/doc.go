// Package scenarios holds the scenarios that the program carries. Every .yaml file here can be run
// by its name.
package scenarios
