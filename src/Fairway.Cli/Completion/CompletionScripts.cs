namespace Fairway.Cli.Completion;

/// <summary>What shells need to complete our words: each asks the hidden command <c>complete</c>, which knows the commands and asks the daemon for names.</summary>
internal static class CompletionScripts
{
    public static readonly string[] Shells = ["bash", "zsh", "fish"];

    /// <summary>
    /// Bash breaks words at colons: what it replaces is the part behind the last one. After <c>exec NAMESPACE</c> and wherever nothing is known it
    /// completes files and commands itself.
    /// </summary>
    private const string Bash = """
        # bash completion of fairway: source it, or put it into /usr/share/bash-completion/completions/fairway
        _fairway() {
          local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}" candidate
          local current="${line##*[[:space:]]}"
          local skip=$((${#current} - ${#word}))
          [ "$word" = ":" ] && word="" && skip=${#current}
          COMPREPLY=()
          while IFS= read -r candidate; do
            [[ "$candidate" == "$current"* ]] && COMPREPLY+=("${candidate:skip}")
          done < <("${COMP_WORDS[0]}" complete bash "$line" 2>/dev/null)
        }
        complete -o bashdefault -o default -F _fairway fairway

        """;

    private const string Zsh = """
        #compdef fairway
        # zsh completion of fairway: put it into a directory of $fpath as _fairway, or source it after compinit
        _fairway() {
          local -a candidates
          local name text
          while IFS=$'\t' read -r name text; do
            candidates+=("${name//:/\\:}${text:+:$text}")
          done < <("${words[1]}" complete zsh "${BUFFER[1,CURSOR]}" 2>/dev/null)
          if (( ${#candidates} )); then
            _describe fairway candidates
          else
            _default
          fi
        }
        if [ "$funcstack[1]" = _fairway ]; then
          _fairway "$@"
        else
          compdef _fairway fairway
        fi

        """;

    private const string Fish = """
        # fish completion of fairway: put it into ~/.config/fish/completions/fairway.fish
        function __fairway_complete
          (commandline -opc)[1] complete fish (commandline -cp) 2>/dev/null
        end
        complete -c fairway -f -a '(__fairway_complete)'
        complete -c fairway -n '__fish_seen_subcommand_from exec capture' -F

        """;

    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        _ => Fish,
    };
}
