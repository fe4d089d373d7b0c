# What zsh offers with the completions of an unpacked package: complete.zsh ROOT. A shell of its own
# on a terminal of its own gets the line and a tab, and says what stands there then.
zmodload zsh/zpty
root=$1
typeset -g failed=0

offers() { # wanted, line: what is typed of it
  local wanted=$1 line=$2 got= chunk
  zpty -b shell zsh -f -i
  zpty -w shell "PS1=; PATH=$root/usr/sbin:\$PATH"
  zpty -w shell "fpath=($root/usr/share/zsh/vendor-completions \$fpath)"
  zpty -w shell "autoload -Uz compinit && compinit -u -D; cd $root/usr/share/harden/playbooks"
  zpty -w shell "show() { print -r -- \"<<\$BUFFER>>\"; }; zle -N show; bindkey '^X' show"
  zpty -n -w shell "$line"$'\t\C-x'
  repeat 100; do
    while zpty -r -t shell chunk; do got+=$chunk; done
    [[ $got == *"<<harden"*">>"* ]] && break
    sleep 0.1
  done
  zpty -d shell
  # Put into the line, or listed below it.
  [[ $got == *"$wanted"* ]] || { print -r -- "'$line': ${(V)got[-200,-1]} and not '$wanted'"; failed=1; }
}
offers plan 'harden pla'
offers --profile 'harden plan --prof'
offers json 'harden plan --format js'
offers sysctl 'harden explain sysc'
offers server-baseline.yaml 'harden plan server-b'
exit $failed
