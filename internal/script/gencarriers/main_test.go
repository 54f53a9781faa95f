package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCarriersAreCurrent makes the carriers anew: they are the committed ones, so
// that no carrier says anything else than the master.
func TestCarriersAreCurrent(t *testing.T) {
	folder := filepath.Join("..", folder)
	made, err := carriers(folder)
	require.NoError(t, err)
	for name, data := range made {
		current, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		assert.Equal(t, unpacked(t, data), unpacked(t, current), "%s is stale: run go generate in internal/script", name)
	}
}

// unpacked is the parts of an Office document, by name, or a text: what deflate
// makes of a part is not the same in all versions of Go.
func unpacked(t *testing.T, data []byte) map[string]string {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return map[string]string{"": string(data)}
	}
	parts := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		require.NoError(t, err)
		content, err := io.ReadAll(r)
		require.NoError(t, err)
		parts[f.Name] = string(content)
	}
	return parts
}
