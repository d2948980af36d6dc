package main

import ("os";"os/signal";"syscall";"runtime";"runtime/pprof";"runtime/debug";"fmt")

func init() {
	if os.Getenv("PROF") != "" { runtime.MemProfileRate = 512 } else { runtime.MemProfileRate = 0 }
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR1)
	go func() {
		for range c {
			g, _ := os.Create("/tmp/m/before.txt")
			p := func() { var m runtime.MemStats
			runtime.ReadMemStats(&m)
			st, _ := os.ReadFile("/proc/self/smaps_rollup")
			_ = st
			fmt.Fprintf(g, "alloc %d inuse %d idle %d released %d sys %d nextgc %d stack %d gcsys %d other %d mspan %d mcache %d buck %d numgc %d total %d\n", m.HeapAlloc, m.HeapInuse, m.HeapIdle, m.HeapReleased, m.Sys, m.NextGC, m.StackInuse, m.GCSys, m.OtherSys, m.MSpanSys, m.MCacheSys, m.BuckHashSys, m.NumGC, m.TotalAlloc)
			b, _ := os.ReadFile("/proc/self/statm"); fmt.Fprintf(g, "%s", b) }
			p()
			runtime.GC(); p()
			debug.FreeOSMemory(); p()
			if os.Getenv("PROF") != "" { f, _ := os.Create("/tmp/m/heap.pprof")
			pprof.Lookup("heap").WriteTo(f, 0)
			f.Close() }
			g.Close()
		}
	}()
}
