package app

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"

	"broadsheet/internal/auth"
	"broadsheet/internal/durable"
)

// keyName is the file whose key seals the secrets of one-time codes and of the
// identity server: whoever has the database alone cannot read them.
const keyName = "account.key"

// accountKey reads the key of the data folder; the first start makes it.
// Several servers on one PostgreSQL need the same file.
func accountKey(files *durable.Root) ([]byte, error) {
	key, err := files.ReadFile(keyName)
	if errors.Is(err, fs.ErrNotExist) {
		key = make([]byte, auth.KeyBytes)
		if _, err := rand.Read(key); err != nil {
			return nil, fmt.Errorf("make %s: %w", keyName, err)
		}
		return key, files.WriteFile(keyName, key, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s in the data folder: %w", keyName, err)
	}
	if len(key) != auth.KeyBytes {
		return nil, fmt.Errorf("the file %s in the data folder has %d bytes where %d belong; bring it back from a backup", keyName, len(key), auth.KeyBytes)
	}
	return key, nil
}
