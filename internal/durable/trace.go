package durable

import (
	"errors"
	"io/fs"
)

// OpenTraced is Open for tests. before sees every call that changes something
// and can fail it; after sees it when it is done, and can say that it failed
// all the same. call is one of open, write, sync, close, mkdir, rename, remove
// and syncfolder.
func OpenTraced(dir string, before, after func(call, name string) error) (*Root, error) {
	r, err := Open(dir)
	if err != nil {
		return nil, err
	}
	r.disk = tracedDisk{r.disk, before, after}
	return r, nil
}

type tracedDisk struct {
	disk
	before, after func(call, name string) error
}

func (d tracedDisk) call(call, name string, do func() error) error {
	if err := d.before(call, name); err != nil {
		return err
	}
	return errors.Join(do(), d.after(call, name))
}

func (d tracedDisk) OpenFile(name string, flag int, perm fs.FileMode) (f file, err error) {
	err = d.call("open", name, func() (err error) {
		f, err = d.disk.OpenFile(name, flag, perm)
		return err
	})
	if err != nil && f != nil {
		f.Close()
	}
	return tracedFile{f, d, name}, err
}

func (d tracedDisk) Mkdir(name string, perm fs.FileMode) error {
	return d.call("mkdir", name, func() error { return d.disk.Mkdir(name, perm) })
}

func (d tracedDisk) Rename(from, to string) error {
	return d.call("rename", to, func() error { return d.disk.Rename(from, to) })
}

func (d tracedDisk) Remove(name string) error {
	return d.call("remove", name, func() error { return d.disk.Remove(name) })
}

func (d tracedDisk) SyncFolder(name string) error {
	return d.call("syncfolder", name, func() error { return d.disk.SyncFolder(name) })
}

type tracedFile struct {
	file
	d    tracedDisk
	name string
}

func (f tracedFile) Write(p []byte) (n int, err error) {
	err = f.d.call("write", f.name, func() (err error) {
		n, err = f.file.Write(p)
		return err
	})
	return n, err
}

func (f tracedFile) Sync() error  { return f.d.call("sync", f.name, f.file.Sync) }
func (f tracedFile) Close() error { return f.d.call("close", f.name, f.file.Close) }
