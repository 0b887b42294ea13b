package durable

import (
	"io/fs"
	"os"
	"runtime"
)

// disk is what durable asks of the operating system, so that tests can fail
// each call in turn. Names are relative to the root.
type disk interface {
	OpenFile(name string, flag int, perm fs.FileMode) (file, error)
	Stat(name string) (fs.FileInfo, error)
	Mkdir(name string, perm fs.FileMode) error
	Rename(from, to string) error
	Remove(name string) error
	SyncFolder(name string) error
}

// file is an open file that is being written.
type file interface {
	Write(p []byte) (int, error)
	Sync() error
	Close() error
}

type osDisk struct{ root *os.Root }

func (d osDisk) OpenFile(name string, flag int, perm fs.FileMode) (file, error) {
	return d.root.OpenFile(name, flag, perm)
}
func (d osDisk) Stat(name string) (fs.FileInfo, error)     { return d.root.Stat(name) }
func (d osDisk) Mkdir(name string, perm fs.FileMode) error { return d.root.Mkdir(name, perm) }
func (d osDisk) Rename(from, to string) error              { return d.root.Rename(from, to) }
func (d osDisk) Remove(name string) error                  { return d.root.Remove(name) }

func (d osDisk) SyncFolder(name string) error {
	f, err := d.root.Open(name)
	if err != nil {
		return err
	}
	return syncAndClose(f)
}

// syncAndClose syncs an open folder. Windows has no such call for folders; its
// file system keeps renames in a journal.
func syncAndClose(f *os.File) error {
	if runtime.GOOS == "windows" {
		return f.Close()
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
