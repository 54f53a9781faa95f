package report

// The structs of this file are the objects of SARIF 2.1.0 that a report has;
// the order of their fields is the order of the keys.

type sarifMessage struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Language       string      `json:"language"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID            string            `json:"id"`
	Name          string            `json:"name"`
	Short         sarifMessage      `json:"shortDescription"`
	Full          sarifMessage      `json:"fullDescription"`
	Help          sarifMessage      `json:"help"`
	Configuration sarifLevel        `json:"defaultConfiguration"`
	Properties    sarifRuleProperty `json:"properties"`
}

type sarifLevel struct {
	Level string `json:"level"`
}

// sarifRuleProperty is what GitHub reads besides the standard.
type sarifRuleProperty struct {
	Tags     []string `json:"tags"`
	Severity string   `json:"problem.severity"`
}

type sarifResult struct {
	RuleID       string                `json:"ruleId"`
	RuleIndex    *int                  `json:"ruleIndex,omitempty"` // absent for a rule of no pack
	Level        string                `json:"level"`
	Message      sarifMessage          `json:"message"`
	Locations    []sarifLocation       `json:"locations"`
	Related      []sarifLocation       `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string     `json:"partialFingerprints"`
	Fixes        []sarifFix            `json:"fixes,omitempty"`
	Suppressions []sarifSuppression    `json:"suppressions"` // of one result if of any: empty, not absent
	Properties   sarifResultProperties `json:"properties"`
}

// sarifResultProperties is what the standard has no place for.
type sarifResultProperties struct {
	Call  string `json:"call,omitempty"`
	Scene string `json:"scene,omitempty"`
	Turn  *int   `json:"turn,omitempty"` // 0-based, as in json
	Time  string `json:"time,omitempty"` // from the start of the call
	Role  string `json:"role,omitempty"`
	Quote string `json:"quote,omitempty"`
}

type sarifLocation struct {
	ID       int            `json:"id,omitempty"`
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	Message  *sarifMessage  `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

// sarifRegion counts lines and columns, which are code points, from 1.
type sarifRegion struct {
	StartLine   int           `json:"startLine"`
	StartColumn int           `json:"startColumn,omitempty"`
	EndColumn   int           `json:"endColumn,omitempty"` // of the column after the last
	Snippet     *sarifMessage `json:"snippet,omitempty"`
}

type sarifLogical struct {
	Name string `json:"name"`
	Full string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

type sarifFix struct {
	Description sarifMessage  `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion  `json:"deletedRegion"`
	Inserted sarifMessage `json:"insertedContent"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification string `json:"justification"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications"`
}

type sarifNotification struct {
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
}
