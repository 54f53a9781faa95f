package rule

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"
)

func TestPackLiterals(t *testing.T) {
	fsys := fstest.MapFS{"p.yaml": {Data: []byte(`
pack: p
documents: {D: {title: t, issuer: i, date: "2020"}}
rules:
  - id: a/b
    title: {zh: 标题, en: title}
    severity: info
    why: {zh: 因为, en: because}
    advice: {zh: 改说, en: instead}
    source: [{doc: D, says: 原文}]
    forbid: {any: ["没有?办法", "(投诉|举报)你", "办法^"], unless: [没辙]}
`)}}
	p, err := Load(fsys, "p.yaml")
	must.NoError(t, err)
	assert.Equal(t, []string{"举报你", "投诉你", "没办法", "没有办法", "没辙"}, p.Literals(), "of guards too, without edges")
}
