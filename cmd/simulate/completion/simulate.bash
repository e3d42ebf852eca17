# bash completion for simulate
_simulate() {
    local word meaning current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    [[ $current == "=" ]] && current=
    COMPREPLY=()
    while IFS=$'\t' read -r word meaning; do
        case $word in
        :folders) compopt -o filenames; while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$current") ;;
        :*) compopt -o filenames
            while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$current"; compgen -f -X "!*.${word#:}" -- "$current") ;;
        *)  [[ $previous == "=" || ${COMP_WORDS[COMP_CWORD]} == "=" ]] && word=${word#*=}
            COMPREPLY+=("$word") ;;
        esac
    done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -F _simulate simulate
