package demo

import (
	"net/http"
	"strconv"
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
	from := min((q.page-1)*q.limit, total)
	rows = rows[from:min(from+q.limit, total)]

	size := 256
	for _, row := range rows {
		size += row.wireSize()
	}
	body := make([]byte, 0, size)
	body = append(body, `{"items":[`...)
	for i, row := range rows {
		if i > 0 {
			body = append(body, ',')
		}
		body = appendSnapshot(body, row.joinedFor(q.listOrder), false)
	}
	body = append(body, `],"total":`...)
	body = strconv.AppendInt(body, int64(total), 10)
	body = appendInt(body, "page", q.page)
	body = appendInt(body, "totalPages", (total+q.limit-1)/q.limit)
	return append(body, '}')
}
