// Package scenarios holds the scenarios that the program carries, and their JSON schema. Every
// .yaml file here can be run by its name.
//
//	text, err := scenarios.Files.ReadFile("deepseek-shock.yaml")
//
// Package scenario reads them as it reads a user's; no code alters one.
package scenarios
