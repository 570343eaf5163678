package xer

import (
	"bytes"
	"fmt"
	"testing"
)

// BenchmarkRead reads an export of 100,000 activities with links.
func BenchmarkRead(b *testing.B) {
	var f bytes.Buffer
	f.WriteString("ERMHDR\t20.12\t2026-03-14\n%T\tPROJECT\n%F\tproj_id\tproj_short_name\n%R\t1\tA\n%T\tPROJWBS\n%F\twbs_id\tproj_id\tproj_node_flag\twbs_name\n%R\t1\t1\tY\tA\n%T\tTASK\n%F\ttask_id\tproj_id\twbs_id\tcomplete_pct_type\ttask_type\tstatus_code\ttask_code\ttask_name\ttarget_drtn_hr_cnt\tremain_drtn_hr_cnt\tearly_start_date\tearly_end_date\n")
	for i := range 100_000 {
		fmt.Fprintf(&f, "%%R\t%d\t1\t1\tCP_Drtn\tTT_Task\tTK_NotStart\tA%d\tЖұмыс %d\t40\t40\t2026-03-02 08:00\t2026-03-06 17:00\n", i, i, i)
	}
	f.WriteString("%T\tTASKPRED\n%F\ttask_id\tpred_task_id\tproj_id\tpred_proj_id\tpred_type\tlag_hr_cnt\n")
	for i := range 100_000 {
		fmt.Fprintf(&f, "%%R\t%d\t%d\t1\t1\tPR_FS\t0\n", i+1, i)
	}
	f.WriteString("%E\n")
	b.SetBytes(int64(f.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(f.Bytes()), "plan.xer", Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
