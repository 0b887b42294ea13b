package wirefmt

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/news"
)

const iptc = "../../../shared/data/iptc-newsinjson/"

// suite gives the files of IPTC's own test suite, by the part of the path behind test_suite/.
func suite(t testing.TB) map[string][]byte {
	t.Helper()
	f, err := os.Open(iptc + "test_suite.tar.gz")
	if err != nil {
		t.Skip("IPTC's test suite is not beside this checkout: ", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(h.Name, ".json") {
			files[strings.TrimPrefix(h.Name, "test_suite/")] = b
		}
	}
}

func TestSuiteShouldPass(t *testing.T) {
	passed := 0
	for name, b := range suite(t) {
		if !strings.Contains(name, "should_pass") {
			continue
		}
		passed++
		item, err := Ninjs(b, TextOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkNinjs(t, b, item)
		for _, f := range item.Report {
			// The rules that say the file is wrong; 1.3's regex_bug and the drafts carry names of their own.
			if f.Rule == RuleType || f.Rule == RuleProperty && !strings.Contains(name, "_dev/") && !strings.Contains(name, "regex_bug") {
				t.Errorf("%s: a file that is right was faulted: %+v", name, f)
			}
		}
	}
	if passed < 130 {
		t.Errorf("only %d files of the suite", passed)
	}
}

// notOurs are files of the suite whose fault lies in what an article does not need, with the reason.
var notOurs = map[string]string{
	"1.0/should_fail/016_infosource.json":                   "a property of a later version",
	"1.1/should_fail/002_infosource.json":                   "a property of a later version",
	"1.2/should_fail/004_infosource_bad_type.json":          "a scheme, which is not read",
	"1.0/should_fail/014_type_component.json":               "a type of a later version",
	"1.1/should_fail/001_type_component.json":               "a type of a later version",
	"1.4/should_fail/006_bad_rightsinfo.json":               "the inside of a rights expression",
	"2.1/should_fail/004_bad_rights.json":                   "the inside of a rights expression",
	"2.x_dev/should_fail/006_combined_rights.json":          "the inside of a rights expression",
	"1.5/should_fail/002_bad_association.json":              "the inside of an association",
	"2.0/should_fail/002_bad_association.json":              "the inside of an association",
	"2.1/should_fail/001_bad_association.json":              "the inside of an association",
	"2.1/should_fail/002_good_association_but_no_name.json": "the inside of an association",
	"2.1/should_fail/003_good_association_but_no_uri.json":  "the inside of an association",
	"3.0/should_fail/002_bad_association.json":              "the inside of an association",
	"2.0/should_fail/001_bad_geojson.json":                  "a place's coordinates",
	"3.0/should_fail/001_bad_geojson.json":                  "a place's coordinates",
	"3.0/should_fail/003_event_with_conflicting_start.json": "an event's dates",
	"3.0/should_fail/004_event_with_renditions.json":        "an event's dates",
	"3.0/should_fail/004_invalid_truncated_date.json":       "an event's dates",
	"3.0/should_fail/005_planned_coverage_bad_urgency.json": "planned coverage",
}

// Whatever of a faulty file concerns an article is refused, or reported by a rule that says the file is wrong.
func TestSuiteShouldFail(t *testing.T) {
	failed := 0
	for name, b := range suite(t) {
		if !strings.Contains(name, "should_fail") {
			continue
		}
		failed++
		item, err := Ninjs(b, TextOptions{})
		faulted := err != nil
		for _, f := range item.Report {
			faulted = faulted || f.Rule == RuleType || f.Rule == RuleProperty || f.Rule == RuleValue
		}
		if err != nil && news.CodeOf(err) != news.Invalid {
			t.Errorf("%s: an error without a code: %v", name, err)
		}
		if _, ours := notOurs[name]; faulted == ours {
			t.Errorf("%s: faulted is %v, listed as not ours is %v\n%s", name, faulted, ours, show(item))
		}
	}
	if failed < 60 {
		t.Errorf("only %d files of the suite", failed)
	}
}

func TestExamples(t *testing.T) {
	read := 0
	err := filepath.WalkDir(iptc+"examples", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" || strings.HasSuffix(path, "-schema.json") {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		for raw, err := range NinjsStream(f) {
			if err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			item, err := Ninjs(raw.Bytes, TextOptions{})
			if err != nil {
				t.Errorf("%s, item %d: %v", path, raw.Number, err)
				continue
			}
			read++
			checkNinjs(t, raw.Bytes, item)
			if item.Content.Headline == "" || item.Content.Body.Empty() && !strings.Contains(string(raw.Bytes), "plannedCoverage") && !strings.Contains(string(raw.Bytes), "eventDetails") {
				t.Errorf("%s, item %d has no headline or no body:\n%s", path, raw.Number, show(item))
			}
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("IPTC's examples are not beside this checkout: ", err)
	}
	if err != nil || read < 40 {
		t.Errorf("%d examples were read: %v", read, err)
	}
}
