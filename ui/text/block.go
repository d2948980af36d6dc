package text

// Block returns exactly h lines of exactly w cells. It cuts lines that are too wide and
// adds blank lines.
func Block(lines []Line, w, h int) []Line {
	if h <= 0 {
		return nil
	}
	out := make([]Line, h)
	for i := range out {
		if i < len(lines) {
			out[i] = lines[i].Fit(w)
		} else {
			out[i] = Line(nil).Fit(w)
		}
	}
	return out
}
