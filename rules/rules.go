// Package rules holds the packs inside zhijian.
package rules

import "embed"

//go:generate go run ./gen

// FS holds the packs inside zhijian, each a folder of YAML files: "documents".
//
//go:embed all:documents
var FS embed.FS
