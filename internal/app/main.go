// Package app is the house: it reads the configuration, wires the rooms to
// the doors, runs the jobs and the commands, and starts and stops the whole.
// It is the only place where the clock is read.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"broadsheet/internal/news"
)

// Version is the program's version; a release sets it with -ldflags.
var Version = "0.1.0-dev"

// Exit codes of every command (PRODUCT.md, Commands).
const (
	exitOK    = 0
	exitError = 1 // the command could not do it, or found something
	exitUsage = 2 // a wrong call
)

// commands is the whole command line.
type commands struct {
	Config string `help:"A configuration file; its keys are the names of the flags." placeholder:"FILE" default:"broadsheet.toml"`

	Serve   serveCommand   `cmd:"" help:"Run the paper: the public site, the desk and the operator's page."`
	Import  importCommand  `cmd:"" help:"Take in dispatches or an archive."`
	User    userCommand    `cmd:"" help:"Staff accounts."`
	Proof   proofCommand   `cmd:"" help:"Copy check of a dispatch: findings one a line, exit 1 if there are any."`
	Check   checkCommand   `cmd:"" help:"Verify the whole paper: database, references, record. Exit 1 on a finding."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// Data says where the paper is kept.
type Data struct {
	Data     string `help:"Folder of the paper." default:"./broadsheet-data" placeholder:"DIR"`
	Database string `help:"PostgreSQL address; without one the paper is in a SQLite file in the data folder." placeholder:"URL"`
}

// house is what commands are given beside their flags.
type house struct {
	ctx            context.Context
	in             io.Reader
	stdout, stderr io.Writer
	log            *slog.Logger
	terminal       bool // stderr is a terminal: progress is drawn in place
}

// errFound ends a command with exit 1 without a further sentence: it has already
// printed what it found.
var errFound = errors.New("findings")

// Main runs one command and returns the exit code. It prints errors as one
// sentence on stderr.
func Main(ctx context.Context, args []string, in io.Reader, stdout, stderr io.Writer) int {
	h := &house{ctx: ctx, in: in, stdout: stdout, stderr: stderr, terminal: isTerminal(stderr),
		log: slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))}
	exited := -1
	parser, err := kong.New(&commands{}, kong.Name("broadsheet"), kong.Description("A newspaper in one binary."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exited = code }), kong.DefaultEnvars("BROADSHEET"),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}), kong.Bind(h), kong.Resolvers(fileResolver(args)))
	if err != nil {
		fmt.Fprintln(stderr, "broadsheet:", err)
		return exitError
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	call, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help
	}
	if err != nil {
		var parse *kong.ParseError
		fmt.Fprintf(stderr, "broadsheet: %v\nTry \"broadsheet --help\".\n", err)
		if errors.As(err, &parse) {
			return exitUsage
		}
		return exitError
	}
	switch err := call.Run(h); {
	case err == nil:
		return exitOK
	case errors.Is(err, errFound):
		return exitError
	case errors.Is(err, errUsage):
		fmt.Fprintf(stderr, "broadsheet: %s\n", strings.TrimPrefix(err.Error(), errUsage.Error()+": "))
		return exitUsage
	default:
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			err = errors.New("it was broken off; what it has told of is done, and doing it again does nothing twice")
		}
		fmt.Fprintf(stderr, "broadsheet: %s\n", oneSentence(err))
		return exitError
	}
}

// errUsage marks a wrong call that the flags alone do not show.
var errUsage = errors.New("usage")

// oneSentence is an error as an operator reads it: the sentence that says
// what to do, and the cause on the same line.
func oneSentence(err error) string {
	var refusal *news.Error
	text := err.Error()
	if errors.As(err, &refusal) {
		text = refusal.Error()
	}
	return strings.Join(strings.Fields(text), " ")
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(h *house) error {
	_, err := fmt.Fprintln(h.stdout, "broadsheet", Version)
	return err
}
