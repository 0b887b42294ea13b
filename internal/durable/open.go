package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// makeFolder makes dir and its missing parents, each on disk before the next.
func makeFolder(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		return syscall.ENOTDIR
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := makeFolder(parent); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := os.Open(parent)
	if err != nil {
		return err
	}
	return syncAndClose(f)
}

// probe makes and removes an empty file, to learn at the start and not at the
// first publication that nothing can be written. A full disk is no reason to
// refuse: what is there can still be read.
func (r *Root) probe() error {
	name := tempPrefix + strconv.FormatUint(rand.Uint64(), 36)
	f, err := r.disk.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		if errors.Is(err, syscall.ENOSPC) {
			return nil
		}
		return err
	}
	return errors.Join(f.Close(), r.disk.Remove(name))
}

// sayWhy puts the reason why a folder cannot be used, and the way out, into
// one sentence.
func sayWhy(dir string, err error) error {
	switch {
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s is a file or lies under one, not a folder: name another folder (%w)", dir, err)
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%s is on a disk that is mounted read-only: mount it for writing or name another folder (%w)", dir, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s may not be read and written by this user: change its owner or name another folder (%w)", dir, err)
	}
	return fmt.Errorf("%s cannot be opened: %w", dir, err)
}
