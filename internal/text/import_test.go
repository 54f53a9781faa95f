package text

import (
	"go/build"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNoGse: gse brings 36 MB of dictionaries into every program that imports it.
func TestNoGse(t *testing.T) {
	p, err := build.ImportDir(".", 0)
	require.NoError(t, err)
	for _, path := range p.Imports {
		assert.NotContains(t, path, "gse")
	}
}
