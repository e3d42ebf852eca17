// Package observed holds the series that the model is confronted with, and reads further ones.
//
// Data: Epoch AI (epoch.ai), CC BY 4.0; modified.
package observed
