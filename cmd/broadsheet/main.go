// Broadsheet is a newspaper in one binary. See README.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"broadsheet/internal/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(app.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
