# fish completion for simulate
function __simulate_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (command $words[1] __complete $words[2..-1] 2>/dev/null)
        switch $line
            case ':folders*'
                __fish_complete_directories (commandline -ct)
            case ':*'
                set -l kind (string match -r '^:(\w+)' -- $line)[2]
                __fish_complete_suffix .$kind
            case '*'
                echo $line
        end
    end
end
complete -c simulate -f -a '(__simulate_complete)'
