package buildlog

import (
	"strings"
	"testing"
)

func TestSteps(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ log, want string }{
		"recorded": {"Building snapshot...\nStep 1/3 : FROM alpine:3.20\nStep 2/3 : RUN echo hello\nStep 3/3 : RUN echo world\n" +
			"Successfully built e20af812c83b\n", "Step 3/3 RUN echo world"},
		"nothing yet":       {"Building snapshot...\n", ""},
		"empty":             {"", ""},
		"classic":           {"Step 7/19 : RUN npm ci\n ---> Running in 5b1c9a\n", "Step 7/19 RUN npm ci"},
		"incomplete line":   {"Step 6/19 : COPY . .\nStep 7/1", "Step 6/19 COPY . ."},
		"BuildKit":          {"#5 [internal] load build definition from Dockerfile\n#12 [ 7/19] RUN npm ci\n#12 3.121 added 412 packages\n", "Step 7/19 RUN npm ci"},
		"BuildKit stage":    {"#9 [builder  2/11] COPY . .\n#9 DONE 0.1s\n#10 [builder  3/11] RUN make\n", "Step 3/11 RUN make"},
		"BuildKit platform": {"#9 [linux/amd64 builder 2/4] COPY . .\n", "Step 2/4 COPY . ."},
		"BuildKit stages":   {"#9 [builder 5/5] RUN make\n#10 [stage-1 2/3] COPY --from=builder /a /b\n", "Step 2/3 COPY --from=builder /a /b"},
		"BuildKit cached":   {"=> CACHED [ 2/4] WORKDIR /app\n", "Step 2/4 WORKDIR /app"},
		"BuildKit terminal": {" => [ 3/4] RUN npm ci          12.3s\n", "Step 3/4 RUN npm ci 12.3s"},
		"buildah":           {"STEP 2/4: RUN npm ci\n", "Step 2/4 RUN npm ci"},
		"buildah stages":    {"[1/2] STEP 2/4: RUN npm ci\n", "Step 2/4 RUN npm ci"},
		"options":           {"#9 [2/4] RUN --mount=type=cache,target=/root/.npm --network=none npm ci\n", "Step 2/4 RUN npm ci"},
		"spaces":            {"Step 2/4 : RUN apt-get update &&     apt-get install -y git\n", "Step 2/4 RUN apt-get update && apt-get install -y git"},
		"colon":             {"Step 1/2 : FROM reg:5000/a:1\n", "Step 1/2 FROM reg:5000/a:1"},
		"colours":           {"\x1b[1mStep 2/4\x1b[0m : \x1b[36mRUN npm ci\x1b[0m\r\n", "Step 2/4 RUN npm ci"},
		"overwritten":       {"Pulling 1/2\rStep 2/4 : RUN npm ci\n", "Step 2/4 RUN npm ci"},
		"output of a step": {"Step 2/4 : RUN docker build .\nStep 1/9 : FROM evil\n#1 0.2 Step 3/4 : no\n[12/200] compiling\nStep x/4 : no\nStep 3/4\n",
			"Step 2/4 RUN docker build ."},
		"escapes":      {"Step 2/4 : RUN \x1b]0;pwned\x1b echo \u202e\xff\n", "Step 2/4 RUN ^[]0;pwned^[ echo <U+202E>\\xff"},
		"large number": {"Step 12345/99999 : RUN x\n", ""},
		"no command":   {"Step 2/4 : \n", ""},
		"long":         {"Step 2/4 : RUN " + strings.Repeat("é", 4000) + "\n", "Step 2/4 RUN " + strings.Repeat("é", 98)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range []int{1, 7, 1 << 20} {
				var f stepFinder
				for rest := tc.log; rest != ""; rest = rest[min(size, len(rest)):] {
					if n, err := f.Write([]byte(rest[:min(size, len(rest))])); n != min(size, len(rest)) || err != nil {
						t.Fatalf("wrote %d, %v", n, err)
					}
				}
				if got := f.step.String(); got != tc.want {
					t.Errorf("in pieces of %d: %q, want %q", size, got, tc.want)
				}
				if len(f.line) > maxStepLine {
					t.Errorf("%d bytes are kept of a line", len(f.line))
				}
			}
		})
	}
}

func FuzzStep(f *testing.F) {
	f.Add("Step 7/19 : RUN npm ci\n")
	f.Add("#12 [builder 7/19] RUN npm ci\n")
	f.Fuzz(func(t *testing.T, log string) {
		var finder stepFinder
		_, _ = finder.Write([]byte(log))
		if step := finder.step.String(); strings.ContainsAny(step, "\x1b\r\n\u202e") {
			t.Errorf("unsafe: %q", step)
		}
	})
}
