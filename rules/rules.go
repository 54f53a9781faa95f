// Package rules holds the packs inside zhijian.
package rules

import "embed"

//go:generate go run ./gen

// FS holds the packs inside zhijian, each a folder of YAML files: "documents".
// Beside it lies what makes loading and using it faster; see rule.Pack.Prepare.
//
//go:embed all:documents documents.prepared
var FS embed.FS
