# What fish offers with the completions of an unpacked package: complete.fish ROOT. What
# harden itself is asked for, such as kinds, fish completes only where somebody types.
set -gx PATH $argv[1]/usr/sbin $PATH
source $argv[1]/usr/share/fish/vendor_completions.d/harden.fish

function offers # wanted, line
    set -l offered (complete -C $argv[2] | string split -f 1 \t)
    contains -- $argv[1] $offered
    or begin
        echo "'$argv[2]': '$offered' and not '$argv[1]'"
        set -g failed 1
    end
end
set -g failed 0
offers plan 'harden pl'
offers --only 'harden plan --on'
offers json 'harden plan --format j'
cd $argv[1]/usr/share/harden/playbooks
offers server-baseline.yaml 'harden plan server-b'
exit $failed
