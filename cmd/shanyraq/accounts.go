package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
)

type userCommands struct {
	Add     userAdd     `cmd:"" help:"${h_user_add}"`
	List    userList    `cmd:"" help:"${h_user_list}"`
	Grant   userGrant   `cmd:"" help:"${h_user_grant}"`
	Disable userDisable `cmd:"" help:"${h_user_disable}"`
	Link    userLink    `cmd:"" help:"${h_user_link}"`
	Signout userSignout `cmd:"" help:"${h_user_signout}"`
}

// publicURL tells where the links that are handed over lead.
type publicURL struct {
	PublicURL string `name:"public-url" env:"SHANYRAQ_PUBLIC_URL" default:"http://127.0.0.1:8080" placeholder:"URL" help:"${h_public_url}"`
}

// rolesAt reads roles with their territories: approver@KZ-35.
func rolesAt(list []string) ([]httpapi.Grant, error) {
	out := []httpapi.Grant{}
	for _, s := range list {
		role, at, ok := strings.Cut(s, "@")
		if !ok || role == "" || at == "" {
			return nil, fault.New(fault.Invalid, "main.rolesAt", "", "write a role as ROLE@PLACE, such as approver@KZ-35")
		}
		out = append(out, httpapi.Grant{Role: role, Territory: at})
	}
	return out, nil
}

type userAdd struct {
	publicURL
	Email    string   `arg:"" help:"${h_user_email}"`
	Name     string   `required:"" placeholder:"NAME" help:"${h_user_name}"`
	Home     string   `required:"" placeholder:"PLACE" help:"${h_user_home}"`
	Office   string   `placeholder:"CODE" help:"${h_user_office}"`
	Role     []string `placeholder:"ROLE@PLACE" help:"${h_user_role}"`
	Language string   `enum:",kk,ru,en" default:"" placeholder:"kk|ru|en" help:"${h_user_language}"`
}

// Run makes an account and prints the link for its owner.
func (c userAdd) Run(s *session) error {
	grants, err := rolesAt(c.Role)
	if err != nil {
		return err
	}
	if err := s.open(); err != nil {
		return err
	}
	s.app.PublicURL = strings.TrimSuffix(c.PublicURL, "/")
	language := c.Language
	if language == "" {
		language = string(s.lang)
	}
	got, err := s.app.Invite(s.ctx, httpapi.NewAccount{Name: c.Name, Email: c.Email, Language: language, Home: c.Home, Office: c.Office, Grants: grants})
	if err != nil {
		return err
	}
	return s.showLink(got)
}

// showLink prints a one-time link alone on a line.
func (s *session) showLink(got *httpapi.AccountLink) error {
	if s.json {
		return s.print(got)
	}
	s.note("%s", fill(s.say("user_link"), "id", got.Account.ID, "expires", got.Expires))
	_, err := fmt.Fprintln(s.out, got.Link)
	return err
}

type userList struct {
	Place string `placeholder:"CODE" help:"${h_place}"`
	State string `enum:",invited,active,disabled" default:"" placeholder:"STATE" help:"${h_user_state}"`
}

// Run prints accounts, one a line.
func (c userList) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	list, err := s.app.ListAccounts(s.ctx, httpapi.AccountFilter{Place: c.Place, State: c.State})
	if err != nil {
		return err
	}
	if s.json {
		return s.print(list.Items)
	}
	rows := [][]string{}
	for _, x := range list.Items {
		rows = append(rows, []string{x.ID, x.State, x.Email, x.Name, x.Home, x.Office, grantsText(x.Grants)})
	}
	return s.table(rows)
}

func grantsText(grants []httpapi.Grant) string {
	var out []string
	for _, g := range grants {
		out = append(out, g.Role+"@"+g.Territory)
	}
	return strings.Join(out, " ")
}

// oneUser names an account by its id or its e-mail address.
type oneUser struct {
	User string `arg:"" placeholder:"ID|EMAIL" help:"${h_user}"`
}

func (c oneUser) find(s *session) (*httpapi.Account, error) {
	if err := s.open(); err != nil {
		return nil, err
	}
	id, err := s.app.AccountID(s.ctx, c.User)
	if err != nil {
		return nil, err
	}
	return s.app.Account(s.ctx, id)
}

func (s *session) changeUser(x *httpapi.Account) error {
	got, err := s.app.ChangeAccount(s.ctx, x.ID, httpapi.ChangedAccount{Version: x.Version, State: x.State, Home: x.Home, Office: x.Office, Grants: x.Grants})
	if err != nil {
		return err
	}
	if s.json {
		return s.print(got)
	}
	_, err = fmt.Fprintf(s.out, "%s  %s  %s\n", got.ID, got.State, grantsText(got.Grants))
	return err
}

type userGrant struct {
	oneUser
	Role   []string `placeholder:"ROLE@PLACE" help:"${h_user_role}"`
	Revoke []string `placeholder:"ROLE@PLACE" help:"${h_user_revoke}"`
	Home   string   `placeholder:"PLACE" help:"${h_user_home}"`
	Office string   `placeholder:"CODE" help:"${h_user_office}"`
}

// Run gives and takes roles.
func (c userGrant) Run(s *session) error {
	give, err := rolesAt(c.Role)
	if err != nil {
		return err
	}
	take, err := rolesAt(c.Revoke)
	if err != nil {
		return err
	}
	x, err := c.find(s)
	if err != nil {
		return err
	}
	x.Grants = slices.DeleteFunc(x.Grants, func(g httpapi.Grant) bool { return slices.Contains(take, g) })
	for _, g := range give {
		if !slices.Contains(x.Grants, g) {
			x.Grants = append(x.Grants, g)
		}
	}
	if c.Home != "" {
		x.Home = c.Home
	}
	if c.Office != "" {
		x.Office = c.Office
	}
	return s.changeUser(x)
}

type userDisable struct {
	oneUser
	Undo bool `help:"${h_user_undo}"`
}

// Run switches an account off, or on again.
func (c userDisable) Run(s *session) error {
	x, err := c.find(s)
	if err != nil {
		return err
	}
	switch {
	case !c.Undo:
		x.State = "disabled"
	case x.State == "disabled":
		x.State = "active"
	}
	return s.changeUser(x)
}

type userLink struct {
	oneUser
	publicURL
	DropFactor bool `help:"${h_user_factor}"`
}

// Run prints a new one-time link for an account.
func (c userLink) Run(s *session) error {
	x, err := c.find(s)
	if err != nil {
		return err
	}
	s.app.PublicURL = strings.TrimSuffix(c.PublicURL, "/")
	got, err := s.app.LinkAccount(s.ctx, x.ID, httpapi.LinkWish{DropFactor: c.DropFactor})
	if err != nil {
		return err
	}
	return s.showLink(got)
}

type userSignout struct{ oneUser }

// Run ends every session of an account.
func (c userSignout) Run(s *session) error {
	x, err := c.find(s)
	if err != nil {
		return err
	}
	got, err := s.app.SignOutAccount(s.ctx, x.ID)
	if err != nil || !s.json {
		return err
	}
	return s.print(got)
}

type tokenCommands struct {
	List   tokenList   `cmd:"" help:"${h_token_list}"`
	Revoke tokenRevoke `cmd:"" help:"${h_token_revoke}"`
}

type tokenList struct{}

// Run prints the tokens of all accounts, without their texts.
func (tokenList) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	list, err := s.app.AccountTokens(s.ctx)
	if err != nil {
		return err
	}
	if s.json {
		return s.print(list)
	}
	rows := [][]string{}
	for _, t := range list {
		rows = append(rows, []string{t.ID, t.Account, t.Name, t.Expires, value(t.Used, "—"), strings.Join(t.Scope, " ")})
	}
	return s.table(rows)
}

type tokenRevoke struct {
	ID string `arg:"" help:"${h_token_id}"`
}

// Run revokes a token.
func (c tokenRevoke) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	if err := s.app.RevokeAccountToken(s.ctx, c.ID); err != nil || !s.json {
		return err
	}
	return s.print(httpapi.Done{Done: true})
}
