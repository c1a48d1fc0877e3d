# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Completion of livepatch-build for bash: verbs, options, and what the values of
# options and the operands of a verb are. Takes what bash hands a completion
# function; asks `livepatch-build --table` what there is. Needs nothing of the
# package bash-completion, which only finds this file.

# _livepatch_build_read_table PROGRAM: into the caller's arrays $verbs and
# $options (words in the table's order), $operands_of (by verb: the kind of its
# operands), $value_of (by option: the kind of its value) and $words_of (by
# kind: all the words that there are).
_livepatch_build_read_table() {
    local row first rest

    while read -r row first rest; do
        case $row in
        command)
            verbs+=("$first")
            operands_of[$first]=${rest% ...}
            ;;
        option)
            options+=("$first")
            value_of[$first]=$rest
            ;;
        word) words_of[$first]+=" $rest" ;;
        esac
    done < <("$1" --table 2>/dev/null)
}

# _livepatch_build_read_words WORD...: the verb, and whether there is a base,
# into the caller's $verb and $has_base; in $option, of which option the next
# word is the value.
_livepatch_build_read_words() {
    local word

    for word; do
        if [[ -n $option ]]; then
            [[ $word == '=' ]] || option=''
        elif [[ $word == -* ]]; then
            [[ $word != --base ]] || has_base=yes
            [[ -z ${value_of[$word]-} ]] || option=$word
        elif [[ -z $verb ]]; then
            verb=$word
        fi
    done
}

# _livepatch_build_offer_words WORD...: those that begin with $cur.
_livepatch_build_offer_words() {
    local word

    for word; do
        [[ $word != "$cur"* ]] || COMPREPLY+=("$word")
    done
}

# _livepatch_build_offer_paths ACTION: of compgen. Bash quotes them and ends a
# folder's name with a slash.
_livepatch_build_offer_paths() {
    local path

    compopt -o filenames 2>/dev/null
    while IFS= read -r path; do
        COMPREPLY+=("$path")
    done < <(compgen "$1" -- "$cur")
}

# _livepatch_build_offer KIND: what there is of it.
_livepatch_build_offer() {
    local -a words

    read -ra words <<<"${words_of[$1]-}"
    _livepatch_build_offer_words "${words[@]}"
    case $1 in
    file | build_id_or_file) _livepatch_build_offer_paths -f ;;
    folder) _livepatch_build_offer_paths -d ;;
    esac
}

_livepatch_build() {
    local cur=${COMP_WORDS[COMP_CWORD]} verb='' option='' has_base=''
    local -a verbs=() options=()
    local -A operands_of=() value_of=() words_of=()

    COMPREPLY=()
    _livepatch_build_read_table "$1"
    _livepatch_build_read_words "${COMP_WORDS[@]:1:COMP_CWORD-1}"
    if [[ -n $option ]]; then
        [[ $cur != '=' ]] || cur=''
        _livepatch_build_offer "${value_of[$option]}"
    elif [[ $cur == -* ]]; then
        _livepatch_build_offer_words "${options[@]}"
    elif [[ -n $has_base ]]; then
        _livepatch_build_offer folder
    elif [[ -z $verb ]]; then
        _livepatch_build_offer_words "${verbs[@]}"
    elif [[ -n ${operands_of[$verb]-} ]]; then
        _livepatch_build_offer "${operands_of[$verb]}"
    fi
}

complete -F _livepatch_build livepatch-build
