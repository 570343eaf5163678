package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"${h_shell}"`
}

// Run prints a script that completes commands and flags. It is made from the
// model of the command line, so that it can never be out of date.
func (c completionCommand) Run(s *session) error {
	tree := completions(s.parser.Model.Node, nil, flagNames(s.parser.Model.Flags))
	var out string
	switch c.Shell {
	case "bash":
		out = bashScript(tree)
	case "zsh":
		out = "#compdef shanyraq\nautoload -U +X bashcompinit && bashcompinit\n" + bashScript(tree)
	case "fish":
		out = fishScript(tree)
	}
	_, err := fmt.Fprint(s.out, out)
	return err
}

// level is what may follow a command.
type level struct {
	path  string // "import figures"
	words []string
}

func completions(n *kong.Node, path, globals []string) []level {
	l := level{path: strings.Join(path, " "), words: append([]string{}, globals...)}
	if len(path) > 0 {
		l.words = append(l.words, flagNames(n.Flags)...)
	}
	out := []level{}
	for _, child := range n.Children {
		if child.Hidden || child.Type != kong.CommandNode {
			continue
		}
		l.words = append(l.words, child.Name)
		out = append(out, completions(child, append(append([]string{}, path...), child.Name), globals)...)
	}
	for _, p := range n.Positional {
		if p.Enum != "" {
			l.words = append(l.words, strings.Split(p.Enum, ",")...)
		}
	}
	return append([]level{l}, out...)
}

func flagNames(flags []*kong.Flag) []string {
	out := []string{}
	for _, f := range flags {
		if !f.Hidden {
			out = append(out, "--"+f.Name)
		}
	}
	return out
}

func bashScript(tree []level) string {
	var b strings.Builder
	b.WriteString("_shanyraq() {\n  local cur=${COMP_WORDS[COMP_CWORD]} path= w\n  for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case $w in -*) ;; *) path=\"${path:+$path }$w\" ;; esac\n  done\n  case $path in\n")
	for i := len(tree) - 1; i > 0; i-- {
		fmt.Fprintf(&b, "    %q*) COMPREPLY=($(compgen -W %q -- \"$cur\")) ;;\n", tree[i].path, strings.Join(tree[i].words, " "))
	}
	fmt.Fprintf(&b, "    *) COMPREPLY=($(compgen -W %q -- \"$cur\")) ;;\n  esac\n  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$cur\"))\n}\ncomplete -F _shanyraq shanyraq\n", strings.Join(tree[0].words, " "))
	return b.String()
}

func fishScript(tree []level) string {
	var b strings.Builder
	for _, l := range tree {
		condition := "__fish_use_subcommand"
		if l.path != "" {
			parts := strings.Fields(l.path)
			for i, p := range parts {
				parts[i] = "__fish_seen_subcommand_from " + p
			}
			condition = strings.Join(parts, "; and ")
		}
		for _, w := range l.words {
			if flag, ok := strings.CutPrefix(w, "--"); ok {
				fmt.Fprintf(&b, "complete -c shanyraq -n %q -l %s\n", condition, flag)
			} else {
				fmt.Fprintf(&b, "complete -c shanyraq -n %q -a %s\n", condition, w)
			}
		}
	}
	return b.String()
}
