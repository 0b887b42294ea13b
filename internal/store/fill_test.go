package store_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"broadsheet/internal/doc"
)

// filled is a T in which every field holds a value of its own, so that a
// round trip through the database shows which field was dropped or mixed up
// with another.
func filled[T any](t *testing.T) T {
	t.Helper()
	var v T
	n := 0
	fill(reflect.ValueOf(&v).Elem(), "", &n)
	if zero := zeroFields(reflect.ValueOf(v), ""); len(zero) > 0 {
		t.Fatalf("fields of %T that fill does not know: %v", v, zero)
	}
	return v
}

func fill(v reflect.Value, name string, n *int) {
	*n++
	switch into := v.Addr().Interface().(type) {
	case *time.Time:
		*into = time.Date(2025, 1, 2, 3, 4, *n, 123456000, time.UTC)
		return
	case *doc.Body:
		*into, _ = doc.FromText(fmt.Sprintf("The tide rose %d times.\nNobody in Valmere had counted before.", *n))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("%s-%d", name, *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), name, n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), v.Type().Field(i).Name, n)
		}
	}
}

// zeroFields names the fields that hold nothing.
func zeroFields(v reflect.Value, name string) []string {
	if _, isTime := v.Interface().(time.Time); isTime || v.Type() == reflect.TypeFor[doc.Body]() || v.Kind() != reflect.Struct {
		if v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 {
			return []string{name}
		}
		return nil
	}
	var out []string
	for i := range v.NumField() {
		out = append(out, zeroFields(v.Field(i), name+"."+v.Type().Field(i).Name)...)
	}
	return out
}

// same compares what was put in with what came out.
func same(t *testing.T, what string, want, got any, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
	} else if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}
