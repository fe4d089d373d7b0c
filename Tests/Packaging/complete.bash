# What bash offers with the completions of an unpacked package: complete.bash ROOT
PATH=$1/usr/sbin:$PATH
source /usr/share/bash-completion/bash_completion
source "$1/usr/share/bash-completion/completions/harden"
function=$(complete -p harden | sed 's/.* -F \([^ ]*\) .*/\1/')

offers() { # wanted, words: the last one is completed
  local wanted=$1
  shift
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMPREPLY=()
  COMP_POINT=${#COMP_LINE}
  "$function" harden "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
  [[ " ${COMPREPLY[*]} " == *" $wanted "* || "${COMPREPLY[0]}" == "$wanted"* ]] ||
    { echo "'$*': '${COMPREPLY[*]}' and not '$wanted'"; failed=1; }
}
offers plan harden pl
offers --only harden plan --on
offers json harden plan --format j
offers sysctl harden explain sysc
cd "$1/usr/share/harden/playbooks" || exit 1
offers server-baseline.yaml harden plan server-b
exit "${failed:-0}"
