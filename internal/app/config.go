package app

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"
)

// fileResolver gives flags the values of a configuration file: broadsheet.toml
// in the working folder, or the one that --config or BROADSHEET_CONFIG names.
// A flag or an environment variable goes before it.
func fileResolver(args []string) kong.Resolver {
	name, named := configName(args)
	r := &resolver{}
	raw, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !named:
	case err != nil:
		r.fault = fmt.Errorf("cannot read the configuration %s: %w", name, err)
	default:
		if err := toml.Unmarshal(raw, &r.values); err != nil {
			r.fault = fmt.Errorf("the configuration %s is not valid TOML: %w", name, err)
		}
	}
	return r
}

func configName(args []string) (name string, named bool) {
	for i, a := range args {
		if value, ok := strings.CutPrefix(a, "--config="); ok {
			return value, true
		}
		if a == "--config" && i+1 < len(args) {
			return args[i+1], true
		}
	}
	if value := os.Getenv("BROADSHEET_CONFIG"); value != "" {
		return value, true
	}
	return "broadsheet.toml", false
}

// resolver holds a configuration that was read. kong asks it for values first
// and whether it is sound afterwards.
type resolver struct {
	values map[string]any
	fault  error
}

// Validate refuses a file that cannot be read, and keys that no flag has.
func (r *resolver) Validate(a *kong.Application) error {
	if r.fault != nil {
		return r.fault
	}
	known := map[string]bool{}
	err := kong.Visit(a, func(node kong.Visitable, next kong.Next) error {
		if f, ok := node.(*kong.Flag); ok {
			known[f.Name] = true
		}
		return next(nil)
	})
	for _, key := range slices.Sorted(maps.Keys(r.values)) {
		if !known[key] {
			return fmt.Errorf("the configuration has an unknown key %q", key)
		}
	}
	return err
}

// Resolve returns a flag's value from the file.
func (r *resolver) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, variable := range flag.Tag.Envs {
		if _, set := os.LookupEnv(variable); set {
			return nil, nil
		}
	}
	return r.values[flag.Name], nil
}
