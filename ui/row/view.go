package row

// View is a named filter with an order.
type View struct {
	Name  string
	Query string
	Sort  string // as [ParseSort] reads it, "" for the default order
}

// Views returns the views that need no configuration.
func Views() []View {
	return []View{
		{Name: "all"},
		{Name: "failed", Query: "state:failed"},
		{Name: "busy", Query: "state:busy"},
		{Name: "deactivating soon", Query: "ttl:<3d", Sort: ColumnTTL},
		{Name: "unused for 30 days", Query: "used:>30d", Sort: ColumnUsed},
		{Name: "general", Query: "general:yes", Sort: ColumnName},
	}
}
