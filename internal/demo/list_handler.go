package demo

import (
	"net/http"
)

// listSnapshots handles GET /snapshots: one page of the organization's and the general snapshots.
func (s *Server) listSnapshots(x *exchange) error {
	q, errs := parseListQuery(x.r.URL.RawQuery)
	if errs != nil {
		return errs
	}
	x.writeJSON(http.StatusOK, s.page(q))
	return nil
}

func (s *Server) page(q listQuery) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := s.world.lists.get(q.listOrder)
	total := len(rows)
	rows = onPage(rows, q.page, q.limit)
	size := 256
	for _, row := range rows {
		size += row.wireSize()
	}
	return appendPage(make([]byte, 0, size), rows, total, q.page, q.limit, func(row *snapshot, b []byte) []byte {
		return appendSnapshot(b, row.joinedFor(q.listOrder), false)
	})
}
