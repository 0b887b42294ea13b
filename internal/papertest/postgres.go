package papertest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// PostgresVariable names the server that tests may use: an address of a
// database whose user may create others. `make test` starts one and sets it.
const PostgresVariable = "BROADSHEET_TEST_POSTGRES"

var databases atomic.Int64

// Postgres makes an empty database for one test and returns its address; it
// is dropped when the test ends. Without a server the test is skipped.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(PostgresVariable)
	if server == "" {
		t.Skipf("no PostgreSQL: %s is not set (make test starts one)", PostgresVariable)
	}
	name := fmt.Sprintf("paper_%d_%d", os.Getpid(), databases.Add(1))
	run := func(text string) {
		ctx := context.Background()
		c, err := pgx.Connect(ctx, server)
		if err != nil {
			t.Fatalf("PostgreSQL at %s: %v", PostgresVariable, err)
		}
		defer c.Close(ctx)
		if _, err := c.Exec(ctx, text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	run("CREATE DATABASE " + name)
	t.Cleanup(func() { run("DROP DATABASE " + name + " WITH (FORCE)") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s: %v", PostgresVariable, err)
	}
	u.Path = "/" + strings.TrimPrefix(name, "/")
	return u.String()
}
