#compdef simulate
# zsh completion for simulate
_simulate() {
    local word meaning
    local -a described open
    while IFS=$'\t' read -r word meaning; do
        case $word in
        :folders) _path_files -/ ;;
        :*) _files -g "*.${word#:}" ;;
        *=) open+=("${word//:/\\:}:$meaning") ;;
        *) described+=("${word//:/\\:}:$meaning") ;;
        esac
    done < <("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( $#described )) && _describe simulate described
    (( $#open )) && _describe simulate open -S ''
    return 0
}
compdef _simulate simulate
