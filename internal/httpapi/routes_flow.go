package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
)

// Flow is submissions on their way to publication, and releases; *app.App does it.
type Flow interface {
	Submissions(context.Context, SubmissionFilter) (*SubmissionList, error)
	Submission(ctx context.Context, id string) (*Submission, error)
	SaveSubmission(ctx context.Context, id string, in SubmissionInput) (*Submission, error)
	SubmitSubmission(ctx context.Context, id string, in SubmissionStepInput) (*Submission, error)
	ApproveSubmission(ctx context.Context, id string, in SubmissionStepInput) (*Submission, error)
	ReturnSubmission(ctx context.Context, id string, in SubmissionStepInput) (*Submission, error)
	PublishSubmission(ctx context.Context, id string, in SubmissionStepInput) (*Submission, error)
	WithdrawSubmission(ctx context.Context, id string, in SubmissionStepInput) (*Submission, error)
	StepSubmissions(context.Context, SubmissionSteps) (*SubmissionResults, error)
	Run(ctx context.Context, id string) (*Run, error)
	WithdrawRun(ctx context.Context, id, reason string) (*Run, error)
	Releases
}

const tagFlow = "submissions"

// What a token of whoever reads submissions, and of whoever writes them, may:
// that they are the owner's own opens nothing to a program.
var (
	readers = []actor.Act{actor.ReadDrafts}
	authors = []actor.Act{actor.Submit, actor.Answer, actor.ImportFigures}
)

// maxSubmission bounds a submission with thousands of values.
const maxSubmission = 4 << 20

// SubmissionPath names a submission.
type SubmissionPath struct {
	ID string `path:"id" pattern:"^[a-z0-9-]{8,40}$" maxLength:"40"`
}

func routesFlow(api huma.API, o Options) {
	routesReleases(api, o)
	serve(api, o, op{ID: "listSubmissions", Method: http.MethodGet, Path: "/api/submissions", Tag: tagFlow, Summary: "What is on its way to publication, newest first", Token: readers},
		func(ctx context.Context, in *SubmissionFilter) (*SubmissionList, error) {
			return o.Flow.Submissions(ctx, *in)
		})
	serve(api, o, op{ID: "getSubmission", Method: http.MethodGet, Path: "/api/submissions/{id}", Tag: tagFlow, Summary: "A submission: what it changes, where it stands, which way it came", Token: readers},
		func(ctx context.Context, in *SubmissionPath) (*Submission, error) {
			return o.Flow.Submission(ctx, in.ID)
		})
	serve(api, o, op{ID: "saveSubmission", Method: http.MethodPut, Path: "/api/submissions/{id}", Tag: tagFlow, Summary: "Saves a draft; the same content sent again is saved once", MaxBody: maxSubmission, Token: authors},
		func(ctx context.Context, in *struct {
			SubmissionPath
			Body SubmissionInput
		}) (*Submission, error) {
			return o.Flow.SaveSubmission(ctx, in.ID, in.Body)
		})
	type step func(context.Context, string, SubmissionStepInput) (*Submission, error)
	for _, x := range []struct {
		id, name, summary string
		act               actor.Act
		do                func() step
	}{
		{"submitSubmission", "submit", "Sends a draft to those who approve", "", func() step { return o.Flow.SubmitSubmission }},
		{"approveSubmission", "approve", "Approves at the level whose turn it is", actor.Approve, func() step { return o.Flow.ApproveSubmission }},
		{"returnSubmission", "return", "Returns it to its author with a comment", actor.Approve, func() step { return o.Flow.ReturnSubmission }},
		{"publishSubmission", "publish", "Writes it into the ledger, for everybody", actor.Publish, func() step { return o.Flow.PublishSubmission }},
		{"withdrawSubmission", "withdraw", "Takes it back before it is published", "", func() step { return o.Flow.WithdrawSubmission }},
	} {
		serve(api, o, op{ID: x.id, Method: http.MethodPost, Path: "/api/submissions/{id}/" + x.name, Tag: tagFlow, Summary: x.summary, Act: x.act, Token: authors},
			func(ctx context.Context, in *struct {
				SubmissionPath
				Body SubmissionStepInput
			}) (*Submission, error) {
				return x.do()(ctx, in.ID, in.Body)
			})
	}
	serve(api, o, op{ID: "stepSubmissions", Method: http.MethodPost, Path: "/api/submissions/steps", Tag: tagFlow, Summary: "Takes one step with many; each has its own result", Token: append([]actor.Act{actor.Approve, actor.Publish}, authors...)},
		func(ctx context.Context, in *struct{ Body SubmissionSteps }) (*SubmissionResults, error) {
			return o.Flow.StepSubmissions(ctx, in.Body)
		})
	serve(api, o, op{ID: "getRun", Method: http.MethodGet, Path: "/api/runs/{id}", Tag: tagFlow, Summary: "One act of bringing in: what it brought, and whether it was taken back", Public: true},
		func(ctx context.Context, in *struct {
			ID string `path:"id" maxLength:"40"`
		}) (*Run, error) {
			return o.Flow.Run(ctx, in.ID)
		})
	serve(api, o, op{ID: "withdrawRun", Method: http.MethodPost, Path: "/api/runs/{id}/withdraw", Tag: tagFlow, Summary: "Takes back what a run published, with a reason that is published", Act: actor.WithdrawRun},
		func(ctx context.Context, in *struct {
			ID   string `path:"id" maxLength:"40"`
			Body RunWithdrawal
		}) (*Run, error) {
			return o.Flow.WithdrawRun(ctx, in.ID, in.Body.Reason)
		})
}
