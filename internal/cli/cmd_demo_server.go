package cli

import (
	"context"
	"fmt"
	"net"
	"time"

	"github.com/spf13/cobra"

	"daytona/snapdeck/internal/demo"
)

// demoServerCommand returns the demo-server command.
func (p *program) demoServerCommand() *cobra.Command {
	var addr string
	var options demo.Options
	cmd := &cobra.Command{
		Use:   "demo-server",
		Short: "Serve the demo API for other clients",
		Long: `Serve the demo API for curl, other clients and tests until interrupted. The
first line of the output sets the environment variables for it.`,
		Example: `  snapdeck demo-server --addr 127.0.0.1:8080 > env & sleep 1; . ./env; snapdeck list`,
		Args:    cobra.NoArgs,
		RunE:    p.runE(func(cmd *cobra.Command) error { return p.runDemoServer(cmd.Context(), addr, options) }),
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:0", "listen on this `address`; port 0 picks a free one")
	cmd.Flags().IntVar(&options.Size, "size", demo.DefaultSize, "number of snapshots")
	cmd.Flags().Int64Var(&options.Seed, "seed", 1, "seed of the demo data; the same seed gives the same snapshots")
	return cmd
}

func (p *program) runDemoServer(ctx context.Context, addr string, o demo.Options) error {
	if o.Size < 1 || o.Size > demo.MaxSize {
		return usagef("--size is %d, expected 1 to %d", o.Size, demo.MaxSize)
	}
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = net.DefaultResolver.LookupPort(ctx, "tcp", port)
	}
	if err != nil {
		return usagef("--addr: %w, expected one like 127.0.0.1:8080", err)
	}
	ctx, stop := withSignals(ctx)
	defer stop()
	server, base, err := serveDemo(ctx, addr, o)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	_, err = fmt.Fprintf(p.Out, "export DAYTONA_API_URL=%s DAYTONA_API_KEY=%s\n", base, demo.Key)
	if err == nil {
		<-ctx.Done()
		err = context.Cause(ctx)
	}
	shutdown, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if server.Shutdown(shutdown) != nil {
		_ = server.Close() // a client still follows a log
	}
	return err
}
